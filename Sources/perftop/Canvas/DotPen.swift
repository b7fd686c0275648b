/// The dots that a cell has: two by four in braille, one by two in ASCII.
struct DotPen {
  let glyphs: GlyphSet
  let columns: Int
  let rows: Int
  let height: Int

  init(glyphs: GlyphSet, height: Int) {
    self.glyphs = glyphs
    self.height = height
    columns = glyphs == .unicode ? 2 : 1
    rows = glyphs == .unicode ? 4 : 2
  }

  /// The dot for a share of the height, 0 being the lowest.
  func dot(_ share: Double) -> Int { Int((share * Double(height * rows - 1)).rounded()) }

  /// Sets a dot, and those that join it to the one before: only in its own column, so that the past stays as it is.
  func draw(from previous: Int?, to dot: Int, half: Int, into masks: inout [UInt8]) {
    let other = previous ?? dot
    let low = other < dot ? other + 1 : dot
    let high = other > dot ? other - 1 : dot
    for dot in min(low, dot)...max(high, dot) {
      let fromTop = height * rows - 1 - dot
      guard fromTop >= 0, fromTop / rows < masks.count else { continue }
      masks[fromTop / rows] |= bit(row: fromTop % rows, half: half)
    }
  }

  func glyph(_ mask: UInt8) -> UInt32 {
    if glyphs == .unicode { return 0x2800 + UInt32(mask) }
    return mask == 1 ? 0x27 : mask == 2 ? 0x2E : 0x3A
  }

  private func bit(row: Int, half: Int) -> UInt8 {
    if glyphs == .ascii { return row == 0 ? 1 : 2 }
    if row == 3 { return half == 0 ? 0x40 : 0x80 }
    return UInt8(1) << UInt8(row + half * 3)
  }
}
