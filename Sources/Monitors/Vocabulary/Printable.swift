/// Text that is safe to draw, log, mail or put in a title: no control bytes, no direction overrides, no invisible marks.
///
/// Everything that comes from outside passes through here once; what can not be shown becomes `·`.
///
///     Printable("rm\u{1b}[2J").text == "rm·[2J"
public struct Printable: Sendable, Hashable, Comparable {
  /// The text itself.
  public let text: String
  /// Whether each byte is a character that takes one cell.
  public let isASCII: Bool

  /// Cleans a string.
  public init(_ raw: String) {
    isASCII = Printable.isPlain(raw)
    text = isASCII ? raw : Printable.cleaned(raw)
  }

  /// The common case, and the one that has to be quick: every text on the screen comes through here.
  private static func isPlain(_ raw: String) -> Bool {
    let quick = raw.utf8.withContiguousStorageIfAvailable { bytes in
      for byte in bytes where byte < 0x20 || byte >= 0x7f { return false }
      return true
    }
    return quick ?? raw.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
  }

  /// Cleans bytes that should be UTF-8 and may not be.
  public init(bytes: some Collection<UInt8>) {
    self.init(String(decoding: bytes, as: UTF8.self))
  }

  /// Whether there is nothing to show.
  public var isEmpty: Bool { text.isEmpty }

  /// Order by text.
  public static func < (a: Printable, b: Printable) -> Bool { a.text < b.text }

  private static let combiningLimit = 2

  private static func cleaned(_ raw: String) -> String {
    if raw.unicodeScalars.allSatisfy(isPlain) { return raw }
    var result = String.UnicodeScalarView()
    var combining = 0
    for scalar in raw.unicodeScalars {
      if isPlain(scalar) {
        combining = 0
        result.append(scalar)
      } else if scalar.properties.generalCategory == .nonspacingMark
        || scalar.properties.generalCategory == .enclosingMark
      {
        combining += 1
        if combining <= combiningLimit { result.append(scalar) }
      } else {
        combining = 0
        result.append(isShowable(scalar) ? scalar : "·")
      }
    }
    return String(result)
  }

  /// Letters and marks of Latin 1, which need no look into Unicode's tables: a temperature has its degree sign.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    let softHyphen: UInt32 = 0xAD
    switch scalar.value {
    case 0x20...0x7E, 0xA1...0xFF: return scalar.value != softHyphen
    default: return false
    }
  }

  private static func isShowable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: scalar != "\u{FFFD}"
    }
  }
}

extension Printable: ExpressibleByStringInterpolation, CustomStringConvertible {
  /// A literal is cleaned like any other text.
  public init(stringLiteral value: String) { self.init(value) }

  /// The text, so that one `Printable` can stand inside another.
  public var description: String { text }
}
