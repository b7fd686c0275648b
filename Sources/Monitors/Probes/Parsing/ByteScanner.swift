/// Walks over bytes the kernel wrote; reads past nothing and trusts no number.
///
///     var scanner = ByteScanner(bytes)
///     scanner.skip(to: "VmRSS:")
///     let kilobytes = scanner.number()
public struct ByteScanner {
  private let bytes: UnsafeRawBufferPointer
  /// Where the next byte is.
  public private(set) var position: Int

  /// Starts at the first byte.
  public init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    position = 0
  }

  /// Whether nothing is left.
  public var isAtEnd: Bool { position >= bytes.count }

  /// The next byte without taking it.
  public var peek: UInt8? { isAtEnd ? nil : bytes[position] }

  /// Takes one byte, whatever it is.
  public mutating func skipByte() { if !isAtEnd { position += 1 } }

  /// Takes spaces and tabs.
  public mutating func skipBlanks() {
    while let byte = peek, byte == 32 || byte == 9 { position += 1 }
  }

  /// Takes the rest of the line with its end.
  public mutating func skipLine() {
    while let byte = peek {
      position += 1
      if byte == 10 { return }
    }
  }

  /// Takes a decimal number after blanks; `nil` if none stands here. Too large a number is the largest there is.
  public mutating func number() -> UInt64? {
    skipBlanks()
    let start = position
    var value: UInt64 = 0
    while let byte = peek, byte >= 48, byte <= 57 {
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooLargeToo) = product.addingReportingOverflow(UInt64(byte - 48))
      value = tooLarge || tooLargeToo ? .max : sum
      position += 1
    }
    return position > start ? value : nil
  }

  /// Takes a number that may be negative.
  public mutating func signedNumber() -> Int64? {
    skipBlanks()
    let start = position
    let isNegative = peek == 45
    if isNegative { position += 1 }
    guard let value = number() else {
      position = start
      return nil
    }
    return isNegative ? -Int64(clamping: value) : Int64(clamping: value)
  }

  /// Takes a number with an optional fraction: `12.75`.
  public mutating func decimal() -> Double? {
    guard let whole = signedNumber() else { return nil }
    guard peek == 46 else { return Double(whole) }
    position += 1
    let start = position
    guard let fraction = number() else { return Double(whole) }
    var scale = 1.0
    for _ in 0..<(position - start) { scale *= 10 }
    return Double(whole) + (whole < 0 ? -1 : 1) * Double(fraction) / scale
  }

  /// Takes everything up to a blank or the end of the line.
  public mutating func word() -> UnsafeRawBufferPointer {
    skipBlanks()
    let start = position
    while let byte = peek, byte != 32, byte != 9, byte != 10 { position += 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
  }

  /// Takes the rest of the line without its end, then the end.
  public mutating func line() -> UnsafeRawBufferPointer {
    let start = position
    while let byte = peek, byte != 10 { position += 1 }
    let found = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    if !isAtEnd { position += 1 }
    return found
  }

  /// Takes the text if it stands here.
  public mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[position + offset] != text.utf8Start[offset] {
      return false
    }
    position += count
    return true
  }

  /// Goes behind the first line that begins with the text; stays put and answers false if there is none.
  public mutating func skip(to text: StaticString) -> Bool {
    let start = position
    while !isAtEnd {
      if take(text) { return true }
      skipLine()
    }
    position = start
    return false
  }

  /// What lies between two positions.
  public func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[range.clamped(to: 0..<bytes.count)])
  }
}

extension UnsafeRawBufferPointer {
  /// The bytes as text, without blanks, line ends and NULs around it.
  public var trimmed: Printable {
    var rest = self[...]
    while let last = rest.last, last <= 32 { rest.removeLast() }
    while let first = rest.first, first <= 32 { rest.removeFirst() }
    return Printable(bytes: rest)
  }
}
