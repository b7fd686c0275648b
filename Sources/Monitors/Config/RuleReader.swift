/// Reads one rule of `alerts.rules:`; a rule with a mistake in it is left out as a whole.
struct RuleReader {
  let file: String
  /// `alerts.rules[1]`.
  let place: String
  private(set) var problems: [ConfigProblem] = []
  var suggestions: Suggestions
  private var watched: Metrics.Choice?
  private var usual: AlertRule?

  static let keys = [
    "name", "metric", "above", "below", "is", "is_not", "for", "clear", "clear_for", "severity",
    "category", "message", "actions", "escalate_after", "escalate_to", "widen", "inhibits",
    "group", "notify", "enabled", "latch",
  ]
  private static let tests = ["above", "below", "is", "is_not"]
  private static let longestTime = 86_400.0

  init(file: String, place: String, _ suggestions: Suggestions) {
    self.file = file
    self.place = place
    self.suggestions = suggestions
  }

  mutating func read(_ node: YAMLNode, among usual: [String: AlertRule]) -> RuleSettings? {
    guard case .pairs(let entries) = node.value else {
      note(node.line, "", "expected name: and what it watches, got \(Printable(node.shown))")
      return nil
    }
    let values = unique(entries)
    guard let named = values["name"] else {
      note(node.line, "", "no name: what it is called")
      return nil
    }
    var rule = RuleSettings(name(named))
    rule.line = node.line
    self.usual = usual[rule.name]
    rule.metric = values["metric"].flatMap { metric($0) }
    rule.test = test(values, node.line)
    takeTimes(values, into: &rule)
    takeKinds(values, into: &rule)
    takeWords(values, into: &rule)
    takeNames(values, into: &rule)
    rule.isEnabled = values["enabled"].flatMap { flag($0, "enabled") }
    rule.isLatching = values["latch"].flatMap { flag($0, "latch") }
    complete(rule, values, node.line)
    return problems.isEmpty ? rule : nil
  }

  /// A value and the line of its name.
  struct Entry {
    var node: YAMLNode
    var line: Int
  }

  private mutating func unique(_ entries: [YAMLNode.Entry]) -> [String: Entry] {
    var found: [String: Entry] = [:]
    for entry in entries {
      let key = entry.key.text ?? ""
      guard RuleReader.keys.contains(key) else {
        let near = suggestions.nearest(key, among: RuleReader.keys)
        let end = near.map { " (did you mean \($0)?)" } ?? ""
        note(entry.key.line, key, Printable("unknown key\(end)"))
        continue
      }
      guard found[key] == nil else {
        note(entry.key.line, key, "duplicate key")
        continue
      }
      found[key] = Entry(node: entry.value, line: entry.key.line)
    }
    return found
  }

  mutating func note(_ line: Int, _ key: String, _ sentence: Printable) {
    let longest = 40
    let name = key.isEmpty ? place : "\(place).\(key.prefix(longest))"
    problems.append(ConfigProblem(file, line: line, setting: name, sentence))
  }

  mutating func unwanted(_ entry: Entry, _ key: String, _ wanted: String, _ hint: String = "") {
    let end = hint.isEmpty ? "" : " (\(hint))"
    note(entry.line, key, Printable("expected \(wanted), got \(entry.node.shown)\(end)"))
  }

  private mutating func name(_ entry: Entry) -> String {
    guard let text = entry.node.text, RuleReader.isName(text) else {
      unwanted(entry, "name", "a name of letters, digits and - _")
      return ""
    }
    return text
  }

  static func isName(_ text: String) -> Bool {
    let longest = 64
    let isPlain = text.utf8.allSatisfy {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a || $0 >= 0x30 && $0 <= 0x39
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
    return isPlain && !text.isEmpty && text.utf8.count <= longest && !text.hasPrefix("-")
  }

  private mutating func metric(_ entry: Entry) -> String? {
    guard let text = entry.node.text else {
      unwanted(entry, "metric", "a path such as memory.rss_bytes")
      return nil
    }
    watched = Metrics.named(text)
    guard watched == nil else { return text }
    let near = Metrics.suggestion(for: text, &suggestions)
    let end = near.map { " (did you mean \($0)?)" } ?? ""
    note(entry.line, "metric", Printable("no metric \(text.prefix(80))\(end)"))
    return nil
  }

  private mutating func complete(_ rule: RuleSettings, _ values: [String: Entry], _ line: Int) {
    guard problems.isEmpty else { return }
    if usual == nil, rule.metric == nil {
      let near = Nearest.match(rule.name, among: AlertRules.names)
      let end = near.map { " (did you mean \(Printable($0))?)" } ?? ""
      note(
        line, "",
        "no metric: what \(Printable(rule.name)) watches, for there is no such rule to change\(Printable(end))"
      )
    } else if rule.metric != nil, rule.test == nil {
      note(
        line, "",
        "no above, below, is or is_not: what of \(Printable(rule.metric ?? "")) is trouble")
    }
  }
}

/// What is trouble, and for how long.
extension RuleReader {
  private mutating func test(_ values: [String: Entry], _ line: Int) -> RuleSettings.Test? {
    let made = RuleReader.tests.filter { values[$0] != nil }
    guard let key = made.first, let entry = values[key] else { return nil }
    guard made.count == 1 else {
      note(line, made[1], "one of above, below, is and is_not is enough")
      return nil
    }
    if values["metric"] != nil, watched == nil { return nil }
    return key == "above" || key == "below"
      ? bound(key, entry) : words(key, entry)
  }

