internal import CSystem
import Glibc

/// Acting as somebody else on the calling thread alone, for as long as a body runs.
public enum ThreadIdentity {
  /// Runs a body with the rights of a user where this program is root, and as it is otherwise.
  ///
  /// What is done to a user's process as that user can be no more than that user could do.
  public static func acting<Result>(
    as user: UInt32, group: UInt32, _ body: () throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    guard geteuid() == 0, user != 0 else { return try body() }
    guard cs_thread_act_as(user, group, 0) == 0 else {
      let failure = SystemError.last
      _ = cs_thread_act_as_root()
      throw failure
    }
    defer { _ = cs_thread_act_as_root() }
    return try body()
  }

  /// Whether this program may do everything.
  public static var isRoot: Bool { geteuid() == 0 }
}
