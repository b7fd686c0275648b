import Monitors

/// A grid of cells: a value, drawn on by panes, placed by the screen, shown by a backend.
///
///     var canvas = Canvas(size: Size(width: 20, height: 1))
///     canvas.write("OK", x: 0, y: 0, role: .title)
struct Canvas: Sendable, Equatable {
  let size: Size
  /// What may be drawn; text that has more than that in it is written in its nearest likeness.
  let glyphs: GlyphSet
  private(set) var cells: [Cell]

  init(size: Size, glyphs: GlyphSet = .unicode) {
    self.size = size.clamped
    self.glyphs = glyphs
    cells = Array(repeating: .blank, count: self.size.width * self.size.height)
  }

  /// The cell at a place; reading and writing outside the canvas is harmless.
  subscript(x: Int, y: Int) -> Cell {
    get { contains(x, y) ? cells[y * size.width + x] : .blank }
    set { if contains(x, y) { cells[y * size.width + x] = newValue } }
  }

  func contains(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x < size.width && y < size.height
  }

  /// Puts another canvas into this one; what does not fit is cut.
  mutating func place(_ other: Canvas, x: Int, y: Int) {
    let left = max(0, -x)
    let right = min(other.size.width, size.width - x)
    guard left < right else { return }
    for row in max(0, -y)..<max(max(0, -y), min(other.size.height, size.height - y)) {
      let target = (y + row) * size.width + x
      let source = row * other.size.width
      cells.withUnsafeMutableBufferPointer { cells in
        other.cells.withUnsafeBufferPointer { others in
          for column in left..<right { cells[target + column] = others[source + column] }
        }
      }
      mend(x + left, y + row)
      mend(x + right, y + row)
    }
  }

  /// Blanks whichever half of a wide glyph was left alone where something new begins or ends.
  mutating func mend(_ x: Int, _ y: Int) {
    let isContinuation = self[x, y].glyph.scalar == 0
    let before = self[x - 1, y].glyph.scalar
    let isWide = before >= ScalarWidth.firstWide && ScalarWidth.of(before) == 2
    guard isContinuation != isWide else { return }
    if isContinuation { self[x, y].glyph = .space } else { self[x - 1, y].glyph = .space }
  }
}