  private mutating func bound(_ key: String, _ entry: Entry) -> RuleSettings.Test? {
    if let watched, watched.metric.unit == nil {
      note(
        entry.line, key,
        "\(Printable(watched.metric.path)) is a word: write is or is_not (\(Printable(MetricText.list(watched.metric.words))))"
      )
      return nil
    }
    if watched == nil, let usual, usual.bound.key != key {
      note(
        entry.line, key,
        "\(Printable(usual.name)) watches for what is \(Printable(usual.bound.key)) its threshold")
      return nil
    }
    guard let number = number(entry, key) else { return nil }
    return key == "above" ? .above(number) : .below(number)
  }

  private mutating func number(_ entry: Entry, _ key: String) -> Double? {
    guard let text = entry.node.text else {
      unwanted(entry, key, "a number")
      return nil
    }
    let (number, hint) = RuleNumber.parse(text, watched?.metric.unit)
    if number == nil { unwanted(entry, key, "a number", hint) }
    return number
  }

  private mutating func words(_ key: String, _ entry: Entry) -> RuleSettings.Test? {
    guard let watched else {
      note(entry.line, key, "no metric: which word it is about")
      return nil
    }
    guard watched.metric.unit == nil else {
      note(
        entry.line, key, "\(Printable(watched.metric.path)) is a number: write above or below")
      return nil
    }
    let nodes = if case .list(let items) = entry.node.value { items } else { [entry.node] }
    var found: [String] = []
    for node in nodes {
      guard let text = node.text, watched.metric.words.contains(text) else {
        let near = node.text.flatMap { suggestions.nearest($0, among: watched.metric.words) }
        let all = "there are \(MetricText.list(watched.metric.words))"
        unwanted(
          Entry(node: node, line: entry.line), key, "a word of it",
          near.map { "did you mean \($0)?" } ?? all)
        return nil
      }
      found.append(text)
    }
    guard !found.isEmpty else {
      unwanted(entry, key, "a word of it")
      return nil
    }
    return key == "is" ? .isOne(of: found) : .isNone(of: found)
  }

  private mutating func takeTimes(_ values: [String: Entry], into rule: inout RuleSettings) {
    rule.holds = values["for"].flatMap { seconds($0, "for") }
    rule.keepsFiring = values["clear_for"].flatMap { seconds($0, "clear_for") }
    rule.escalateMinutes = values["escalate_after"].flatMap { minutes($0) }
    guard let entry = values["clear"] else { return }
    let bound = rule.test?.bound ?? (rule.metric == nil ? usual?.bound : nil)
    guard let bound else {
      if problems.isEmpty { note(entry.line, "clear", "words have no way back: leave it out") }
      return
    }
    guard let number = number(entry, "clear") else { return }
    rule.clear = number
    // The threshold of a usual rule is known only when all settings have been read.
    if rule.test != nil, !bound.isCleared(by: number) {
      note(entry.line, "clear", bound.beyond)
    }
  }

  private mutating func seconds(_ entry: Entry, _ key: String) -> Double? {
    let seconds = entry.node.text.flatMap { RuleNumber.seconds($0) }
    guard let seconds, (0...RuleReader.longestTime).contains(seconds) else {
      unwanted(entry, key, "a time of at most a day, in seconds or as 30s, 5m, 2h")
      return nil
    }
    return seconds
  }

  private mutating func minutes(_ entry: Entry) -> Double? {
    let text = entry.node.text ?? ""
    let plain = PlainNumber.parse(text).number
    guard let minutes = plain ?? RuleNumber.seconds(text).map({ $0 / 60 }),
      (1...1440).contains(minutes)
    else {
      unwanted(entry, "escalate_after", "minutes (1 to 1440)")
      return nil
    }
    return minutes
  }
}

extension AlertRule.Bound {
  /// `above` or `below`.
  fileprivate var key: String { if case .above = self { "above" } else { "below" } }

  /// Whether a value is not further into trouble than the threshold.
  func isCleared(by value: Double) -> Bool { !isWorse(value, than: self.value) }

  /// What is wrong with a way back that is not.
  var beyond: Printable { "must not be beyond what it is \(Printable(key))" }
}
