import Monitors

/// A grid of cells: a value, drawn on by panes, placed by the screen, shown by a backend.
///
///     var canvas = Canvas(size: Size(width: 20, height: 1))
///     canvas.write("OK", x: 0, y: 0, role: .title)
struct Canvas: Sendable, Equatable {
  let size: Size
  private(set) var cells: [Cell]

  init(size: Size) {
    self.size = size.clamped
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
    for row in 0..<other.size.height {
      for column in 0..<other.size.width {
        self[x + column, y + row] = other.cells[row * other.size.width + column]
      }
    }
  }
}
