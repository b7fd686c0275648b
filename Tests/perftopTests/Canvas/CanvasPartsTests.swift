import Monitors
import Testing

@testable import perftop

@Suite("Boxes, bars, tables and figures")
struct CanvasPartsTests {
  private func canvas(_ width: Int, _ height: Int, _ glyphs: GlyphSet = .unicode) -> Canvas {
    Canvas(size: Size(width: width, height: height), glyphs: glyphs)
  }

  @Test("a box has corners, and titles on its edge")
  func box() {
    var drawn = canvas(24, 2)
    drawn.box(Rectangle(x: 0, y: 0, width: 24, height: 2), role: .dim)
    drawn.titles([Label("Memory")], right: [Label("OK ·")], x: 0, y: 0, width: 24)
    #expect(drawn.text == "╭─ Memory ────── OK · ─╮\n╰──────────────────────╯")
  }

  @Test("a box without room is none", arguments: [(1, 1), (0, 0), (5, 1)])
  func tinyBox(width: Int, height: Int) {
    var drawn = canvas(5, 2)
    drawn.box(Rectangle(x: 0, y: 0, width: width, height: height), role: .dim)
    #expect(drawn == canvas(5, 2))
  }

  @Test(
    "a bar has eighths",
    arguments: [
      (0.0, "░░░░"), (1, "████"), (0.5, "██░░"), (0.53125, "██▏░"), (2, "████"), (-1, "░░░░"),
      (.nan, "░░░░"),
    ])
  func bar(share: Double, expected: String) {
    var drawn = canvas(4, 1)
    drawn.bar(share: share, x: 0, y: 0, width: 4, gradient: .cpu)
    #expect(drawn.text == expected)
  }

  @Test("a bar in ASCII")
  func asciiBar() {
    var drawn = canvas(4, 1, .ascii)
    drawn.bar(share: 0.5, x: 0, y: 0, width: 4, gradient: .cpu)
    #expect(drawn.text == "##..")
  }

  private let table = Table(
    columns: [
      .init("name", 6, flexible: true), .init("size", 6, rank: 1, right: true),
      .init("rate", 6, right: true),
    ],
    rows: [Table.Row([Label("camera"), Label("412 MB"), Label("1 MB/s")])])

  @Test("columns that matter less go first when there is little room")
  func columns() {
    for (width, expected) in [
      (24, "name      size    rate  \ncamera  412 MB  1 MB/s  "),
      (14, "name      rate\ncamera  1 MB/s"),
    ] {
      var drawn = canvas(width, 2)
      drawn.table(table, in: Rectangle(x: 0, y: 0, width: width, height: 2), headings: true)
      let rows = GoldenText.rows(drawn).map { $0.split(separator: " ").joined(separator: " ") }
      let wanted = expected.split(separator: "\n").map {
        $0.split(separator: " ").joined(separator: " ")
      }
      #expect(rows == wanted)
    }
  }

  @Test("figures stand in fields, and a longer number ends where the shorter one ended")
  func figures() {
    var drawn = canvas(38, 2)
    drawn.figures(
      [
        Figure("owned", "9.99 MB"), Figure("rss", "412 MB"),
        Figure("pss", Measured<Bytes>.missing(.notYet), \.text),
      ], in: Rectangle(x: 0, y: 0, width: 38, height: 2))
    #expect(
      drawn.text == "owned      9.99 MB  rss         412 MB\npss        not yet                    "
    )
  }

  @Test("a reason that has no room is not cut to half a reason")
  func longReason() {
    let reason = Measured<Bytes>.missing(.because("reading it would hold the target up"))
    var drawn = canvas(18, 1)
    drawn.figures(
      [Figure("pss", reason, \.text)], in: Rectangle(x: 0, y: 0, width: 18, height: 1))
    #expect(drawn.text == "pss            n/a")
    var wide = canvas(40, 1)
    wide.figures([Figure("hot", reason, \.text)], in: Rectangle(x: 0, y: 0, width: 18, height: 1))
    #expect(!wide.text.contains("…"))
  }

  @Test("a number that does not fit beside its name stands alone rather than cut")
  func wideFigure() {
    var drawn = canvas(12, 1)
    drawn.figures(
      [Figure("growth", "+3.12 MB/min")], in: Rectangle(x: 0, y: 0, width: 12, height: 1))
    #expect(drawn.text == "+3.12 MB/min")
  }
}
