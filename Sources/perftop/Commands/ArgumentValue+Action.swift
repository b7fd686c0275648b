import Monitors

/// What a target is to do, as it is written on a command line.
extension ArgumentValue {
  private static let forms = "gc, evict, evict=NAME, quality=LEVEL|up|down|auto, batch=N"

  /// `gc`, `evict=frames`, `quality=down`, `batch=32`.
  static func action(_ text: String) throws(UsageError) -> TargetAction {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let verb = String(parts.first ?? "")
    let value = parts.count > 1 ? String(parts[1]) : nil
    switch (verb, value) {
    case ("gc", nil): return .collect
    case ("evict", nil): return .evict([])
    case ("evict", let names?): return .evict(try caches(names))
    case ("quality", let level?): return .quality(try quality(level))
    case ("batch", let size?): return .batch(try batch(size))
    case ("gc", _):
      throw UsageError(verb, "takes no value", advice: "write perftop send gc -p PID")
    case ("quality", nil), ("batch", nil):
      throw UsageError(verb, "needs a value", advice: "there are \(Printable(forms))")
    default: throw unknownAction(verb)
    }
  }

  private static func unknownAction(_ verb: String) -> UsageError {
    let verbs = ["gc", "evict", "quality", "batch"]
    let near = Nearest.match(verb, among: verbs)
    return UsageError(
      verb, "unknown action",
      advice: near.map { "did you mean perftop send \(Printable($0))?" }
        ?? "there are \(Printable(forms))")
  }

  private static func caches(_ text: String) throws(UsageError) -> [String] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy({ !$0.isEmpty }) else {
      throw UsageError(
        "evict", "\(quoted(text)) names no cache", advice: "write evict=NAME, or evict alone")
    }
    return names
  }

  private static func quality(_ text: String) throws(UsageError) -> QualityOrder {
    switch text {
    case "up": return .up
    case "down": return .down
    case "auto": return .automatic
    default: break
    }
    let names = QualityLevel.allCases.map(\.name)
    if names.contains(text) { return .level(text) }
    let near = Nearest.match(text, among: names + ["up", "down", "auto"])
    throw UsageError(
      "quality", "there is no level \(quoted(text))",
      advice: near.map { "did you mean quality=\(Printable($0))?" }
        ?? "use one of \(Printable(names.joined(separator: ", "))), up, down, auto")
  }

  private static func batch(_ text: String) throws(UsageError) -> Int {
    let isNumber = !text.isEmpty && text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
    guard isNumber, let size = Int(text), size >= 1, size <= 1_000_000_000 else {
      throw UsageError(
        "batch", "\(quoted(text)) is not a size", advice: "write a whole number from 1: batch=32")
    }
    return size
  }
}
