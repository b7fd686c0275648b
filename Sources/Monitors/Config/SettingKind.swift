/// What the value of a setting may be.
public enum SettingKind: Sendable, Equatable {
  case number(ClosedRange<Double>)
  case whole(ClosedRange<Int>)
  case flag
  /// One of these words.
  case choice([String])
  /// A name, on one line.
  case name
  /// So many numbers.
  case numbers(ClosedRange<Double>, count: Int, whole: Bool)
  /// Some of these words, each once; none of them only where that makes sense.
  case words([String], mayBeNone: Bool)
  /// Any names, each once.
  case names
  /// Names, each with a text or a list of texts.
  case bindings
  /// Programs with argument lists.
  case targets
  /// Ways out for alerts.
  case channels
  /// Rules of alerts.
  case rules

  static let longestName = 255

  /// What it may be, in words.
  public var rangeText: String {
    switch self {
    case .number(let range): SettingKind.text(range)
    case .whole(let range): "\(range.lowerBound) to \(range.upperBound), whole"
    case .flag: "true or false"
    case .choice(let words): words.joined(separator: ", ")
    case .name: "a name"
    case .numbers(let range, let count, let whole):
      "\(count) numbers, \(SettingKind.text(range))\(whole ? ", whole" : "")"
    case .words(_, let mayBeNone): mayBeNone ? "a list of names" : "a list of one or more names"
    case .names: "a list of names"
    case .bindings: "action: key, or action: [key, key]"
    case .targets: "a list of programs"
    case .channels: "a list of channels"
    case .rules: "a list of rules"
    }
  }

  /// What is expected, for a sentence.
  var wanted: String {
    switch self {
    case .number(let range): "a number (\(SettingKind.text(range)))"
    case .whole(let range): "a whole number (\(range.lowerBound) to \(range.upperBound))"
    case .flag, .name: rangeText
    case .choice: "one of \(rangeText)"
    case .numbers(let range, let count, let whole):
      "a list of \(count)\(whole ? " whole" : "") numbers (\(SettingKind.text(range)))"
    case .words, .names: rangeText
    case .bindings: "action: key, a line each"
    case .targets: "a list of programs, each with match:"
    case .channels: "a list of channels, each with name: and kind:"
    case .rules: "a list of rules, each with name:"
    }
  }

  static func text(_ range: ClosedRange<Double>) -> String {
    "\(text(range.lowerBound)) to \(text(range.upperBound))"
  }

  /// A number as short as it can be written without losing anything.
  static func text(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return String(whole) }
    return "\(number)"
  }

  /// A value as it is written in a file.
  func text(_ value: SettingValue) -> String {
    switch value {
    case .number(let number): return SettingKind.text(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .text(let text): return text
    case .numbers(let numbers):
      return "[\(numbers.map(SettingKind.text).joined(separator: ", "))]"
    case .texts(let texts): return "[\(texts.joined(separator: ", "))]"
    case .bindings(let bindings): return bindings.isEmpty ? "{}" : "..."
    case .targets(let targets): return targets.isEmpty ? "[]" : "..."
    case .channels(let channels): return channels.isEmpty ? "[]" : "..."
    case .rules(let rules): return rules.isEmpty ? "[]" : "..."
    }
  }
}
