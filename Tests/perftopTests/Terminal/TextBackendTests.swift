import Testing

@testable import perftop

@Suite("Text backend")
struct TextBackendTests {
  @Test("lines have no spaces at their ends, and wide and combined glyphs are whole")
  func lines() {
    var canvas = Canvas(size: Size(width: 8, height: 3))
    canvas[1, 0] = Cell(glyph: Glyph(scalar: 0x6f22))
    canvas[2, 0] = Cell(glyph: .continuation)
    canvas[3, 0] = Cell(glyph: Glyph(scalar: 0x65, combining: 0x301))
    canvas[0, 2] = Cell(glyph: Glyph(scalar: 0xd800))
    canvas[1, 2] = Cell(glyph: Glyph(scalar: 0x78))
    #expect(TextBackend.lines(of: canvas) == [" 漢e\u{301}", "", " x"])
  }
}
