extension ProcessSample {
  /// The state in a word: `sleeping`.
  public var stateWord: Printable {
    if leaderEnded { return "running without its first thread" }
    return switch state {
    case "R": "running"
    case "S": "sleeping"
    case "D": "waiting for a device"
    case "T": "stopped"
    case "t": "stopped by a debugger"
    case "Z": "ended, not collected"
    case "X", "x": "ended"
    case "I": "idle"
    default: "unknown"
    }
  }

  /// All the words there are for it.
  static let stateWords = [
    "running", "running without its first thread", "sleeping", "waiting for a device", "stopped",
    "stopped by a debugger", "ended, not collected", "ended", "idle", "unknown",
  ]
}
