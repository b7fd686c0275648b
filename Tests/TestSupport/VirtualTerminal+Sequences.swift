/// How bytes become characters, and sequences become movements: what xterm understands of what ncurses says.
extension VirtualTerminal {
  mutating func eat(_ byte: UInt8) {
    switch state {
    case .ground: eatGround(byte)
    case .escape: eatEscape(byte)
    case .charset(let isPrimary):
      if isPrimary { drawsLines = byte == UInt8(ascii: "0") }
      state = .ground
    case .control(let collected): eatControl(byte, collected)
    case .string, .stringEscape: eatString(byte)
    }
  }

  private mutating func eatGround(_ byte: UInt8) {
    if !pending.isEmpty || byte >= 0x80 { return eatMultibyte(byte) }
    switch byte {
    case 0x1B: state = .escape
    case 0x08: moveTo(x: cursor.x - 1, y: cursor.y)
    case 0x09: moveTo(x: (cursor.x / 8 + 1) * 8, y: cursor.y)
    case 0x0A...0x0C: lineFeed()
    case 0x0D: moveTo(x: 0, y: cursor.y)
    case 0x0E: drawsLines = true
    case 0x0F: drawsLines = false
    case 0x20...0x7E: put(drawsLines ? lineGlyph(byte) : Character(Unicode.Scalar(byte)))
    default: strayBytes.append(byte)
    }
  }

  private mutating func eatMultibyte(_ byte: UInt8) {
    pending.append(byte)
    let length =
      switch pending[0] {
      case 0xF0...: 4
      case 0xE0...: 3
      case 0xC0...: 2
      default: 1
      }
    guard pending.count >= length || (pending.count > 1 && byte & 0xC0 != 0x80) else { return }
    let decoded = String(decoding: pending, as: UTF8.self)
    pending = []
    for glyph in decoded {
      if glyph == "\u{FFFD}" || glyph.unicodeScalars.first?.properties.generalCategory == .control {
        strayBytes.append(byte)
      } else {
        put(glyph)
      }
    }
  }

  private func lineGlyph(_ byte: UInt8) -> Character {
    let glyphs: [Character: Character] = [
      "q": "─", "x": "│", "l": "┌", "k": "┐", "m": "└", "j": "┘", "n": "┼", "t": "├", "u": "┤",
      "v": "┴", "w": "┬", "a": "▒", "`": "◆", "f": "°", "g": "±", "~": "·",
    ]
    let plain = Character(Unicode.Scalar(byte))
    return glyphs[plain] ?? plain
  }

  private mutating func eatEscape(_ byte: UInt8) {
    state = .ground
    switch Character(Unicode.Scalar(byte)) {
    case "[": return state = .control([])
    case "]", "P", "X", "^", "_":
      stringBytes = [byte]
      return state = .string
    case "(": state = .charset(isPrimary: true)
    case ")", "*", "+": state = .charset(isPrimary: false)
    case "7": saved = cursor
    case "8": moveTo(x: saved.x, y: saved.y)
    case "M": reverseLineFeed()
    case "D": lineFeed()
    case "E":
      moveTo(x: 0, y: cursor.y)
      lineFeed()
    case "c": self = VirtualTerminal(columns: columns, rows: rows)
    default: break
    }
    controls.insert("ESC \(Character(Unicode.Scalar(byte)))")
  }

  private mutating func eatString(_ byte: UInt8) {
    let isEnd: Bool
    if case .stringEscape = state { isEnd = byte == UInt8(ascii: "\\") } else { isEnd = byte == 7 }
    if isEnd {
      let text = String(decoding: stringBytes, as: UTF8.self)
      strings.append(text)
      controls.insert(
        text.hasPrefix("]") ? "OSC \(text.dropFirst().prefix { $0.isNumber })" : "DCS")
      return state = .ground
    }
    state = byte == 0x1B ? .stringEscape : .string
    stringBytes.append(byte)
  }

  private mutating func eatControl(_ byte: UInt8, _ collected: [UInt8]) {
    guard (0x40...0x7E).contains(byte) else {
      return state = byte < 0x20 ? .ground : .control(collected + [byte])
    }
    state = .ground
    let final = Character(Unicode.Scalar(byte))
    let text = String(decoding: collected, as: UTF8.self)
    let marker = text.filter { "<=>?! $".contains($0) }
    let numbers = text.filter { !"<=>?! $".contains($0) }
      .split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    controls.insert(
      marker.contains("?") && "hl".contains(final)
        ? "CSI ?\(final) \(numbers.map(String.init).joined(separator: ";"))"
        : "CSI \(marker)\(final)")
    if marker == "?", "hl".contains(final) {
      for mode in numbers { setMode(mode, final == "h") }
    } else if marker.isEmpty {
      perform(final, numbers)
    }
  }

  private mutating func perform(_ final: Character, _ numbers: [Int]) {
    let first = numbers.first ?? 0
    let count = max(1, first)
    switch final {
    case "A": moveTo(x: cursor.x, y: cursor.y - count)
    case "B", "e": moveTo(x: cursor.x, y: cursor.y + count)
    case "C", "a": moveTo(x: cursor.x + count, y: cursor.y)
    case "D": moveTo(x: cursor.x - count, y: cursor.y)
    case "E": moveTo(x: 0, y: cursor.y + count)
    case "F": moveTo(x: 0, y: cursor.y - count)
    case "G", "`": moveTo(x: count - 1, y: cursor.y)
    case "d": moveTo(x: cursor.x, y: count - 1)
    case "H", "f": moveTo(x: (numbers.count > 1 ? max(1, numbers[1]) : 1) - 1, y: count - 1)
    case "Z": moveTo(x: (max(0, cursor.x - 1) / 8) * 8, y: cursor.y)
    case "r": setRegion(numbers)
    default: edit(final, first, count)
    }
  }

  private mutating func edit(_ final: Character, _ first: Int, _ count: Int) {
    switch final {
    case "J": eraseScreen(first)
    case "K": eraseLine(first)
    case "X": erase(row: cursor.y, cursor.x..<min(columns, cursor.x + min(count, columns)))
    case "S": scroll(up: count)
    case "T": scroll(up: -count)
    case "L": scroll(up: -count, from: cursor.y)
    case "M": scroll(up: count, from: cursor.y)
    case "@": shiftCells(by: count)
    case "P": shiftCells(by: -count)
    case "b": for _ in 0..<min(count, columns * rows) { put(lastGlyph) }
    default: break
    }
  }

  private mutating func setRegion(_ numbers: [Int]) {
    let top = max(1, numbers.first ?? 1) - 1
    let bottom = numbers.count > 1 && numbers[1] > 0 ? min(rows, numbers[1]) - 1 : rows - 1
    region = top < bottom ? top...bottom : 0...(rows - 1)
    moveTo(x: 0, y: 0)
  }

  private mutating func eraseLine(_ kind: Int) {
    switch kind {
    case 0: erase(row: cursor.y, cursor.x..<columns)
    case 1: erase(row: cursor.y, 0..<(cursor.x + 1))
    default: erase(row: cursor.y, 0..<columns)
    }
  }

  private mutating func eraseScreen(_ kind: Int) {
    if kind < 2 { eraseLine(kind) }
    let affected =
      switch kind {
      case 0: (cursor.y + 1)..<max(cursor.y + 1, rows)
      case 1: 0..<cursor.y
      default: 0..<rows
      }
    for row in affected { erase(row: row, 0..<columns) }
  }
}
