/// Turns the nodes of a file into settings, and says of everything else why it is not obeyed.
struct SettingsReader {
  /// One setting that the file makes.
  struct Assignment: Sendable {
    var setting: Setting
    var value: SettingValue
    /// Where its name stands.
    var line: Int
  }

  private let file: String
  private(set) var assignments: [Assignment] = []
  private(set) var problems: [ConfigProblem] = []
  /// Where each name within `keys:` stands.
  private(set) var bindingLines: [String: Int] = [:]
  private var suggestions = Suggestions()

  init(file: String, _ root: YAMLNode?) {
    self.file = file
    guard let root, !root.isNothing else { return }
    guard case .pairs(let entries) = root.value else {
      note(root.line, "", "expected sections with settings, got \(Printable(root.shown))")
      return
    }
    for (name, entry) in names(of: entries, in: "") { take(name, entry) }
  }

  /// The entries whose names can be used: the first of each name.
  private mutating func names(
    of entries: [YAMLNode.Entry], in section: String
  ) -> [(String, YAMLNode.Entry)] {
    var lines: [String: Int] = [:]
    var found: [(String, YAMLNode.Entry)] = []
    for entry in entries {
      guard let name = entry.key.text else {
        note(entry.key.line, section, "expected a name, got \(Printable(entry.key.shown))")
        continue
      }
      if let first = lines[name] {
        note(entry.key.line, join(section, name), "duplicate key (first on line \(first))")
        continue
      }
      lines[name] = entry.key.line
      found.append((name, entry))
    }
    return found
  }

  private func join(_ section: String, _ key: String) -> String {
    section.isEmpty ? key : "\(section).\(key)"
  }

  private mutating func note(_ line: Int, _ setting: String, _ sentence: Printable) {
    let longest = 80
    problems.append(
      ConfigProblem(file, line: line, setting: String(setting.prefix(longest)), sentence))
  }

  private mutating func take(_ name: String, _ entry: YAMLNode.Entry) {
    if Settings.sections.contains(where: { $0.name == name }) {
      return takeSection(name, entry.value)
    }
    guard let setting = Settings.named(name), setting.section == nil else {
      return note(entry.key.line, name, unknown(name, in: nil))
    }
    take(setting, entry)
  }

  /// A section without anything in it is one whose lines were all taken out.
  private mutating func takeSection(_ section: String, _ node: YAMLNode) {
    if node.isNothing { return }
    guard case .pairs(let entries) = node.value else {
      return note(node.line, section, "expected settings, got \(Printable(node.shown))")
    }
    for (name, entry) in names(of: entries, in: section) {
      guard let setting = Settings.named("\(section).\(name)") else {
        note(entry.key.line, join(section, name), unknown(name, in: section))
        continue
      }
      take(setting, entry)
    }
  }

  private mutating func unknown(_ name: String, in section: String?) -> Printable {
    let siblings = Settings.all.filter { $0.section == section }.map(\.key)
    let known = section == nil ? siblings + Settings.sections.map(\.name) : siblings
    guard suggestions.left > 0 else { return "unknown key" }
    let begun = known.filter { $0.hasPrefix(name) }
    if let near = suggestions.nearest(name, among: known) ?? (begun.count == 1 ? begun[0] : nil) {
      return "unknown key (did you mean \(Printable(near))?)"
    }
    if let other = Settings.all.first(where: { $0.key == name || $0.name == name }) {
      return
        "unknown key (did you mean \(Printable(other.key)) in \(Printable(other.section ?? "no section"))?)"
    }
    return "unknown key"
  }

  private mutating func take(_ setting: Setting, _ entry: YAMLNode.Entry) {
    switch setting.kind {
    case .targets: takeTargets(setting, entry)
    case .channels: takeChannels(setting, entry)
    case .rules: takeRules(setting, entry)
    case .bindings: takeBindings(setting, entry)
    default:
      switch SettingsReader.value(entry.value, for: setting.kind) {
      case .success(let value):
        assignments.append(Assignment(setting: setting, value: value, line: entry.key.line))
      case .failure(let refusal):
        note(entry.key.line, setting.name, refusal.sentence)
        guard let rest = refusal.rest else { return }
        assignments.append(Assignment(setting: setting, value: rest, line: entry.key.line))
      }
    }
  }
}

