import Glibc

/// Why a program was not launched.
public enum LaunchError: Error, Sendable, Equatable {
  /// The program itself can not be started.
  case program(Printable, SystemError)
  /// It should run as somebody else, and that was refused.
  case identity(SystemError)
  /// What stays with the program could not be started.
  case keeper(SystemError)
  /// The demo's directory could not be made.
  case directory(SystemError)
  /// It neither started nor failed in time.
  case noAnswer

  /// The status a shell ends with in this case.
  public var exitStatus: Int32 {
    switch self {
    case .program(_, let error): error.code == ENOENT || error.code == ENOTDIR ? 127 : 126
    case .identity: 4
    case .keeper, .directory, .noAnswer: 1
    }
  }

  /// The lines for standard error, each ended.
  public var lines: String {
    switch self {
    case .program(let name, let error):
      "perftop: \(name): \(error.sentence)\n" + LaunchError.advice(error)
    case .identity(let error) where error.code == EINVAL:
      "perftop: sudo: SUDO_UID and SUDO_GID name nobody\n--as-root runs the program as root\n"
    case .identity(let error):
      "perftop: becoming the calling user: \(error.sentence)\n--as-root runs the program as root\n"
    case .keeper(let error): "perftop: launching: \(error.sentence)\n"
    case .directory(let error):
      "perftop: demo: \(error.sentence)\nit needs 250 MB in a directory it may write to: TMPDIR, or /tmp\n"
    case .noAnswer:
      "perftop: launching: no answer in 30 s\nperhaps the program lies on a server that is away\n"
    }
  }

  private static func advice(_ error: SystemError) -> String {
    switch error.code {
    case ENOEXEC: "a script needs #! and its interpreter in its first line\n"
    case EACCES: "it is not executable, or a directory on its way may not be entered\n"
    default: ""
    }
  }
}
