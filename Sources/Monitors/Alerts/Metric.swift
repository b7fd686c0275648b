/// A number or a word of the snapshot that a rule can watch, named by its path in the document.
///
/// It is read from the values themselves: no document is built for it.
public struct Metric: Sendable {
  /// How it is read: one value, or one of each of several things with names.
  enum Access: Sendable {
    case number(@Sendable (AlertsInput) -> Double?)
    case word(@Sendable (AlertsInput) -> String?)
    case numbers(Each<Double>)
    case words(Each<String>)
  }

  /// Reads the value of one of several things, or of all of them.
  struct Each<Value>: Sendable {
    var one: @Sendable (AlertsInput, Printable) -> Value?
    var all: @Sendable (AlertsInput, (Printable, Value?) -> Void) -> Void
  }

  /// What a number is counted in.
  public typealias Unit = TrendedValue.Unit

  /// `memory.rss_bytes`; `components[NAME].fps` where there are several.
  public var path: String
  /// What it is counted in; `nil` for words.
  public var unit: Unit?
  /// The words it can be; empty for numbers.
  public var words: [String] = []
  /// What it means, without a full stop.
  public var summary: String
  /// Whether it is about the target or the machine.
  public var subject: AlertRule.Subject
  /// The member that names each of several things; `nil` where that is the name of a member itself.
  var key: String?
  var access: Access

  /// Whether there are several of it, each with a name.
  public var hasNames: Bool {
    switch access {
    case .number, .word: false
    case .numbers, .words: true
    }
  }

  /// Where the name of one of several stands in a path.
  public static let placeholder = "NAME"
  /// What stands in its place where each of them is meant.
  public static let all = "*"
  /// The words of what is so or not.
  static let answers = ["true", "false"]

  static func number(
    _ path: String, _ unit: Unit, _ summary: String, about subject: AlertRule.Subject = .target,
    _ read: @escaping @Sendable (AlertsInput) -> Double?
  ) -> Metric {
    Metric(path: path, unit: unit, summary: summary, subject: subject, access: .number(read))
  }

  static func word(
    _ path: String, _ words: [String], _ summary: String,
    about subject: AlertRule.Subject = .target,
    _ read: @escaping @Sendable (AlertsInput) -> String?
  ) -> Metric {
    Metric(path: path, words: words, summary: summary, subject: subject, access: .word(read))
  }

  static func flag(
    _ path: String, _ summary: String, about subject: AlertRule.Subject = .target,
    _ read: @escaping @Sendable (AlertsInput) -> Bool?
  ) -> Metric {
    word(path, answers, summary, about: subject) { read($0).map { $0 ? answers[0] : answers[1] } }
  }

  static func status(
    _ section: String, about subject: AlertRule.Subject = .target,
    _ read: @escaping @Sendable (AlertsInput) -> Severity
  ) -> Metric {
    word(
      "\(section).status", Severity.allCases.map(\.rawValue), "how the pane \(section) stands",
      about: subject
    ) { read($0).rawValue }
  }
}

/// Several things of one kind, each with a name, and what is known of each.
struct MetricFamily<Item: Sendable>: Sendable {
  /// `components[NAME]`, or `gauges.NAME`.
  var path: String
  var key: String?
  var subject = AlertRule.Subject.target
  var items: @Sendable (AlertsInput) -> [Item]
  var name: @Sendable (Item) -> Printable

  func number(
    _ field: String, _ unit: Metric.Unit, _ summary: String,
    _ read: @escaping @Sendable (Item) -> Double?
  ) -> Metric {
    Metric(
      path: path + field, unit: unit, summary: summary, subject: subject, key: key,
      access: .numbers(each(read)))
  }

  func word(
    _ field: String, _ words: [String], _ summary: String,
    _ read: @escaping @Sendable (Item) -> String?
  ) -> Metric {
    Metric(
      path: path + field, words: words, summary: summary, subject: subject, key: key,
      access: .words(each(read)))
  }

  private func each<Value>(_ read: @escaping @Sendable (Item) -> Value?) -> Metric.Each<Value> {
    let (items, name) = (items, name)
    return Metric.Each(
      one: { input, wanted in items(input).first { name($0) == wanted }.flatMap(read) },
      all: { input, visit in for item in items(input) { visit(name(item), read(item)) } })
  }
}
