import Monitors
import Testing

@testable import perftop

@Suite("Text on a canvas")
struct CanvasTextTests {
  private func written(_ text: Printable, width: Int, glyphs: GlyphSet = .unicode) -> String {
    var canvas = Canvas(size: Size(width: width, height: 1), glyphs: glyphs)
    canvas.write(text, x: 0, y: 0)
    return canvas.text
  }

  @Test(
    "what does not fit is cut with a mark, never within a number and never between a number and its unit",
    arguments: [
      ("camera_node", 11, "camera_node"),
      ("camera_node", 10, "camera_no…"),
      ("left 412 MB", 10, "left…     "),
      ("left 412 MB", 7, "left…  "),
      ("grows 3.12 MB/min", 8, "grows…  "),
      ("a b", 2, "a…"),
      ("abc", 1, "…"),
      ("12345", 3, "…  "),
    ] as [(Printable, Int, String)])
  func cutting(text: Printable, width: Int, expected: String) {
    #expect(written(text, width: width) == expected)
  }

  @Test(
    "B4: wide glyphs, combining marks and broken bytes stay in their columns",
    arguments: [
      (Printable("ｗｉｄｅ"), 8, "ｗｉｄｅ"),
      (Printable("ｗｉｄｅ"), 7, "ｗｉｄ…"),
      (Printable("ｗｉｄｅ"), 6, "ｗｉ… "),
      (Printable("ｗ"), 1, "…"),
      (Printable(bytes: [0xFF, 0xFE]), 3, "·· "),
      (Printable(bytes: [0x61, 0xC3]), 2, "a·"),
      (Printable("e" + String(repeating: "\u{301}", count: 200) + "x"), 2, "e\u{301}\u{301}x"),
      (Printable("👩‍👩‍👧"), 8, "👩·👩·👧"),
    ])
  func hostile(text: Printable, width: Int, expected: String) {
    #expect(written(text, width: width).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test("B4: what follows a hostile name stands where it always stands")
  func columns() {
    let names: [Printable] = ["camera_node", "ｗｉｄｅ", "👩‍👩‍👧", Printable(bytes: [0xFF, 0xFE])]
    let table = Table(
      columns: [.init("", 6, flexible: true), .init("", 3, right: true)],
      rows: names.map { Table.Row([Label($0), Label("end")]) })
    var canvas = Canvas(size: Size(width: 11, height: 4))
    canvas.table(table, in: Rectangle(x: 0, y: 0, width: 11, height: 4), headings: false)
    for y in 0..<4 { #expect(canvas[8, y].glyph == Glyph(scalar: 0x65)) }
  }

  @Test("a combining mark without anything to stand on is left out")
  func leadingMark() {
    #expect(written("\u{301}a", width: 2) == "a ")
  }

  @Test("where only ASCII can be drawn everything has a likeness or a question mark")
  func ascii() {
    #expect(written("61 °C → a…", width: 9, glyphs: .ascii) == "61 C > a~")
    #expect(written("né 広", width: 4, glyphs: .ascii) == "n? ?")
  }

  @Test("text written over half of a wide glyph leaves no half behind")
  func overwriting() {
    var canvas = Canvas(size: Size(width: 5, height: 1))
    canvas.write("広広", x: 0, y: 0)
    canvas.write("x", x: 1, y: 0)
    #expect(canvas.text == " x広 ")
    canvas.write("y", x: 2, y: 0)
    #expect(canvas.text == " xy  ")
  }

  @Test("writing outside is harmless", arguments: [(-1, 0), (9, 0), (0, -1), (0, 5)])
  func outside(x: Int, y: Int) {
    var canvas = Canvas(size: Size(width: 4, height: 1))
    canvas.write("text", x: x, y: y)
    #expect(canvas == Canvas(size: canvas.size))
  }

  @Test("text on the right ends where it should, and is cut when too wide")
  func right() {
    var canvas = Canvas(size: Size(width: 10, height: 2))
    canvas.writeRight(Label("412 MB"), end: 10, y: 0, width: 8)
    canvas.writeRight(Label("no permission"), end: 10, y: 1, width: 8)
    #expect(canvas.text == "    412 MB\n  no perm…")
  }

  @Test("a path keeps its end")
  func path() {
    var canvas = Canvas(size: Size(width: 12, height: 1))
    canvas.write(Label("/data/run/frame.png", keepsEnd: true), x: 0, y: 0)
    #expect(canvas.text == "…n/frame.png")
    canvas.write(Label("/data/2026/1234.png", keepsEnd: true), x: 0, y: 0, width: 8)
    #expect(canvas.text.hasPrefix("….png"))
  }

  @Test("a long sentence is broken between words, and its last line holds the rest")
  func wrapping() {
    let canvas = Canvas(size: .narrow)
    let lines = canvas.wrapped(Label("one two three four"), width: 8, lines: 2)
    #expect(lines.map(\.text) == ["one two", "three four"])
    #expect(canvas.wrapped(Label("short"), width: 8, lines: 2).map(\.text) == ["short"])
  }
}
