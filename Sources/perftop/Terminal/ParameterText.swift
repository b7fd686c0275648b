/// A text of a terminal's description that takes numbers: `\u{1b}[%i%p1%d;%p2%dH`, a program for a stack.
struct ParameterText {
  private var rest: ArraySlice<UInt8>
  private var depth = 0
  private static let deepest = 19

  private init(_ text: ArraySlice<UInt8>) { rest = text }

  /// Whether it takes from the stack only what it put there, and no more than numbers.
  static func isSound(_ text: ArraySlice<UInt8>) -> Bool {
    var reader = ParameterText(text)
    while let byte = reader.rest.popFirst() {
      if byte == UInt8(ascii: "%"), !reader.takesStep() { return false }
    }
    return true
  }

  private mutating func takesStep() -> Bool {
    guard let step = rest.popFirst() else { return false }
    switch UnicodeScalar(step) {
    case "%", "i", "?", "e", ";": return true
    case "p": return (rest.popFirst().map { (49...57).contains($0) } ?? false) && puts()
    case "g": return isVariable() && puts()
    case "P": return isVariable() && takes(1)
    case "'": return rest.popFirst() != nil && rest.popFirst() == UInt8(ascii: "'") && puts()
    case "{": return isNumber() && puts()
    case "t", "c": return takes(1)
    case "!", "~": return takes(1) && puts()
    case "+", "-", "*", "/", "m", "&", "|", "^", "=", "<", ">", "A", "O": return takes(2) && puts()
    default: return isFormat(step)
    }
  }

  private mutating func puts() -> Bool {
    depth += 1
    return depth <= Self.deepest
  }

  private mutating func takes(_ count: Int) -> Bool {
    depth -= count
    return depth >= 0
  }

  private mutating func isVariable() -> Bool {
    guard let name = rest.popFirst() else { return false }
    return (65...90).contains(name) || (97...122).contains(name)
  }

  private mutating func isNumber() -> Bool {
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "}") { return true }
      guard (48...57).contains(byte) || byte == UInt8(ascii: "-") else { return false }
    }
    return false
  }

  /// `%d`, `%2.2X`, `%:-3d`; a text would be taken for where a text lies.
  private mutating func isFormat(_ first: UInt8) -> Bool {
    var next: UInt8? = first
    while let byte = next {
      switch UnicodeScalar(byte) {
      case "d", "o", "x", "X": return takes(1)
      case ":", "#", " ", ".", "-", "+", "0"..."9": next = rest.popFirst()
      default: return false
      }
    }
    return false
  }
}
