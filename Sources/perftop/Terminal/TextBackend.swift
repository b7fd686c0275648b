import Monitors

/// Shows a canvas as lines of text: for snapshots, plain output and tests.
enum TextBackend {
  /// The lines, without the spaces at their ends.
  static func lines(of canvas: Canvas) -> [String] {
    (0..<canvas.size.height).map { line(canvas, $0) }
  }

  private static func line(_ canvas: Canvas, _ y: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for x in 0..<canvas.size.width {
      let glyph = canvas[x, y].glyph
      for number in [glyph.scalar, glyph.combining, glyph.combining2] where number != 0 {
        scalars.append(UnicodeScalar(number) ?? " ")
      }
    }
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }
}
