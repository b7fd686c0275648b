import Monitors

/// Text with a look.
struct Label: Sendable, Equatable {
  var text: Printable
  var role = Role.text
  var emphasis = Emphasis()
  /// Whether the end matters more than the beginning, as in a path.
  var keepsEnd = false

  init(
    _ text: Printable, _ role: Role = .text, _ emphasis: Emphasis = [], keepsEnd: Bool = false
  ) {
    self.text = text
    self.role = role
    self.emphasis = emphasis
    self.keepsEnd = keepsEnd
  }
}

extension Canvas {
  /// How many cells a text takes.
  func width(of text: Printable) -> Int {
    text.isASCII ? text.text.utf8.count : CellText.width(text.text, in: glyphs)
  }

  /// Writes one line and answers the column behind it; what does not fit is cut with `…`.
  @discardableResult
  mutating func write(
    _ text: Printable, x: Int, y: Int, width: Int = .max, role: Role = .text,
    emphasis: Emphasis = [], keepsEnd: Bool = false
  ) -> Int {
    let room = min(width, size.width - x)
    guard x >= 0, y >= 0, y < size.height, room > 0, !text.isEmpty else { return x }
    if text.isASCII, text.text.utf8.count <= room {
      return writeASCII(text.text, x: x, y: y, Cell(role: role, emphasis: emphasis))
    }
    let cells = CellText(text.text, in: glyphs, limit: keepsEnd ? .max : room)
    let cut = keepsEnd ? cells.cutFront(to: room) : cells.cut(to: room)
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
    write(
      label.text, x: x, y: y, width: width, role: label.role, emphasis: label.emphasis,
      keepsEnd: label.keepsEnd)
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

  /// A label broken between words into at most so many lines; the last one is left to be cut.
  func wrapped(_ label: Label, width: Int, lines: Int) -> [Label] {
    guard lines > 1, self.width(of: label.text) > width else { return [label] }
    let text = label.text.text
    let isPlain = label.text.text.utf8.allSatisfy { $0 < 128 }
    var broken: [Range<String.Index>] = []
    for word in UnitWord.words(text) {
      let longer = (broken.last?.lowerBound ?? word.startIndex)..<word.endIndex
      if broken.isEmpty {
        broken.append(longer)
      } else if broken.count == lines || cells(of: text[longer], isPlain: isPlain) <= width {
        broken[broken.count - 1] = longer
      } else {
        broken.append(word.startIndex..<word.endIndex)
      }
    }
    return broken.map { Label(Printable(String(text[$0])), label.role, label.emphasis) }
  }

  private func cells(of text: Substring, isPlain: Bool) -> Int {
    isPlain ? text.utf8.count : width(of: Printable(String(text)))
  }

  /// Writes labels one behind the other; the first that does not fit is cut if enough of it remains, and is the last.
  mutating func write(_ labels: [Label], x: Int, y: Int, cutAt end: Int) {
    var x = x
    for label in labels where !label.text.isEmpty {
      let taken = width(of: label.text)
      guard x == 0 || taken <= end - x || end - x >= 10 else { return }
      x = write(label, x: x, y: y, width: end - x) + 1
      guard x <= end else { return }
    }
  }

  /// Writes a text so that it ends before a column; one that is too wide is cut.
  mutating func writeRight(_ label: Label, end: Int, y: Int, width: Int) {
    let taken = min(self.width(of: label.text), width)
    write(label, x: max(0, end - taken), y: y, width: min(taken, end))
  }

  /// Plain bytes need no tables.
  private mutating func writeASCII(_ text: String, x: Int, y: Int, _ look: Cell) -> Int {
    var cell = look
    var column = x
    for byte in text.utf8 {
      cell.glyph = Glyph(scalar: UInt32(byte))
      self[column, y] = cell
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
