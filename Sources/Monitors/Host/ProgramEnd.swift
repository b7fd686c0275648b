import Glibc

/// The end of this program.
public enum ProgramEnd {
  /// Ends it with a status.
  public static func leave(_ status: Int32) -> Never { _exit(status) }
}
