internal import CSystem
import Glibc

/// The beginning and the end of this program.
public enum OwnProgram {
  /// Keeps its memory small; to be called before anything else.
  ///
  /// The signal that makes the live screen read its settings again must not end what has no screen.
  public static func prepare() {
    cs_keep_heap_small()
    signal(SIGUSR2, SIG_IGN)
  }

  /// Gives back the memory that only the start has needed; to be called once, when the work has become steady.
  ///
  /// Code that ran once, and will not again, is half of what is resident by then.
  public static func settle() { cs_forget_start() }

  /// Gives back what the last piece of work has needed of the calling thread's stack; not for the main thread, whose
  /// stack is dear to find.
  public static func restThread() { cs_trim_stack() }

  /// Gives back what the last piece of work has freed; to be called between two of them.
  public static func rest() { cs_trim_heap() }

  /// Ends it with a status.
  public static func leave(_ status: Int32) -> Never { _exit(status) }
}
