extension SettingsReader {
  /// Why a value is not taken.
  struct Refusal: Error {
    var sentence: Printable
    /// What of it can be obeyed all the same.
    var rest: SettingValue?
  }

  /// The value of a node, if it is what is wanted.
  static func value(_ node: YAMLNode, for kind: SettingKind) -> Result<SettingValue, Refusal> {
    switch kind {
    case .number(let range):
      return number(node, in: range, kind).map { .number($0) }
    case .whole(let range):
      let bounds = Double(range.lowerBound)...Double(range.upperBound)
      return whole(node, in: bounds, kind).map { .number($0) }
    case .flag:
      return flag(node).map { .success(.flag($0)) } ?? unwanted(node, kind)
    case .choice(let words): return choice(node, of: words, kind)
    case .name:
      guard let text = node.text, isName(text) else { return unwanted(node, kind) }
      return .success(.text(text))
    case .numbers(let range, let count, let isWhole):
      guard case .list(let items) = node.value, !items.isEmpty else {
        return unwanted(node, kind)
      }
      guard items.count == count else {
        let sentence: Printable = "expected \(Printable(kind.wanted)), got \(items.count)"
        return .failure(Refusal(sentence: sentence))
      }
      var numbers: [Double] = []
      for item in items {
        let read = isWhole ? whole(item, in: range, kind) : number(item, in: range, kind)
        switch read {
        case .success(let value): numbers.append(value)
        case .failure(let refusal): return .failure(refusal)
        }
      }
      return .success(.numbers(numbers))
    case .words(let known, let mayBeNone): return words(node, of: known, mayBeNone, kind)
    case .names: return names(node, kind)
    case .bindings, .targets, .channels, .rules: return unwanted(node, kind)
    }
  }

  private static func unwanted<Value>(
    _ node: YAMLNode, _ kind: SettingKind, _ hint: String = ""
  ) -> Result<Value, Refusal> {
    let advice = node.isNothing ? "leave the line out for the default" : hint
    let end = advice.isEmpty ? "" : " (\(advice))"
    return .failure(
      Refusal(sentence: Printable("expected \(kind.wanted), got \(node.shown)\(end)")))
  }

  private static func number(
    _ node: YAMLNode, in range: ClosedRange<Double>, _ kind: SettingKind
  ) -> Result<Double, Refusal> {
    guard let text = node.plain else {
      let isQuoted = node.text.map { PlainNumber.parse($0).number != nil } ?? false
      return unwanted(node, kind, isQuoted ? "write it without quotes" : "")
    }
    let (number, hint) = PlainNumber.parse(text)
    guard let number else { return unwanted(node, kind, hint) }
    guard range.contains(number) else {
      let isPercent = range == 0...1 && number > 1 && number <= 100
      let advice = isPercent ? "; write \(SettingKind.text(number / 100)) for \(text) %" : ""
      let shown = SettingKind.text(range)
      return .failure(
        Refusal(sentence: "\(Printable(text)) is out of range (\(Printable(shown + advice)))"))
    }
    return .success(number)
  }

  private static func whole(
    _ node: YAMLNode, in range: ClosedRange<Double>, _ kind: SettingKind
  ) -> Result<Double, Refusal> {
    number(node, in: range, kind).flatMap { number in
      number == number.rounded() ? .success(number) : unwanted(node, kind)
    }
  }

  /// The words of YAML 1.1, as far as a person would take them for an answer.
  private static func flag(_ node: YAMLNode) -> Bool? {
    guard let text = node.plain, text.utf8.count <= 5 else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: return nil
    }
  }

  private static func choice(
    _ node: YAMLNode, of words: [String], _ kind: SettingKind
  ) -> Result<SettingValue, Refusal> {
    guard let text = node.text else { return unwanted(node, kind) }
    if words.contains(text) { return .success(.text(text)) }
    let near = Nearest.match(text, among: words)
    return unwanted(node, kind, near.map { "did you mean \($0)?" } ?? "")
  }

  private static func words(
    _ node: YAMLNode, of known: [String], _ mayBeNone: Bool, _ kind: SettingKind
  ) -> Result<SettingValue, Refusal> {
    guard case .list(let items) = node.value, mayBeNone || !items.isEmpty else {
      return unwanted(node, kind)
    }
    var found: [String] = []
    var unknown: [String] = []
    for item in items {
      guard let text = item.text else { return unwanted(item, kind) }
      if !known.contains(text) {
        unknown.append("no \(item.shown)\(hint(text, known))")
      } else if !found.contains(text) {
        found.append(text)
      }
    }
    guard !unknown.isEmpty else { return .success(.texts(found)) }
    let rest: SettingValue? = mayBeNone && !found.isEmpty ? .texts(found) : nil
    return .failure(
      Refusal(sentence: Printable(unknown.joined(separator: ", ")), rest: rest))
  }

  /// More names than can be taken in at once help nobody.
  private static func hint(_ text: String, _ known: [String]) -> String {
    let most = 12
    if let near = Nearest.match(text, among: known) { return " (did you mean \(near)?)" }
    return known.count > most ? "" : " (there are \(known.joined(separator: ", ")))"
  }

  private static func names(
    _ node: YAMLNode, _ kind: SettingKind
  ) -> Result<SettingValue, Refusal> {
    let most = 64
    guard case .list(let items) = node.value, items.count <= most else {
      return unwanted(node, kind)
    }
    var found: [String] = []
    for item in items {
      guard let text = item.text, isName(text) else { return unwanted(item, kind) }
      if !found.contains(text) { found.append(text) }
    }
    return .success(.texts(found))
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= SettingKind.longestName
      && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
  }
}
