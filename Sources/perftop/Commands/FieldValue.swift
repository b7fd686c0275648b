import Monitors

/// What one field of a table says.
enum FieldValue: Equatable {
  case number(Double)
  /// It says that there is none: empty, `NaN`, `null`.
  case none
  /// It says that it is beyond all numbers.
  case infinite
  case text

  private static let powers = (0...15).map { exponent in
    (0..<exponent).reduce(1.0) { product, _ in product * 10 }
  }
  private static let mostDigits = 15

  /// Reads a field without blanks around it.
  init(_ field: UnsafeRawBufferPointer) {
    if let number = FieldValue.plain(field) {
      self = .number(number)
      return
    }
    self = FieldValue.word(field)
  }

  /// Digits with a point in them, few enough to be exact: nearly all there are.
  private static func plain(_ field: UnsafeRawBufferPointer) -> Double? {
    var whole: Int64 = 0
    var (digits, decimals) = (0, -1)
    let isNegative = field.first == UInt8(ascii: "-")
    let isSigned = isNegative || field.first == UInt8(ascii: "+")
    for byte in field[(isSigned ? 1 : 0)...] {
      let digit = byte &- 48
      if digit < 10 {
        whole = whole &* 10 &+ Int64(digit)
        digits += 1
        if decimals >= 0 { decimals += 1 }
      } else if byte == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
      } else {
        return nil
      }
    }
    guard digits > 0, digits <= mostDigits else { return nil }
    let value = decimals > 0 ? Double(whole) / powers[decimals] : Double(whole)
    return isNegative ? -value : value
  }

  private static let nothing: Set<String> = [
    "", "nan", "+nan", "-nan", "na", "n/a", "null", "none", "nil", "-",
  ]
  private static let infinities: Set<String> = ["inf", "infinity"]

  private static func word(_ field: UnsafeRawBufferPointer) -> FieldValue {
    let longest = 64
    guard field.count <= longest else { return .text }
    let text = String(decoding: field, as: UTF8.self)
    let word = text.lowercased()
    if nothing.contains(word) { return .none }
    let unsigned = word.hasPrefix("-") || word.hasPrefix("+") ? String(word.dropFirst()) : word
    if infinities.contains(unsigned) { return .infinite }
    // What Swift reads besides – hexadecimal numbers – nobody writes into a table.
    let isDecimal = unsigned.utf8.allSatisfy { (48...57).contains($0) || ".e+-".utf8.contains($0) }
    guard isDecimal, let number = Double(text) else { return .text }
    return number.isFinite ? .number(number) : .infinite
  }
}
