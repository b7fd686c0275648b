import Testing

@testable import perftop

@Suite("Lengths of time")
struct IntervalTests {
  @Test(
    "they are read as people write them",
    arguments: [
      ("0.5", 0.5), (".5", 0.5), ("500ms", 0.5), ("2s", 2), ("2 s", 2), ("30m", 1800),
      ("30 min", 1800), ("2h", 7200), ("1.", 1),
    ])
  func read(_ text: String, _ seconds: Double) { #expect(TimeText.seconds(text) == seconds) }

  @Test(
    "or not at all", arguments: ["", ".", "s", "1e3", "-1", "1,5", "1 2", "2 weeks", "nan", "٣"])
  func refused(_ text: String) { #expect(TimeText.seconds(text) == nil) }
}
