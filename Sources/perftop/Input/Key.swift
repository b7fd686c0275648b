import Monitors

/// One key press or mouse event, whatever bytes it came as.
enum Key: Sendable, Hashable {
  case character(Character)
  case up, down, left, right, home, end, pageUp, pageDown, enter, escape, tab, backTab, backspace
  case function(Int)
  case control(Character)
  case mouse(Mouse)
  /// Text that the terminal says was pasted: never to be taken for keys.
  case pasted(String)

  struct Mouse: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case press, scrollUp, scrollDown }
    var kind: Kind
    var x: Int
    var y: Int
  }
}

/// Names of keys, for help, for the footer and for configuration: `a`, `space`, `pgup`, `f1`, `ctrl-l`.
extension Key {
  /// What the key is called.
  var name: Printable {
    switch self {
    case .character(" "): "space"
    case .character(let character): Printable(String(character))
    case .control(let character): "ctrl-\(Printable(String(character)))"
    case .function(let number): "f\(Printable(String(number)))"
    case .mouse: "mouse"
    case .pasted: "paste"
    default: Key.named.first { $0.key == self }.map { Printable($0.name) } ?? ""
    }
  }

  /// The key of a name, as people write it: `ctrl-l`, `C-l`, `^L`, `F5`, `PageUp`, `page-up`, `<Space>`; `nil` where there is none.
  init?(name: String) {
    if name.count == 1, let character = name.first {
      self = .character(character)
      return
    }
    let isBracketed = name.count > 2 && name.first == "<" && name.last == ">"
    let bare = isBracketed ? String(name.dropFirst().dropLast()) : name
    guard let key = Key.controlled(bare) ?? Key.shifted(bare) ?? Key.named(bare) else { return nil }
    self = key
  }

  /// Every name that is not a character of its own, for who looks for the nearest.
  static var names: [String] {
    named.map(\.name) + aliases.map(\.name) + (1...12).map { "f\($0)" }
      + "abcdefghijklmnopqrstuvwxyz".map { "ctrl-\($0)" }
  }

  private static func named(_ name: String) -> Key? {
    let plain = String(name.lowercased().filter { !isSeparator($0) })
    if let found = named.first(where: { joined($0.name) == plain }) { return found.key }
    if let found = aliases.first(where: { $0.name == plain }) { return found.key }
    guard plain.hasPrefix("f"), let number = Int(plain.dropFirst()), (1...12).contains(number),
      plain == "f\(number)"
    else { return nil }
    return .function(number)
  }

  private static func controlled(_ name: String) -> Key? {
    guard let last = rest(of: name, behind: ["ctrl", "control", "c"]) ?? caret(name) else {
      return nil
    }
    // A terminal sends the same byte for these as for keys of their own.
    switch last {
    case "i": return .tab
    case "j", "m": return .enter
    case "h": return .backspace
    case "[": return .escape
    default: return last.isASCII && last.isLetter ? .control(last) : nil
    }
  }

  private static func caret(_ name: String) -> Character? {
    name.count == 2 && name.first == "^" ? name.lowercased().last : nil
  }

  private static func shifted(_ name: String) -> Key? {
    guard let last = rest(of: name, behind: ["shift", "s"]), last.isLetter else { return nil }
    return last.uppercased().first.map(Key.character)
  }

  /// The one character behind a word and a separator, in lower case.
  private static func rest(of name: String, behind words: [String]) -> Character? {
    let lower = name.lowercased()
    guard let last = lower.last, let separator = lower.dropLast().last, isSeparator(separator),
      words.contains(String(lower.dropLast(2)))
    else { return nil }
    return last
  }

  private static func isSeparator(_ character: Character) -> Bool { "-_+ ".contains(character) }

  private static func joined(_ name: String) -> String { String(name.filter { $0 != "-" }) }

  private static let named: [(key: Key, name: String)] = [
    (.up, "up"), (.down, "down"), (.left, "left"), (.right, "right"), (.home, "home"),
    (.end, "end"), (.pageUp, "pgup"), (.pageDown, "pgdn"), (.enter, "enter"), (.escape, "esc"),
    (.tab, "tab"), (.backTab, "shift-tab"), (.backspace, "backspace"), (.character(" "), "space"),
  ]

  private static let aliases: [(key: Key, name: String)] = [
    (.pageUp, "pageup"), (.pageUp, "prior"), (.pageDown, "pagedown"), (.pageDown, "pgdown"),
    (.enter, "return"), (.enter, "cr"), (.escape, "escape"), (.backTab, "backtab"),
    (.backTab, "stab"), (.backspace, "bs"), (.character(" "), "spacebar"),
    (.character(" "), "spc"), (.character("+"), "plus"), (.character("-"), "minus"),
    (.character(":"), "colon"), (.character(","), "comma"), (.character("/"), "slash"),
    (.character("?"), "question"), (.character("#"), "hash"), (.up, "arrowup"),
    (.down, "arrowdown"), (.left, "arrowleft"), (.right, "arrowright"),
  ]
}
