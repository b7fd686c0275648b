import Monitors
import Testing

@testable import perftop

@Suite("Footer")
struct FooterPaneTests {
  private func drawn(
    _ width: Int, _ height: Int, message: Printable = "", typing: Printable? = nil
  ) -> [String] {
    var health = Health()
    health.cpu = Ratio(0.0012)
    health.resident = Bytes(4_510_000)
    var canvas = Canvas(size: Size(width: width, height: height))
    FooterPane(keys: .usual, message: Label(message), typing: typing, health: health)
      .draw(into: &canvas)
    return GoldenText.rows(canvas)
  }

  @Test("keys above, message and cost below")
  func twoLines() {
    let rows = drawn(80, 2, message: "acknowledged: memory-high-2")
    #expect(rows[0].hasPrefix("? help  1-6 focus"))
    #expect(rows[1].hasPrefix("acknowledged: memory-high-2 "))
    #expect(rows[1].hasSuffix("perftop 0.1 % 4.51 MB"))
  }

  @Test("on one line a message takes the keys' place")
  func oneLine() {
    #expect(drawn(60, 1)[0].hasPrefix("? help"))
    #expect(drawn(60, 1, message: "refused: read-only")[0].hasPrefix("refused: read-only"))
  }

  @Test("keys that do not fit are left out whole")
  func narrow() {
    #expect(drawn(20, 1) == ["? help  1-6 focus   "])
  }

  @Test("a message that fits beside the cost leaves it there, a longer one takes its place")
  func longMessage() {
    let long = Printable(String(repeating: "word ", count: 40))
    #expect(drawn(60, 2, message: long)[1].hasSuffix("word word…"))
    let fitting = Printable(String(repeating: "x", count: 60 - 23))
    #expect(drawn(60, 2, message: fitting)[1].hasSuffix("x  perftop 0.1 % 4.51 MB"))
    #expect(drawn(60, 2, message: "\(fitting)x")[1].hasSuffix("xxx                      "))
  }

  @Test("the search is shown while it is typed")
  func typing() {
    #expect(drawn(60, 2, typing: "heap")[1].hasPrefix("/heap "))
    let row = drawn(60, 2, message: "cpu: x is no number", typing: "cpu>x")[1]
    #expect(row.hasPrefix("/cpu>x  cpu: x is no number"))
  }
}
