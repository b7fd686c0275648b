/// The entries of one channel, taken one by one as what they must be; what is wrong with them is noted.
struct ChannelFields {
  private(set) var left: [YAMLNode.Entry]
  private var slips: [(line: Int, key: String, sentence: Printable)] = []

  private static let longestPath = 4096

  init(_ entries: [YAMLNode.Entry]) { left = entries }

  /// What was wrong, in the place of a channel.
  func problems(_ file: String, _ place: String) -> [ConfigProblem] {
    slips.map {
      let name = $0.key.isEmpty ? place : "\(place).\($0.key)"
      return ConfigProblem(file, line: $0.line, setting: name, $0.sentence)
    }
  }

  /// The entry of a key, once.
  mutating func take(_ key: String) -> YAMLNode.Entry? {
    guard let index = left.firstIndex(where: { $0.key.text == key }) else { return nil }
    return left.remove(at: index)
  }

  mutating func note(_ line: Int, _ key: String, _ sentence: Printable) {
    slips.append((line, key, sentence))
  }

  private mutating func value(_ key: String, _ kind: SettingKind) -> SettingValue? {
    guard let entry = take(key) else { return nil }
    switch SettingsReader.value(entry.value, for: kind) {
    case .success(let value): return value
    case .failure(let refusal):
      note(entry.key.line, key, refusal.sentence)
      return nil
    }
  }

  mutating func choice(_ key: String, _ words: [String]) -> String? {
    if case .text(let word) = value(key, .choice(words)) { return word }
    return nil
  }

  mutating func words(_ key: String, _ known: [String]) -> [String] {
    if case .texts(let words) = value(key, .words(known, mayBeNone: true)) { return words }
    return []
  }

  mutating func flag(_ key: String) -> Bool? {
    if case .flag(let flag) = value(key, .flag) { return flag }
    return nil
  }

  mutating func whole(_ key: String, _ range: ClosedRange<Int>) -> Int? {
    if case .number(let number) = value(key, .whole(range)) { return Int(exactly: number) }
    return nil
  }

  mutating func number(_ key: String, _ range: ClosedRange<Double>) -> Double? {
    if case .number(let number) = value(key, .number(range)) { return number }
    return nil
  }

  /// Text of one line; what it is is never said, as it may be a secret.
  mutating func line(_ key: String, longest: Int = 1000) -> String? {
    guard let entry = take(key) else { return nil }
    guard let text = entry.value.text, ChannelFields.isLine(text, longest) else {
      note(entry.key.line, key, "expected text on one line")
      return nil
    }
    return text
  }

  static func isLine(_ text: String, _ longest: Int) -> Bool {
    !text.isEmpty && text.utf8.count <= longest && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
  }

  /// A file, by its whole path.
  mutating func path(_ key: String) -> String {
    guard let entry = take(key) else { return "" }
    guard let text = entry.value.text, text.hasPrefix("/"),
      ChannelFields.isLine(text, ChannelFields.longestPath)
    else {
      note(
        entry.key.line, key,
        "expected a path that begins with /, got \(Printable(entry.value.shown))")
      return ""
    }
    return text
  }
}
