/// Leaves out what ncurses says about colours that the terminal knows already: a third of a small frame.
///
/// ncurses goes from plain to coloured text by resetting both colours first, and back by three sequences of which the last one does all.
struct SequenceTrimmer: Sendable {
  private var isBackgroundPlain = false

  private static let escape: UInt8 = 0x1b
  private static let asciiSet = Array("\u{1b}(B".utf8)
  private static let reset = Array("\u{1b}[m".utf8)
  private static let resetColors = Array("\u{1b}[39;49m".utf8)
  private static let resetForeground = Array("\u{1b}[39m".utf8)
  private static let setForeground = Array("\u{1b}[38;".utf8)

  /// Something went to the terminal, or did not, that was not seen here.
  mutating func forget() { isBackgroundPlain = false }

  /// Removes from the bytes, beginning at an offset, what changes nothing.
  mutating func trim(_ bytes: inout [UInt8], from start: Int) {
    var (read, write) = (start, start)
    let end = bytes.count
    while read < end {
      guard bytes[read] == Self.escape else {
        bytes[write] = bytes[read]
        (read, write) = (read + 1, write + 1)
        continue
      }
      let length = Self.length(bytes, read)
      if isNeedless(bytes, read, length) {
        read += length
        continue
      }
      note(bytes[read..<(read + length)])
      for offset in 0..<length { bytes[write + offset] = bytes[read + offset] }
      (read, write) = (read + length, write + length)
    }
    bytes.removeLast(end - write)
  }

  private func isNeedless(_ bytes: [UInt8], _ place: Int, _ length: Int) -> Bool {
    let follows = { (wanted: [UInt8], offset: Int) in
      Self.matches(bytes, place + offset, wanted)
    }
    // Lines are drawn with letters or with Unicode here: the set of letters is never another one.
    if follows(Self.asciiSet, 0) { return follows(Self.reset, length) }
    let isColorReset = follows(Self.resetColors, 0)
    guard isColorReset || follows(Self.resetForeground, 0) else { return false }
    let next = follows(Self.asciiSet, length) ? length + Self.asciiSet.count : length
    if follows(Self.reset, next) { return true }
    return isColorReset && isBackgroundPlain && follows(Self.setForeground, length)
  }

  private static func matches(_ bytes: [UInt8], _ place: Int, _ wanted: [UInt8]) -> Bool {
    guard place + wanted.count <= bytes.count else { return false }
    for offset in wanted.indices where bytes[place + offset] != wanted[offset] { return false }
    return true
  }

  /// How long the sequence at a place is.
  private static func length(_ bytes: [UInt8], _ place: Int) -> Int {
    guard place + 1 < bytes.count else { return 1 }
    guard bytes[place + 1] == UInt8(ascii: "[") else { return min(3, bytes.count - place) }
    var next = place + 2
    while next < bytes.count, !(0x40...0x7e).contains(bytes[next]) { next += 1 }
    return min(next + 1, bytes.count) - place
  }

  private mutating func note(_ sequence: ArraySlice<UInt8>) {
    guard sequence.last == UInt8(ascii: "m") else { return }
    if sequence.contains(UInt8(ascii: ":")) {
      // Direct colours with colons; which of the two it sets is not worth finding out.
      isBackgroundPlain = false
      return
    }
    var numbers = Cursor.numbers(sequence.dropFirst(2).dropLast())[...]
    while let number = numbers.popFirst() {
      switch number {
      case 38: numbers = numbers.dropFirst(numbers.first == 5 ? 2 : 4)
      case 48:
        numbers = numbers.dropFirst(numbers.first == 5 ? 2 : 4)
        isBackgroundPlain = false
      case 0, 49: isBackgroundPlain = true
      case 40...47, 100...107: isBackgroundPlain = false
      default: continue
      }
    }
  }
}
