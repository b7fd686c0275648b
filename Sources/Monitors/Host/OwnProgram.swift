internal import CSystem
import Glibc

/// The beginning and the end of this program.
public enum OwnProgram {
  /// Keeps its memory small; to be called before anything else.
  public static func prepare() { cs_keep_heap_small() }

  /// Ends it with a status.
  public static func leave(_ status: Int32) -> Never { _exit(status) }
}