extension SettingsReader {
  private mutating func noteUnwanted(_ setting: Setting, _ entry: YAMLNode.Entry) {
    note(
      entry.key.line, setting.name,
      "expected \(Printable(setting.kind.wanted)), got \(Printable(entry.value.shown))")
  }

  private mutating func takeBindings(_ setting: Setting, _ entry: YAMLNode.Entry) {
    if entry.value.isNothing { return }
    guard case .pairs(let entries) = entry.value.value else {
      return noteUnwanted(setting, entry)
    }
    var bindings: [String: [String]] = [:]
    for (name, entry) in names(of: entries, in: setting.name) {
      if case .list(let items) = entry.value.value, items.count > SettingsReader.mostKeys {
        note(
          entry.key.line, join(setting.name, name),
          "expected a key or a list of at most \(SettingsReader.mostKeys) keys, got \(items.count)")
        continue
      }
      guard let keys = SettingsReader.keys(entry.value) else {
        note(
          entry.key.line, join(setting.name, name),
          "expected a key or a list of keys, got \(Printable(entry.value.shown))")
        continue
      }
      bindings[name] = keys
      bindingLines[name] = entry.key.line
    }
    assignments.append(
      Assignment(setting: setting, value: .bindings(bindings), line: entry.key.line))
  }

  private static let mostKeys = 32

  /// An empty list takes an action its keys; a key is a short word.
  private static func keys(_ node: YAMLNode) -> [String]? {
    let longest = 32
    let nodes = if case .list(let items) = node.value { items } else { [node] }
    let texts = nodes.compactMap(\.text).filter {
      !$0.isEmpty && $0.utf8.count <= longest && Printable($0).text == $0
    }
    return texts.count == nodes.count ? texts : nil
  }

  private mutating func takeTargets(_ setting: Setting, _ entry: YAMLNode.Entry) {
    if entry.value.isNothing { return }
    guard case .list(let items) = entry.value.value else {
      return noteUnwanted(setting, entry)
    }
    var targets: [TargetSettings] = []
    for (index, item) in items.enumerated() {
      var reader = TargetReader(file: file, place: "targets[\(index + 1)]", suggestions)
      if let target = reader.read(item) { targets.append(target) }
      suggestions = reader.suggestions
      problems += reader.problems
    }
    assignments.append(
      Assignment(setting: setting, value: .targets(targets), line: entry.key.line))
  }

  private static let mostChannels = 32

  private mutating func takeChannels(_ setting: Setting, _ entry: YAMLNode.Entry) {
    if entry.value.isNothing { return }
    guard case .list(let items) = entry.value.value, items.count <= SettingsReader.mostChannels
    else { return noteUnwanted(setting, entry) }
    var channels: [ChannelSettings] = []
    for (index, item) in items.enumerated() {
      var reader = ChannelReader(
        file: file, place: "\(setting.name)[\(index + 1)]", suggestions)
      if let channel = reader.read(item, besides: Set(channels.map(\.name))) {
        channels.append(channel)
      }
      suggestions = reader.suggestions
      problems += reader.problems
    }
    assignments.append(
      Assignment(setting: setting, value: .channels(channels), line: entry.key.line))
  }

  private mutating func takeRules(_ setting: Setting, _ entry: YAMLNode.Entry) {
    if entry.value.isNothing { return }
    guard case .list(let items) = entry.value.value else {
      return noteUnwanted(setting, entry)
    }
    guard items.count <= RuleSettings.most else {
      return note(
        entry.key.line, setting.name,
        "expected at most \(RuleSettings.most) rules, got \(items.count)")
    }
    let (rules, problems) = RuleList.read(items, in: setting.name, of: file, &suggestions)
    self.problems += problems
    assignments.append(Assignment(setting: setting, value: .rules(rules), line: entry.key.line))
  }
}
