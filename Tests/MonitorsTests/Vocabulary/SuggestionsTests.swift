import Monitors
import Testing

@Suite("What was probably meant, so many times")
struct SuggestionsTests {
  private static let words = ["snapshot", "doctor", "demo"]

  @Test("each asking counts the words it is compared with, until there were too many")
  func counted() {
    var suggestions = Suggestions()
    #expect(suggestions.nearest("snapsho", among: Self.words) == "snapshot")
    #expect(suggestions.left == Suggestions.most - Self.words.count)
    for _ in 0..<1_000_000 where suggestions.left > 0 {
      _ = suggestions.nearest("banana", among: Self.words)
    }
    #expect(suggestions.left == 0)
    #expect(suggestions.nearest("snapsho", among: Self.words) == nil)
    #expect(suggestions.left == 0)
  }
}
