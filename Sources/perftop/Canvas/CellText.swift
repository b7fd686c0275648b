import Monitors

/// One line of text taken apart into cells, ready to be cut without breaking a glyph or a number.
struct CellText: Sendable, Equatable {
  /// A glyph for each cell; the second cell of a wide one is a continuation.
  private(set) var glyphs: [Glyph] = []
  private let set: GlyphSet

  /// Takes a text apart, no further beyond the limit than a unit is long.
  init(_ text: String, in set: GlyphSet, limit: Int = .max) {
    self.set = set
    let end = limit > .max - UnitWord.longest ? .max : limit + UnitWord.longest
    for scalar in text.unicodeScalars {
      guard glyphs.count <= end else { return }
      append(scalar)
    }
  }

  /// How many cells a text takes, without taking it apart.
  static func width(_ text: String, in set: GlyphSet) -> Int {
    var width = 0
    var hasBase = false
    for scalar in text.unicodeScalars {
      let own =
        scalar.value < 0x80
        ? 1
        : set == .ascii
          ? (likeness(scalar) == nil ? 0 : 1) : ScalarWidth.of(scalar.value)
      if own > 0 { hasBase = true }
      width += hasBase ? own : 0
    }
    return width
  }

  /// At most so many cells, the last of them `…` where something had to go.
  func cut(to width: Int) -> [Glyph] {
    guard glyphs.count > width else { return glyphs }
    guard width > 0 else { return [] }
    var end = width - 1
    while end > 0, splitsGlyph(end) || splitsNumber(end) || splitsUnit(end) || isSpace(end - 1) {
      end -= 1
    }
    return Array(glyphs[..<end]) + [ellipsis]
  }

  /// The same with `…` in front: the end of a path tells more than its beginning.
  func cutFront(to width: Int) -> [Glyph] {
    guard glyphs.count > width else { return glyphs }
    guard width > 0 else { return [] }
    var start = glyphs.count - width + 1
    while start < glyphs.count, splitsGlyph(start) || startsInNumber(start) { start += 1 }
    return [ellipsis] + glyphs[start...]
  }

  private func startsInNumber(_ start: Int) -> Bool {
    CellText.isDigit(glyphs[start].scalar) && CellText.isNumeric(glyphs[start - 1].scalar)
  }

  private var ellipsis: Glyph { Glyph(scalar: set == .ascii ? 0x7E : 0x2026) }

  private func splitsGlyph(_ end: Int) -> Bool { glyphs[end] == .continuation }

  /// Half a number is a wrong number, and a number without its unit is hardly better.
  private func splitsNumber(_ end: Int) -> Bool {
    CellText.isNumeric(glyphs[end - 1].scalar)
      && (CellText.isNumeric(glyphs[end].scalar) || isSpace(end) || endsNumber(end))
  }

  /// `3.06 M` is another number than `3.06 MB/min`.
  private func splitsUnit(_ end: Int) -> Bool {
    guard !isSpace(end), !isSpace(end - 1) else { return false }
    let start = (glyphs[..<end].lastIndex(of: .space) ?? -1) + 1
    guard start >= 2, CellText.isDigit(glyphs[start - 2].scalar) else { return false }
    let word = glyphs[start...].prefix { $0 != .space }
    var text = String.UnicodeScalarView()
    for glyph in word { if let scalar = Unicode.Scalar(glyph.scalar) { text.append(scalar) } }
    return UnitWord.isUnit(String(text)[...]) && !word.dropFirst(end - start).allSatisfy(isPoint)
  }

  private func isPoint(_ glyph: Glyph) -> Bool {
    glyph.scalar == 0x2C || glyph.scalar == 0x3B || glyph.scalar == 0x29
  }

  private func endsNumber(_ end: Int) -> Bool {
    glyphs[end - 1].scalar != 0x2E || (end > 1 && CellText.isDigit(glyphs[end - 2].scalar))
  }

  private func isSpace(_ index: Int) -> Bool { glyphs[index] == .space }

  private static func isDigit(_ scalar: UInt32) -> Bool { scalar >= 0x30 && scalar <= 0x39 }
  private static func isNumeric(_ scalar: UInt32) -> Bool {
    isDigit(scalar) || scalar == 0x2E || scalar == 0x2B || scalar == 0x2D
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    let number = scalar.value
    guard number >= 0x80 else { return glyphs.append(Glyph(scalar: number)) }
    if set == .ascii {
      if let likeness = CellText.likeness(scalar) { glyphs.append(Glyph(scalar: likeness)) }
      return
    }
    switch ScalarWidth.of(number) {
    case 0: combine(number)
    case 2: glyphs += [Glyph(scalar: number), .continuation]
    default: glyphs.append(Glyph(scalar: number))
    }
  }

  /// Only what has room in a cell: variation selectors, which may change the width behind our back, have none.
  private mutating func combine(_ mark: UInt32) {
    guard mark <= Glyph.lastMark else { return }
    guard let last = glyphs.lastIndex(where: { $0 != .continuation }) else { return }
    if glyphs[last].combining == 0 {
      glyphs[last].combining = mark
    } else if glyphs[last].combining2 == 0 {
      glyphs[last].combining2 = mark
    }
  }

  /// The nearest ASCII glyph; `nil` where nothing is better than something.
  private static func likeness(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "…", "~": 0x7E
    case "·", "•": 0x2E
    case "→", "▶", "›": 0x3E
    case "←", "‹": 0x3C
    case "↑": 0x5E
    case "↓": 0x76
    case "–", "—", "−", "─": 0x2D
    case "×": 0x78
    case "✖": 0x58
    case "‼": 0x23
    case "µ": 0x75
    case "°": nil
    default:
      Blocks.likeness(scalar) ?? (ScalarWidth.of(scalar.value) == 0 ? nil : 0x3F)
    }
  }
}
