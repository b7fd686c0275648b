/// Reads one channel of `alerts.channels:`; one with a mistake in it is left out as a whole.
struct ChannelReader {
  let file: String
  /// `alerts.channels[1]`.
  let place: String
  private(set) var problems: [ConfigProblem] = []
  private(set) var suggestions: Suggestions

  init(file: String, place: String, _ suggestions: Suggestions) {
    self.file = file
    self.place = place
    self.suggestions = suggestions
  }

  /// A channel, unless one of these names is its own.
  mutating func read(_ node: YAMLNode, besides taken: Set<String>) -> ChannelSettings? {
    guard case .pairs(let entries) = node.value else {
      note(node.line, "", "expected name:, kind: and more, got \(Printable(node.shown))")
      return nil
    }
    guard var fields = fields(entries) else { return nil }
    let name = name(&fields, node, besides: taken)
    guard let means = means(&fields, node) else { return nil }
    var channel = ChannelSettings(name: name, means: means)
    general(&fields, into: &channel)
    let known = ChannelReader.general + ChannelReader.own(channel.kind)
    for entry in fields.left { noteUnknown(entry, known: known, kind: channel.kind) }
    problems += fields.problems(file, place)
    return problems.isEmpty ? channel : nil
  }

  private static let general = [
    "name", "kind", "severity", "resolved", "categories", "per_hour", "timeout_seconds",
  ]

  /// The keys of one kind.
  private static func own(_ kind: String) -> [String] {
    switch kind {
    case "mail": ["server", "tls", "from", "to", "user", "password_file", "ca_file"]
    case "webhook": ["url", "url_file", "headers", "token_file", "slack", "ca_file"]
    default: ["run"]
    }
  }

  private mutating func note(_ line: Int, _ key: String, _ sentence: Printable) {
    let longest = 40
    let name = key.isEmpty ? place : "\(place).\(key.prefix(longest))"
    problems.append(ConfigProblem(file, line: line, setting: name, sentence))
  }

  private mutating func noteUnknown(_ entry: YAMLNode.Entry, known: [String], kind: String) {
    let key = entry.key.text ?? ""
    let isElsewhere = ["mail", "webhook", "command"].contains {
      ChannelReader.own($0).contains(key)
    }
    if isElsewhere { return note(entry.key.line, key, "not for kind \(Printable(kind))") }
    if ["password", "token"].contains(key) {
      return note(
        entry.key.line, key, "secrets stand in files of their own: \(Printable(key))_file")
    }
    let near = suggestions.nearest(key, among: known)
    note(
      entry.key.line, key,
      near.map { "unknown key (did you mean \(Printable($0))?)" } ?? "unknown key")
  }

  private mutating func fields(_ entries: [YAMLNode.Entry]) -> ChannelFields? {
    var seen: Set<String> = []
    for entry in entries where !seen.insert(entry.key.text ?? "").inserted {
      note(entry.key.line, entry.key.text ?? "", "duplicate key")
    }
    return problems.isEmpty ? ChannelFields(entries) : nil
  }

  private mutating func name(
    _ fields: inout ChannelFields, _ node: YAMLNode, besides taken: Set<String>
  ) -> String {
    guard let entry = fields.take("name") else {
      note(node.line, "", "no name")
      return ""
    }
    let longest = 40
    let text = entry.value.text ?? ""
    guard !text.isEmpty, text.utf8.count <= longest, text.first != "-",
      text.utf8.allSatisfy(ChannelReader.isNameByte)
    else {
      note(
        entry.key.line, "name",
        "expected letters, digits, - and _, got \(Printable(entry.value.shown))")
      return ""
    }
    if taken.contains(text) {
      note(entry.key.line, "name", "there is another channel called \(Printable(text))")
    }
    return text
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private mutating func means(_ fields: inout ChannelFields, _ node: YAMLNode)
    -> ChannelSettings.Means?
  {
    guard let entry = fields.take("kind") else {
      note(node.line, "", "no kind: mail, webhook or command")
      return nil
    }
    switch entry.value.text {
    case "mail": return .mail(fields.mail(at: node.line))
    case "webhook": return .webhook(fields.webhook(at: node.line))
    case "command": return .command(fields.command(at: node.line))
    default:
      note(
        entry.key.line, "kind",
        "expected one of mail, webhook, command, got \(Printable(entry.value.shown))")
      return nil
    }
  }

  private func general(_ fields: inout ChannelFields, into channel: inout ChannelSettings) {
    if let word = fields.choice("severity", DeliverySettings.severities) {
      channel.severity = Severity(rawValue: word) ?? .warning
    }
    channel.tellsEnd = fields.flag("resolved") ?? true
    channel.categories = fields.words("categories", Alert.Category.allCases.map(\.rawValue))
      .compactMap { Alert.Category(rawValue: $0) }
    channel.perHour =
      fields.whole("per_hour", 1...3600) ?? ChannelSettings.usualPerHour
    channel.timeout = fields.number("timeout_seconds", 1...60) ?? ChannelSettings.usualTimeout
  }
}
