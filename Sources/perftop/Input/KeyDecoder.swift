/// Turns the bytes of a terminal into keys; an unfinished sequence waits for the rest, or for its time to run out.
///
///     var decoder = KeyDecoder()
///     decoder.feed([0x1b, 0x5b, 0x41]) == [.up]
struct KeyDecoder: Sendable {
  private var waiting: [UInt8] = []

  /// A sequence or a paste longer than this is nonsense or not for us.
  private static let longestSequence = 64
  private static let longestPaste = 64 * 1024

  private static let pasteBegin = Array("\u{1b}[200~".utf8)
  private static let pasteEnd = Array("\u{1b}[201~".utf8)
  private static let interrupt: UInt8 = 3

  /// Whether silence would settle what the last bytes mean; a paste may come in pieces, however slowly.
  var isWaiting: Bool { !waiting.isEmpty && !isPasting }

  private var isPasting: Bool { waiting.starts(with: KeyDecoder.pasteBegin) }

  /// Takes bytes in and gives the keys that are complete.
  mutating func feed(_ bytes: some Sequence<UInt8>) -> [Key] {
    let new = Array(bytes)
    // The way out of a paste whose end got lost.
    if isPasting, new == [KeyDecoder.interrupt] { waiting = [] }
    waiting += new
    var keys: [Key] = []
    var rest = waiting[...]
    while let first = rest.first {
      var cursor = Cursor(bytes: rest)
      guard let outcome = KeyDecoder.decode(first, &cursor) else { break }
      if case .key(let key) = outcome { keys.append(key) }
      rest = cursor.bytes
    }
    waiting = Array(rest)
    if waiting.count > KeyDecoder.longestPaste {
      waiting = isPasting ? KeyDecoder.pasteBegin + waiting.suffix(KeyDecoder.pasteEnd.count) : []
    }
    return keys
  }

  /// Nothing came for a while: a lone escape is the key, anything else unfinished is dropped.
  mutating func timeOut() -> [Key] {
    defer { waiting = [] }
    return waiting == [Cursor.escape] ? [.escape] : []
  }

  private enum Outcome {
    case key(Key)
    case nothing
  }

  /// `nil` means that bytes are missing.
  private static func decode(_ first: UInt8, _ cursor: inout Cursor) -> Outcome? {
    if first >= 0x80 { return character(&cursor) }
    guard first == Cursor.escape else {
      cursor.skip()
      return plain(first)
    }
    guard let second = cursor.peek(1) else { return nil }
    switch second {
    case UInt8(ascii: "["): return controlSequence(&cursor)
    case UInt8(ascii: "O"): return singleShift(&cursor)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      return cursor.skipString() ? .nothing : nil
    default:
      cursor.skip()
      return .key(.escape)
    }
  }

  private static func plain(_ byte: UInt8) -> Outcome {
    switch byte {
    case 9: .key(.tab)
    case 10, 13: .key(.enter)
    case 8, 127: .key(.backspace)
    case 1...26: .key(.control(Character(UnicodeScalar(byte + 96))))
    case 0, 28...31: .nothing
    default: .key(.character(Character(UnicodeScalar(byte))))
    }
  }

  private static func character(_ cursor: inout Cursor) -> Outcome? {
    let length =
      switch cursor.bytes.first ?? 0 {
      case 0xc2...0xdf: 2
      case 0xe0...0xef: 3
      case 0xf0...0xf4: 4
      default: 1
      }
    guard cursor.bytes.count >= length else { return nil }
    let taken = cursor.bytes.prefix(length)
    guard length > 1, taken.dropFirst().allSatisfy({ $0 & 0xc0 == 0x80 }) else {
      cursor.skip()
      return .nothing
    }
    cursor.skip(length)
    let text = String(decoding: taken, as: UTF8.self)
    guard let scalar = text.unicodeScalars.first, scalar != "\u{fffd}",
      scalar.properties.generalCategory != .control
    else { return .nothing }
    return .key(.character(Character(scalar)))
  }

  private static func singleShift(_ cursor: inout Cursor) -> Outcome? {
    guard let third = cursor.peek(2) else { return nil }
    cursor.skip(3)
    return letter(third).map(Outcome.key) ?? .nothing
  }

  private static func controlSequence(_ cursor: inout Cursor) -> Outcome? {
    guard let third = cursor.peek(2) else { return nil }
    if third == UInt8(ascii: "[") { return consoleFunction(&cursor) }
    if third == UInt8(ascii: "M") { return MouseDecoder.plain(&cursor).map(outcome) }
    var length = 2
    while let byte = cursor.peek(length) {
      length += 1
      if (0x40...0x7e).contains(byte) {
        let body = cursor.bytes.dropFirst(2).prefix(length - 3)
        if byte == UInt8(ascii: "~"), body.elementsEqual("200".utf8) { return paste(&cursor) }
        cursor.skip(length)
        return outcome(key(body, final: byte))
      }
      // Anything else inside a sequence ends it: what follows is read afresh.
      guard (0x20...0x3f).contains(byte), length <= longestSequence else {
        cursor.skip(length - 1)
        return .nothing
      }
    }
    return nil
  }

  private static func outcome(_ key: Key?) -> Outcome { key.map(Outcome.key) ?? .nothing }

  /// The Linux console's `ESC [ [ A` to `E`.
  private static func consoleFunction(_ cursor: inout Cursor) -> Outcome? {
    guard let fourth = cursor.peek(3) else { return nil }
    cursor.skip(4)
    let first = UInt8(ascii: "A")
    return (first...UInt8(ascii: "E")).contains(fourth)
      ? .key(.function(Int(fourth - first) + 1)) : .nothing
  }

  private static func paste(_ cursor: inout Cursor) -> Outcome? {
    let end = pasteEnd
    let start = cursor.bytes.startIndex + pasteBegin.count
    var place = start
    while place + end.count <= cursor.bytes.endIndex {
      if cursor.bytes[place] == Cursor.escape,
        cursor.bytes[place..<(place + end.count)].elementsEqual(end)
      {
        let text = cursor.bytes[start..<place]
        cursor.bytes = cursor.bytes[(place + end.count)...]
        return .key(.pasted(String(decoding: text, as: UTF8.self)))
      }
      place += 1
    }
    return nil
  }

  private static func key(_ body: ArraySlice<UInt8>, final: UInt8) -> Key? {
    if body.first == UInt8(ascii: "<") { return MouseDecoder.numbered(body.dropFirst(), final) }
    // Private replies of the terminal are not keys.
    guard body.allSatisfy({ (0x30...0x3b).contains($0) }) else { return nil }
    let numbers = Cursor.numbers(body)
    if final == UInt8(ascii: "~") { return numbers.first.flatMap(numbered) }
    return numbers.count < 2 || numbers[0] == 1 ? letter(final) : nil
  }

  private static func letter(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "Z"): .backTab
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte - UInt8(ascii: "P")) + 1)
    default: nil
    }
  }

  private static func numbered(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }
}
