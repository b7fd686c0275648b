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

  /// The key of a name; `nil` where there is none.
  init?(name: String) {
    let lower = name.lowercased()
    if name.count == 1, let character = name.first {
      self = .character(character)
    } else if lower == "space" {
      self = .character(" ")
    } else if let found = Key.named.first(where: { $0.name == lower }) {
      self = found.key
    } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else if lower.hasPrefix("ctrl-"), lower.count == 6, let last = lower.last, last.isLetter {
      self = .control(last)
    } else {
      return nil
    }
  }

  private static let named: [(key: Key, name: String)] = [
    (.up, "up"), (.down, "down"), (.left, "left"), (.right, "right"), (.home, "home"),
    (.end, "end"), (.pageUp, "pgup"), (.pageDown, "pgdn"), (.enter, "enter"), (.escape, "esc"),
    (.tab, "tab"), (.backTab, "shift-tab"), (.backspace, "backspace"),
  ]
}
