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

  private func text(_ rows: [HelpRow], _ width: Int, _ height: Int) -> [String] {
    var canvas = Canvas(size: Size(width: width, height: height))
    HelpPane(rows: rows, scroll: 0).draw(into: &canvas)
    return GoldenText.rows(canvas)
  }

  @Test("a key that can do nothing now says why, below where there is no room beside")
  func reason() {
    #expect(text(.usual, 60, 9)[5].contains("collect garbage (the target is not linked)"))
    let narrow = text(.usual, 36, 12)
    #expect(narrow[5].contains("collect garbage") && !narrow[5].contains("("))
    #expect(narrow[6].contains("(the target is not linked)"))
  }

  @Test("a heading stands above its keys, with the reason they share")
  func headings() {
    let rows = [HelpRow.heading("Replay", reason: "this is live")] + [HelpRow("t", "step")]
    #expect(text(rows, 40, 5)[1].contains("Replay (this is live)"))
    #expect(text(rows, 40, 5)[2].contains("t step"))
  }

  @Test("two columns part between groups, and a blank line parts groups in one")
  func groups() {
    let rows = (0..<3).flatMap { group in
      [HelpRow.heading("Group \(group)")] + (0..<4).map { HelpRow("k", "thing \($0)") }
    }
    let wide = text(rows, 120, 14)
    #expect(wide[1].contains("Group 0") && wide[1].contains("Group 2"))
    #expect(wide[7].contains("Group 1"))
    let narrow = text(rows, 60, 20)
    #expect(narrow[7].contains("Group 1") && !narrow[6].contains("thing"))
  }

  @Test("of many keys those are shown that fit whole")
  func manyKeys() {
    let rows = [HelpRow("pgdn ctrl-f ctrl-d", "a page down")]
    #expect(text(rows, 80, 3)[1].hasPrefix("│pgdn ctrl-f ctrl-d a page down"))
    #expect(text(rows, 40, 3)[1].hasPrefix("│pgdn ctrl-f  a page down"))
    #expect(text(rows, 24, 4)[1].hasPrefix("│pgdn    a page down"))
  }
}
