import Testing

@testable import perftop

@Suite("Canvas")
struct CanvasTests {
  @Test("reading and writing outside is harmless")
  func outside() {
    var canvas = Canvas(size: Size(width: 2, height: 2))
    canvas[-1, 0] = Cell(glyph: Glyph(scalar: 65))
    canvas[2, 0] = Cell(glyph: Glyph(scalar: 65))
    canvas[0, 2] = Cell(glyph: Glyph(scalar: 65))
    #expect(canvas == Canvas(size: Size(width: 2, height: 2)))
    #expect(canvas[9, 9] == .blank)
  }

  @Test("a canvas that is placed over an edge is cut there", arguments: [-2, -1, 0, 2, 3, 4])
  func placing(offset: Int) {
    var canvas = Canvas(size: Size(width: 4, height: 4))
    var part = Canvas(size: Size(width: 3, height: 3))
    for y in 0..<3 { part.write("abc", x: 0, y: y) }
    canvas.place(part, x: offset, y: offset)
    let drawn = canvas.cells.filter { $0 != .blank }.count
    let side = max(0, min(4, offset + 3) - max(0, offset))
    #expect(drawn == side * side)
    if offset == 2 { #expect(canvas.text == "    \n    \n  ab\n  ab") }
  }

  @Test("what is placed over half of a wide glyph leaves no half behind")
  func wideHalves() {
    var canvas = Canvas(size: Size(width: 6, height: 1))
    canvas.write("広広広", x: 0, y: 0)
    var part = Canvas(size: Size(width: 2, height: 1))
    part.write("ab", x: 0, y: 0)
    canvas.place(part, x: 1, y: 0)
    #expect(canvas.text == " ab 広")
  }
}
