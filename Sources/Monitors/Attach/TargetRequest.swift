/// What a person asks to watch.
public enum TargetRequest: Sendable, Equatable {
  /// A process by its number.
  case pid(Int32)
  /// Processes by name, or by a regular expression over the command line; followed across restarts.
  case name(String)
}

/// Why a process can not be watched.
public enum AttachFailure: Error, Sendable, Equatable {
  case noSuchProcess(Printable)
  case isThread(Int32, of: Int32)
  case hasEnded(Int32)
  case notPermitted(Int32)
  case badPattern(Printable, Printable)

  /// `perftop: WHAT: WHY` without the beginning.
  public var sentence: Printable {
    switch self {
    case .noSuchProcess(let what): "\(what): no such process"
    case .isThread(let thread, let process): "\(thread): is a thread of process \(process)"
    case .hasEnded(let pid): "\(pid): has ended, and waits to be reaped by its parent"
    case .notPermitted(let pid): "\(pid): not permitted: needs CAP_SYS_PTRACE"
    case .badPattern(let pattern, let why): "\(pattern): not a regular expression: \(why)"
    }
  }

  /// What to do about it.
  public var advice: Printable {
    switch self {
    case .noSuchProcess: "perftop -n NAME finds a process by name; ps -e lists them all"
    case .isThread(_, let process): "watch the process: perftop -p \(process)"
    case .hasEnded: "perftop -n NAME waits for the next one of that name"
    case .notPermitted: "run it as the same user, or: sudo perftop"
    case .badPattern: "plain names need no pattern: perftop -n camera_node"
    }
  }

  /// The exit code of the contract.
  public var exitStatus: Int32 {
    switch self {
    case .noSuchProcess, .isThread, .hasEnded: 3
    case .notPermitted: 4
    case .badPattern: 2
    }
  }
}

/// A target to watch, already held or still to be found.
public struct WatchedTarget: Sendable {
  /// What was asked for.
  public var request: TargetRequest
  /// How it is held; `nil` where it has to be found or waited for.
  public var found: TargetFinder.Found?

  /// Makes one.
  public init(_ request: TargetRequest, found: TargetFinder.Found? = nil) {
    self.request = request
    self.found = found
  }
}
