/// What a theme says for one key.
enum ThemeColor: Sendable, Hashable {
  case rgb(RGB)
  /// The terminal's own colour.
  case terminal
  /// A point that the gradient does without.
  case undefined
  /// A value that makes no sense: whatever colour is around stays.
  case inherited

  /// The three numbers that gradients reckon with.
  var channels: RGB { if case .rgb(let rgb) = self { rgb } else { .none } }

  /// Reads a value as a theme file writes it; `nil` is as if the key were missing.
  init?(_ text: String, for key: ThemeKey) {
    if text.isEmpty {
      guard key == .mainBackground || key.isOptionalPoint else { return nil }
      self = key == .mainBackground ? .terminal : .undefined
    } else if text.utf8.first == UInt8(ascii: "#") {
      self = ThemeColor.hex(text.utf8.dropFirst()).map(ThemeColor.rgb) ?? .inherited
    } else if text == ThemeColor.terminalWord, key == .mainForeground {
      self = .terminal
    } else {
      guard let rgb = ThemeColor.decimals(text) else { return nil }
      self = .rgb(rgb)
    }
  }

  /// Our own word, on `main_fg` alone; btop takes it for a missing value.
  private static let terminalWord = "default"

  private static func hex(_ digits: Substring.UTF8View) -> RGB? {
    let values = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard values.count == digits.count else { return nil }
    switch values.count {
    case 2:
      let grey = values[0] * 16 + values[1]
      return RGB(red: grey, green: grey, blue: grey)
    case 6:
      return RGB(
        red: values[0] * 16 + values[1], green: values[2] * 16 + values[3],
        blue: values[4] * 16 + values[5])
    default: return nil
    }
  }

  private static func decimals(_ text: String) -> RGB? {
    let words = text.split(separator: " ")
    let numbers = words.compactMap { Int32($0) }.map(Int.init)
    guard words.count == 3, numbers.count == 3 else { return nil }
    return RGB(red: numbers[0], green: numbers[1], blue: numbers[2])
  }
}
