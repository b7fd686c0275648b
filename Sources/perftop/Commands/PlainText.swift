import Monitors

/// Text outside the screen, in the characters that can be shown there, by the same likeness as on the screen.
struct PlainText: Sendable {
  let glyphs: GlyphSet

  /// The lines, each ended.
  func lines(_ lines: [Printable]) -> String { lines.map { line($0) + "\n" }.joined() }

  private func line(_ line: Printable) -> String {
    guard glyphs == .ascii, !line.isASCII else { return line.text }
    var text = String.UnicodeScalarView()
    for glyph in CellText(line.text, in: glyphs).glyphs {
      if let scalar = Unicode.Scalar(glyph.scalar) { text.append(scalar) }
    }
    return String(text)
  }
}
