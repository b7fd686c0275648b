import Testing

@testable import Monitors

@Suite("What a person probably meant")
struct NearestTests {
  @Test(
    "edits are counted",
    arguments: [
      ("", "", 0), ("a", "", 1), ("abc", "abc", 0), ("delya", "delay", 1), ("kitten", "sitting", 3),
      ("demo", "dmeo", 1), ("flaw", "lawn", 2),
    ])
  func distance(_ first: String, _ second: String, _ edits: Int) {
    #expect(Nearest.distance(first, second) == edits)
    #expect(Nearest.distance(second, first) == edits)
  }

  @Test("a slip finds its word, and a different word finds none")
  func match() {
    let words = ["snapshot", "demo", "doctor"]
    #expect(Nearest.match("snapsho", among: words) == "snapshot")
    #expect(Nearest.match("docter", among: words) == "doctor")
    #expect(Nearest.match("banana", among: words) == nil)
    #expect(Nearest.match("x", among: []) == nil)
    #expect(Nearest.match(String(repeating: "snapshot", count: 10_000), among: words) == nil)
  }
}
