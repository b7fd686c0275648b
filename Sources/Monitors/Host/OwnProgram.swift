internal import CSystem
import Glibc

/// The beginning and the end of this program.
public enum OwnProgram {
  /// Keeps its memory small; to be called before anything else.
  public static func prepare() { cs_keep_heap_small() }

  /// Gives back the memory that only the start has needed; to be called once, when the work has become steady.
  ///
  /// Code that ran once, and will not again, is half of what is resident by then.
  public static func settle() { cs_forget_start() }

  /// Ends it with a status.
  public static func leave(_ status: Int32) -> Never { _exit(status) }
}
