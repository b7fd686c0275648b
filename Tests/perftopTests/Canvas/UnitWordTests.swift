import Monitors
import Testing

@testable import perftop

@Suite("Units behind numbers")
struct UnitWordTests {
  @Test(
    "they are told from words", arguments: ["MB", "MB/min", "B/s,", "%", "°C;", "min)", "s", "/s"])
  func units(_ word: String) { #expect(UnitWord.isUnit(word[...])) }

  @Test("and words from them", arguments: ["", "MBs", "of", "MB/year", "stall", "5", "min/s"])
  func words(_ word: String) { #expect(!UnitWord.isUnit(word[...])) }

  @Test("a line breaks between words, and never between a number and its unit")
  func breaking() {
    #expect(
      UnitWord.words("grows 3.1 MB/min since 12 min, in 2 files")
        == ["grows", "3.1 MB/min", "since", "12 min,", "in", "2", "files"])
    let canvas = Canvas(size: Size(width: 0, height: 0))
    let lines = canvas.wrapped(Label("in [heap], 91.9 MB left of 500 MB"), width: 15, lines: 4)
    #expect(lines.map(\.text.text) == ["in [heap],", "91.9 MB left of", "500 MB"])
  }

  @Test(
    "nor is a text cut there",
    arguments: [
      ("12.5 MB/min", 10, "…"), ("grows 3.12 MB/min", 14, "grows…"),
      ("above 80 % of it", 12, "above 80 %…"), ("for 12 min, then", 13, "for 12 min,…"),
      ("for 12 min, then", 11, "for 12 min…"), ("in 12 messages", 9, "in 12 me…"),
    ])
  func cutting(_ text: String, _ width: Int, _ shown: String) {
    var canvas = Canvas(size: Size(width: width, height: 1))
    canvas.write(Label(Printable(text)), x: 0, y: 0, width: width)
    #expect(canvas.text == shown.padding(to: width))
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
