/// Which glyphs the terminal can show.
enum GlyphSet: Sendable, Hashable, CaseIterable {
  case unicode, ascii
}
