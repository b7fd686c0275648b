/// Bytes that are being read, and how far.
struct Cursor {
  var bytes: ArraySlice<UInt8>

  static let escape: UInt8 = 0x1b
  private static let longestString = 4096

  /// The byte some places ahead; `nil` where it has not come yet.
  func peek(_ offset: Int) -> UInt8? {
    let place = bytes.startIndex + offset
    return place < bytes.endIndex ? bytes[place] : nil
  }

  mutating func skip(_ count: Int = 1) { bytes = bytes.dropFirst(count) }

  /// Skips a terminal's reply up to its end (BEL or ESC \); `false` where the end has not come yet.
  mutating func skipString() -> Bool {
    var offset = 2
    while let byte = peek(offset) {
      if byte == 7 || offset > Cursor.longestString {
        skip(offset + 1)
        return true
      }
      if byte == Cursor.escape, let next = peek(offset + 1) {
        skip(next == UInt8(ascii: "\\") ? offset + 2 : offset)
        return true
      }
      offset += 1
    }
    return false
  }

  /// Decimal numbers between semicolons; absurd ones stay small.
  static func numbers(_ body: ArraySlice<UInt8>) -> [Int] {
    let largest = 99_999
    return body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      digits in
      digits.reduce(0) { min(largest, $0 * 10 + max(0, Int($1) - 48)) }
    }
  }
}

/// Mouse events in the two encodings that terminals use.
enum MouseDecoder {
  /// `ESC [ < button ; x ; y M`, with any number of columns.
  static func numbered(_ body: ArraySlice<UInt8>, _ final: UInt8) -> Key? {
    let numbers = Cursor.numbers(body)
    guard numbers.count == 3, final == UInt8(ascii: "M") else { return nil }
    return event(button: numbers[0], x: numbers[1] - 1, y: numbers[2] - 1)
  }

  /// `ESC [ M` and three bytes, as old terminals do; `nil` where they have not all come.
  static func plain(_ cursor: inout Cursor) -> Key?? {
    guard let button = cursor.peek(3), let x = cursor.peek(4), let y = cursor.peek(5) else {
      return .none
    }
    cursor.skip(6)
    return .some(event(button: Int(button) - 32, x: Int(x) - 33, y: Int(y) - 33))
  }

  private static func event(button: Int, x: Int, y: Int) -> Key? {
    guard x >= 0, y >= 0 else { return nil }
    switch button & ~28 {
    case 0: return .mouse(Key.Mouse(kind: .press, x: x, y: y))
    case 64: return .mouse(Key.Mouse(kind: .scrollUp, x: x, y: y))
    case 65: return .mouse(Key.Mouse(kind: .scrollDown, x: x, y: y))
    default: return nil
    }
  }
}
