import Monitors
import Testing

@testable import perftop

@Suite("Help")
struct HelpPaneTests {
  private let rows = (0..<60).map { HelpRow("k\($0)", "does thing \($0)") }

  private func drawn(_ width: Int, _ height: Int, scroll: Int = 0) -> Canvas {
    var canvas = Canvas(size: Size(width: width, height: height))
    HelpPane(rows: rows, scroll: scroll).draw(into: &canvas)
    return canvas
  }

  @Test("a wide screen has two columns, a narrow one has one")
  func columns() {
    let wide = GoldenText.rows(drawn(120, 34))
    #expect(wide[1].contains("does thing 0 ") && wide[1].contains("does thing 30 "))
    #expect(!GoldenText.rows(drawn(80, 34))[1].contains("does thing 30"))
  }

  @Test("it scrolls to its end and no further, and tells where it is")
  func scrolling() {
    let end = drawn(80, 22, scroll: 40)
    #expect(end.text.contains("does thing 59"))
    #expect(end.text.contains("41-60 of 60"))
    #expect(drawn(80, 22, scroll: 4000) == end)
  }

  @Test("a key that can do nothing now says why")
  func reason() {
    var canvas = Canvas(size: Size(width: 60, height: 4))
    HelpPane(rows: .usual, scroll: 4).draw(into: &canvas)
    #expect(canvas.text.contains("collect garbage (the target is not linked)"))
  }
}
