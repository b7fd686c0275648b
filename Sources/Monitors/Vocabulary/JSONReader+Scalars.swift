extension JSONReader {
  /// Takes what looks like a number; null if no number is meant by it, or none that can be held.
  mutating func number() -> JSONValue {
    let start = position
    while let byte = peek, JSONReader.isOfNumber(byte) { position += 1 }
    let token = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    guard let parts = NumberParts(token) else { return .null }
    if parts.isWhole { return parts.whole.map(JSONValue.integer) ?? .null }
    let value = parts.exact ?? Double(String(decoding: token, as: UTF8.self)) ?? .nan
    return value.isFinite ? .number(value) : .null
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  /// Takes a string; `nil` if it can not be text.
  ///
  /// - Throws: `malformed` where it does not end.
  mutating func string() throws(JSONFault) -> String? {
    position += 1
    let start = position
    var isPlain = true
    var seen: UInt8 = 0
    while let byte = peek {
      if byte == UInt8(ascii: "\"") {
        let range = start..<position
        position += 1
        guard isPlain else { return unescaped(range) }
        // Most names are ASCII, and what is needs no second look.
        return seen < 0x80
          ? String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
          : String(validating: bytes[range], as: UTF8.self)
      }
      seen |= byte
      if byte == UInt8(ascii: "\\") {
        isPlain = false
        position += 1
      } else if byte < 0x20 {
        isPlain = false
      }
      position += 1
    }
    throw .malformed
  }

  private func unescaped(_ range: Range<Int>) -> String? {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = bytes[place]
      guard byte >= 0x20 else { return nil }
      place += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard place < range.upperBound else { return nil }
      let escape = bytes[place]
      place += 1
      if escape == UInt8(ascii: "u") {
        guard let scalar = scalar(at: &place, before: range.upperBound) else { return nil }
        // Nothing that is meant to be read has one, and elsewhere text ends with it.
        text.append(contentsOf: String(scalar == "\0" ? "\u{FFFD}" : scalar).utf8)
      } else {
        guard let plain = JSONReader.escapes[escape] else { return nil }
        text.append(plain)
      }
    }
    return String(validating: text, as: UTF8.self)
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12,
    UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
  ]

  /// The character of one `\u`, or of two that belong together; `nil` for half of such a pair.
  private func scalar(at place: inout Int, before end: Int) -> Unicode.Scalar? {
    guard let first = unit(at: &place, before: end) else { return nil }
    guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) }
    guard place + 2 <= end, bytes[place] == UInt8(ascii: "\\"),
      bytes[place + 1] == UInt8(ascii: "u")
    else { return nil }
    place += 2
    guard let second = unit(at: &place, before: end), (0xDC00...0xDFFF).contains(second) else {
      return nil
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private func unit(at place: inout Int, before end: Int) -> UInt32? {
    guard place + 4 <= end else { return nil }
    var value: UInt32 = 0
    for offset in 0..<4 {
      guard let digit = JSONReader.hexadecimal(bytes[place + offset]) else { return nil }
      value = value << 4 | digit
    }
    place += 4
    return value
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}

/// A number as it is written, taken apart without making it text.
private struct NumberParts {
  /// No fraction and no exponent.
  var isWhole = true
  private var isNegative = false
  /// All digits as one number; `nil` once there are too many.
  private var digits: UInt64? = 0
  /// The power of ten that those digits are to be multiplied by.
  private var power = 0

  init?(_ token: UnsafeRawBufferPointer) {
    var rest = token[...]
    if rest.first == UInt8(ascii: "-") {
      isNegative = true
      rest = rest.dropFirst()
    }
    let before = takeDigits(&rest)
    guard before > 0 else { return nil }
    let hasLeadingZero = token[isNegative ? 1 : 0] == UInt8(ascii: "0")
    guard !(hasLeadingZero && before > 1) else { return nil }
    if rest.first == UInt8(ascii: ".") {
      isWhole = false
      rest = rest.dropFirst()
      let behind = takeDigits(&rest)
      guard behind > 0 else { return nil }
      power = -behind
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      isWhole = false
      guard takeExponent(&rest) else { return nil }
    }
    guard rest.isEmpty else { return nil }
  }

  private mutating func takeDigits(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Int {
    var count = 0
    while let byte = rest.first, byte >= 48, byte <= 57 {
      if let digits {
        let (product, tooLarge) = digits.multipliedReportingOverflow(by: 10)
        let (sum, tooLargeToo) = product.addingReportingOverflow(UInt64(byte - 48))
        self.digits = tooLarge || tooLargeToo ? nil : sum
      }
      rest = rest.dropFirst()
      count += 1
    }
    return count
  }

  private mutating func takeExponent(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
    let farther = 10_000
    rest = rest.dropFirst()
    let sign = rest.first
    if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
    var exponent = 0
    var count = 0
    while let byte = rest.first, byte >= 48, byte <= 57 {
      exponent = min(farther, exponent * 10 + Int(byte - 48))
      rest = rest.dropFirst()
      count += 1
    }
    power += sign == UInt8(ascii: "-") ? -exponent : exponent
    return count > 0
  }

  /// The whole number it is, where 64 bits hold it.
  var whole: Int64? {
    guard let digits else { return nil }
    if isNegative { return digits == 1 << 63 ? .min : Int64(exactly: digits).map { -$0 } }
    return Int64(exactly: digits)
  }

  private static let powers: [Double] = (0...22).map { power in
    (0..<power).reduce(1.0) { product, _ in product * 10 }
  }

  /// The double it is, where that takes one operation on two that are exact.
  var exact: Double? {
    guard let digits, digits < 1 << 53, abs(power) < NumberParts.powers.count else { return nil }
    let factor = NumberParts.powers[abs(power)]
    let value = power < 0 ? Double(digits) / factor : Double(digits) * factor
    return isNegative ? -value : value
  }
}
