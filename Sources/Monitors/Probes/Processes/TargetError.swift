/// Why no process could be attached to.
public enum TargetError: Error, Sendable, Equatable {
  /// There is none of that number.
  case noSuchProcess(Int32)
  /// There is one, and it is hidden or closed to us.
  case notPermitted(Int32, needs: Printable)
  /// None has that name, and none's command line matches.
  case noMatch(Printable)
  /// The name is not a regular expression either.
  case badPattern(Printable, why: Printable)
  /// The system failed in another way.
  case failed(Int32, why: Printable)

  /// What happened, without a full stop.
  public var sentence: Printable {
    switch self {
    case .noSuchProcess(let pid): "no process has the number \(String(pid))"
    case .notPermitted(let pid, let needs):
      "process \(String(pid)) is not open to this user: needs \(needs)"
    case .noMatch(let name): "no process is called \(name), and no command line matches it"
    case .badPattern(let name, let why): "\(name) is not a regular expression: \(why)"
    case .failed(let pid, let why): "process \(String(pid)): \(why)"
    }
  }

  /// The exit code that scripts are promised.
  public var exitCode: Int32 {
    switch self {
    case .noSuchProcess, .noMatch: 3
    case .notPermitted: 4
    case .badPattern: 2
    case .failed: 1
    }
  }

  /// What to do about it; empty where there is nothing to do.
  public var advice: Printable {
    switch self {
    case .notPermitted: "run it as root: sudo perftop -p PID"
    case .noMatch: "perftop without arguments lists the processes there are"
    default: ""
    }
  }
}
