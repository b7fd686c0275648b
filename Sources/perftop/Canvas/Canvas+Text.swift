import Monitors

/// Text with a look.
struct Label: Sendable, Equatable {
  var text: Printable
  var role = Role.text
  var emphasis = Emphasis()

  init(_ text: Printable, _ role: Role = .text, _ emphasis: Emphasis = []) {
    self.text = text
    self.role = role
    self.emphasis = emphasis
  }
}

extension Canvas {
  /// How many cells a text takes.
  func width(of text: Printable) -> Int {
    var isASCII = true
    for byte in text.text.utf8 where byte >= 0x80 { isASCII = false }
    return isASCII ? text.text.utf8.count : CellText(text.text, in: glyphs).glyphs.count
  }

  /// Writes one line and answers the column behind it; what does not fit is cut with `…`.
  @discardableResult
  mutating func write(
    _ text: Printable, x: Int, y: Int, width: Int = .max, role: Role = .text,
    emphasis: Emphasis = []
  ) -> Int {
    let room = min(width, size.width - x)
    guard x >= 0, y >= 0, y < size.height, room > 0, !text.isEmpty else { return x }
    if let end = writeASCII(text.text, x: x, y: y, room: room, role: role, emphasis: emphasis) {
      return end
    }
    let cut = CellText(text.text, in: glyphs, limit: room).cut(to: room)
    for (offset, glyph) in cut.enumerated() {
      self[x + offset, y] = Cell(glyph: glyph, role: role, emphasis: emphasis)
    }
    mend(x, y)
    mend(x + cut.count, y)
    return x + cut.count
  }

  /// Writes a label.
  @discardableResult
  mutating func write(_ label: Label, x: Int, y: Int, width: Int = .max) -> Int {
    write(label.text, x: x, y: y, width: width, role: label.role, emphasis: label.emphasis)
  }

  /// Writes labels one behind the other, a space between them, as far as they fit whole.
  @discardableResult
  mutating func write(_ labels: [Label], x: Int, y: Int, end: Int, gap: Int = 1) -> Int {
    var x = x
    for label in labels where !label.text.isEmpty {
      guard x + width(of: label.text) <= min(end, size.width) else { continue }
      x = write(label, x: x, y: y) + gap
    }
    return x
  }

  /// Writes labels one behind the other; the one that does not fit is cut.
  mutating func write(_ labels: [Label], x: Int, y: Int, cutAt end: Int) {
    var x = x
    for label in labels where x < end && !label.text.isEmpty {
      x = write(label, x: x, y: y, width: end - x) + 1
    }
  }

  /// Writes a text so that it ends before a column; one that is too wide is cut.
  mutating func writeRight(_ label: Label, end: Int, y: Int, width: Int) {
    let taken = min(self.width(of: label.text), width)
    write(label, x: max(0, end - taken), y: y, width: min(taken, end))
  }

  /// Plain bytes need no tables; `nil` when there is more in the text, or too much.
  private mutating func writeASCII(
    _ text: String, x: Int, y: Int, room: Int, role: Role, emphasis: Emphasis
  ) -> Int? {
    guard text.utf8.count <= room else { return nil }
    for byte in text.utf8 where byte >= 0x80 { return nil }
    var column = x
    for byte in text.utf8 {
      self[column, y] = Cell(
        glyph: Glyph(scalar: UInt32(byte)), role: role, emphasis: emphasis)
      column += 1
    }
    mend(x, y)
    mend(column, y)
    return column
  }

  /// One glyph, or its likeness where only ASCII can be drawn.
  mutating func put(
    _ glyph: Unicode.Scalar, ascii: Unicode.Scalar, x: Int, y: Int, role: Role,
    emphasis: Emphasis = []
  ) {
    let scalar = (glyphs == .ascii ? ascii : glyph).value
    self[x, y] = Cell(glyph: Glyph(scalar: scalar), role: role, emphasis: emphasis)
  }

  /// Gives cells of a row one more emphasis.
  mutating func emphasize(_ emphasis: Emphasis, x: Int, y: Int, width: Int) {
    for column in x..<max(x, x + width) { self[column, y].emphasis.formUnion(emphasis) }
  }
}
