/// What a person asked to watch.
public enum TargetRequest: Sendable, Equatable {
  /// One process, and its successor if there can be no doubt about it.
  case pid(Int32)
  /// Whatever goes by a name, one after another.
  case name(CommandPattern)

  /// What is looked for, in words.
  public var words: Printable {
    switch self {
    case .pid(let pid): "process \(String(pid))"
    case .name(let pattern): Printable(pattern.text)
    }
  }
}

/// A target to watch, already held or still to be found.
public struct WatchedTarget: Sendable {
  /// What was asked for.
  public var request: TargetRequest
  /// How it is held; `nil` where it has to be found or waited for.
  public var first: TargetHandle?

  /// Makes one.
  public init(_ request: TargetRequest, first: TargetHandle? = nil) {
    self.request = request
    self.first = first
  }
}

/// Where following a target stands.
public enum TargetState: Sendable {
  /// It is there: which process, the how manieth, and how the one before ended.
  case watching(TargetHandle, generation: Int, previousEnd: Printable?)
  /// None has been there yet: what is looked for.
  case waiting(Printable)
  /// It has ended: its name and how.
  case ended(Printable, ProcessEnd)
}

extension ProcessEnd {
  /// From what a zombie's `stat` says: the signal in the low bits, else the exit code above them.
  init(exitField status: UInt64) {
    let signal = Int32(status & 0x7f)
    self = signal == 0 ? .exited(Int32(status >> 8 & 0xff)) : .signalled(signal)
  }
}
