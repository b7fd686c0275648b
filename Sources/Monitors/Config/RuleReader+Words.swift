/// What a rule says, to whom, and what else it concerns.
extension RuleReader {
  private static let mostLines = 16
  private static let longestLine = 200
  private static let mostNames = 256

  mutating func takeKinds(_ values: [String: Entry], into rule: inout RuleSettings) {
    let severities: [Severity] = [.info, .warning, .critical, .emergency]
    if let entry = values["severity"] {
      rule.severity = choice(entry, "severity", severities.map(\.rawValue)).flatMap {
        Severity(rawValue: $0)
      }
    }
    if let entry = values["category"] {
      let all = Alert.Category.allCases.map(\.rawValue)
      rule.category = choice(entry, "category", all).flatMap { Alert.Category(rawValue: $0) }
    }
    // Age alone makes no emergency.
    if let entry = values["escalate_to"] {
      let all = [Severity.warning, .critical].map(\.rawValue)
      rule.escalateTo = choice(entry, "escalate_to", all).flatMap { Severity(rawValue: $0) }
    }
  }

  private mutating func choice(_ entry: Entry, _ key: String, _ words: [String]) -> String? {
    guard let text = entry.node.text, words.contains(text) else {
      let near = entry.node.text.flatMap { suggestions.nearest($0, among: words) }
      let hint = near.map { "did you mean \($0)?" } ?? ""
      unwanted(entry, key, "one of \(words.joined(separator: ", "))", hint)
      return nil
    }
    return text
  }

  mutating func flag(_ entry: Entry, _ key: String) -> Bool? {
    guard case .success(.flag(let flag)) = SettingsReader.value(entry.node, for: .flag) else {
      unwanted(entry, key, "true or false")
      return nil
    }
    return flag
  }

  mutating func takeWords(_ values: [String: Entry], into rule: inout RuleSettings) {
    if let entry = values["message"] { rule.message = message(entry) }
    if let entry = values["actions"] { rule.actions = lines(entry) }
    guard let entry = values["group"] else { return }
    guard let text = entry.node.text, RuleReader.isName(text) else {
      return unwanted(entry, "group", "a name of letters, digits and - _")
    }
    rule.group = text
  }

  private mutating func message(_ entry: Entry) -> RuleMessage? {
    guard let text = entry.node.text, !text.isEmpty else {
      unwanted(entry, "message", "a sentence")
      return nil
    }
    guard text.count <= RuleMessage.longest else {
      unwanted(entry, "message", "at most \(RuleMessage.longest) characters")
      return nil
    }
    let known = RuleMessage.Place.allCases.map(\.rawValue)
    if let word = RuleMessage.unknown(in: text).first {
      let near = suggestions.nearest(word, among: known)
      let hint =
        near.map { "did you mean {\($0)}?" }
        ?? "there are \(known.map { "{\($0)}" }.joined(separator: ", "))"
      note(entry.line, "message", Printable("unknown placeholder {\(word)} (\(hint))"))
      return nil
    }
    return RuleMessage(text)
  }

  private mutating func lines(_ entry: Entry) -> [Printable]? {
    let nodes = if case .list(let items) = entry.node.value { items } else { [entry.node] }
    let texts = nodes.compactMap(\.text).filter { $0.count <= RuleReader.longestLine }
    guard texts.count == nodes.count, texts.count <= RuleReader.mostLines else {
      unwanted(
        entry, "actions",
        "a list of at most \(RuleReader.mostLines) lines of \(RuleReader.longestLine) characters")
      return nil
    }
    return texts.map { Printable($0) }
  }

  mutating func takeNames(_ values: [String: Entry], into rule: inout RuleSettings) {
    rule.inhibits = names(values, "inhibits")
    rule.notify = names(values, "notify")
    rule.widen = names(values, "widen")
  }

  private mutating func names(_ values: [String: Entry], _ key: String) -> [String]? {
    guard let entry = values[key] else { return nil }
    let nodes = if case .list(let items) = entry.node.value { items } else { [entry.node] }
    let names = nodes.compactMap(\.text).filter(RuleReader.isName)
    guard names.count == nodes.count, names.count <= RuleReader.mostNames else {
      unwanted(entry, key, "a name or a list of names")
      return nil
    }
    return names
  }
}
