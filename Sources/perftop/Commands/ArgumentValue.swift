import Monitors

/// Turns the text of one value into what it means, or says in a sentence why it means nothing.
enum ArgumentValue {
  static let shortestDelay = Interval.limits.lowerBound
  static let longestDelay = Interval.limits.upperBound

  /// `0.5`, `.5`, `500ms`, `2s`.
  static func delay(_ text: String, for option: OptionName) throws(UsageError) -> Double {
    let advice: Printable = "write seconds such as 0.5, 2s or 500ms"
    guard let seconds = TimeText.seconds(text) else {
      throw UsageError(option.long, "\(quoted(text)) is not a time", advice: advice)
    }
    if seconds < shortestDelay {
      throw UsageError(option.long, "\(quoted(text)) is too short", advice: "the shortest is 10ms")
    }
    if seconds > longestDelay {
      throw UsageError(
        option.long, "\(quoted(text)) is too long", advice: "the longest is a day, 86400")
    }
    return seconds
  }

  /// A count from 1.
  static func count(_ text: String, for option: OptionName) throws(UsageError) -> Int {
    guard isDigits(text), let number = Int(text), number >= 1, number <= 1_000_000_000 else {
      throw UsageError(
        option.long, "\(quoted(text)) is not a count", advice: "write a whole number from 1")
    }
    return number
  }

  /// `1`, `1,2`: numbers of processes.
  static func pids(_ text: String) throws(UsageError) -> [Int32] {
    var pids: [Int32] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard isDigits(String(part)), let pid = Int32(part), pid >= 1 else {
        throw UsageError(
          OptionName.pid.long, "\(quoted(String(part))) is not a process id",
          advice: isName(part)
            ? "to watch by name: perftop -n \(Printable(String(part)))"
            : "write numbers from 1, separated by commas: -p 812,1034")
      }
      pids.append(pid)
    }
    return pids
  }

  /// One of the palettes.
  static func colours(_ text: String) throws(UsageError) -> Invocation.Colours {
    if let colours = Invocation.Colours(rawValue: text) { return colours }
    let names = Invocation.Colours.allCases.map(\.rawValue)
    throw UsageError(
      OptionName.palette.long, "there is no palette \(quoted(text))",
      advice: "use one of \(names.joined(separator: ", "))")
  }

  /// How bad an alert must be to stop a launch.
  static func limit(_ text: String) throws(UsageError) -> Severity {
    let limits = Invocation.Check.limits
    if let limit = limits.first(where: { $0.rawValue == text.lowercased() }) { return limit }
    throw UsageError(
      OptionName.failOn.long, "there is no severity \(quoted(text))",
      advice: "use one of \(limits.map(\.rawValue).joined(separator: ", "))")
  }

  /// Text that must not be empty.
  static func text(_ text: String, for option: OptionName) throws(UsageError) -> String {
    if !text.isEmpty { return text }
    throw UsageError(
      option.long, "empty", advice: "write \(option.long) \(option.placeholder ?? "VALUE")")
  }

  /// What came from outside, between marks that show where it begins and ends.
  static func quoted(_ text: String) -> String {
    let limit = 40
    return "'\(text.prefix(limit))\(text.count > limit ? "..." : "")'"
  }

  private static func isDigits(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func isName(_ text: Substring) -> Bool { text.first?.isLetter == true }
}
