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
    case .noSuchProcess(let pid): "\(String(pid)): no such process"
    case .notPermitted(let pid, let needs):
      "\(String(pid)): not permitted: needs \(needs)"
    case .noMatch(let name):
      "\(name): no such process: none has that name or a command line that matches"
    case .badPattern(let name, let why): "\(name): not a regular expression: \(why)"
    case .failed(let pid, let why): "\(String(pid)): \(why)"
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
    case .noSuchProcess: "perftop -n NAME finds a process by name; ps -e lists them all"
    case .noMatch: "ps -e lists the processes there are"
    case .badPattern: "plain names need no pattern: perftop -n camera_node"
    case .failed: "perftop doctor tells what can be read here"
    }
  }
}
