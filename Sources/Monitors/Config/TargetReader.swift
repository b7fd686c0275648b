/// Reads one program of `targets:`; a program with a mistake in it is left out as a whole.
struct TargetReader {
  let file: String
  /// `targets[1]`.
  let place: String
  private(set) var problems: [ConfigProblem] = []
  private(set) var suggestions: Suggestions

  private static let keys = ["match", "gc", "evict", "quality"]
  private static let mostArguments = 64
  private static let longestArgument = 4096

  init(file: String, place: String, _ suggestions: Suggestions) {
    self.file = file
    self.place = place
    self.suggestions = suggestions
  }

  mutating func read(_ node: YAMLNode) -> TargetSettings? {
    guard case .pairs(let entries) = node.value else {
      note(node.line, "", "expected match: and what to do, got \(Printable(node.shown))")
      return nil
    }
    var target = TargetSettings(match: "")
    var seen: Set<String> = []
    for entry in entries {
      let key = entry.key.text ?? ""
      if seen.insert(key).inserted {
        take(key, entry, into: &target)
      } else {
        note(entry.key.line, key, "duplicate key")
      }
    }
    if !seen.contains("match") {
      note(node.line, "", "no match: which program it is about")
    }
    return problems.isEmpty ? target : nil
  }

  private mutating func note(_ line: Int, _ key: String, _ sentence: Printable) {
    let longest = 40
    let name = key.isEmpty ? place : "\(place).\(key.prefix(longest))"
    problems.append(ConfigProblem(file, line: line, setting: name, sentence))
  }

  private mutating func take(
    _ key: String, _ entry: YAMLNode.Entry, into target: inout TargetSettings
  ) {
    let line = entry.key.line
    switch key {
    case "match": target.match = pattern(entry.value, line)
    case "gc": target.collect = arguments(entry.value, key, line)
    case "evict": target.evict = arguments(entry.value, key, line)
    case "quality": target.quality = arguments(entry.value, key, line)
    default:
      let near = suggestions.nearest(key, among: TargetReader.keys)
      note(line, key, near.map { "unknown key (did you mean \(Printable($0))?)" } ?? "unknown key")
    }
  }

  private mutating func pattern(_ node: YAMLNode, _ line: Int) -> String {
    guard let text = node.text, !text.isEmpty, text.utf8.count <= SettingKind.longestName,
      !text.utf8.contains(0)
    else {
      note(line, "match", "expected a name or an expression, got \(Printable(node.shown))")
      return ""
    }
    do throws(TargetError) { _ = try CommandPattern(text) } catch {
      note(line, "match", error.sentence)
      return ""
    }
    return text
  }

  private mutating func arguments(_ node: YAMLNode, _ key: String, _ line: Int) -> [String] {
    guard case .list(let items) = node.value, !items.isEmpty else {
      note(
        line, key, "expected a list of a program and its arguments, got \(Printable(node.shown))")
      return []
    }
    guard items.count <= TargetReader.mostArguments else {
      note(line, key, "expected at most \(TargetReader.mostArguments) words, got \(items.count)")
      return []
    }
    var found: [String] = []
    for item in items {
      guard let text = item.text, text.utf8.count <= TargetReader.longestArgument,
        !text.utf8.contains(0), !(found.isEmpty && text.isEmpty)
      else {
        note(item.line, key, "\(Printable(item.shown)) is no argument")
        return []
      }
      if let refusal = refusal(text, of: key, isProgram: found.isEmpty) {
        note(item.line, key, refusal)
        return []
      }
      found.append(text)
    }
    return found
  }

  private func refusal(_ text: String, of key: String, isProgram: Bool) -> Printable? {
    let level = TargetSettings.Placeholder.level.rawValue
    let known = TargetSettings.Placeholder.allCases.map(\.rawValue)
    if let found = known.first(where: { text.contains($0) }) {
      if text != found { return "\(Printable(found)) must be a whole argument" }
      if isProgram { return "\(Printable(found)) can't be the program" }
      return found == level && key != "quality"
        ? "\(Printable(level)) is only known to quality" : nil
    }
    let inner = text.dropFirst().dropLast()
    let isPlaceholder =
      text.hasPrefix("{") && text.hasSuffix("}") && !inner.isEmpty
      && inner.utf8.allSatisfy {
        ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
      }
    guard isPlaceholder else { return nil }
    return
      "unknown placeholder \(Printable(text)) (there are \(Printable(known.joined(separator: ", "))))"
  }
}
