import Testing

@testable import perftop

@Suite("Fuzzy matching")
struct FuzzyMatchTests {
  private func best(_ pattern: String, _ texts: [String]) -> String? {
    texts.compactMap { text in FuzzyMatch(pattern, in: text).map { (text, $0.score) } }
      .max { $0.1 < $1.1 }?.0
  }

  @Test("letters must stand in order, in any case, with or without spaces")
  func order() {
    #expect(FuzzyMatch("np", in: "next-pane")?.places == [0, 5])
    #expect(FuzzyMatch("Next Pane", in: "next-pane")?.places == [0, 1, 2, 3, 5, 6, 7, 8])
    #expect(FuzzyMatch("pn", in: "np") == nil)
    #expect(FuzzyMatch("zoomm", in: "zoom") == nil)
    #expect(FuzzyMatch("", in: "zoom")?.places == [])
  }

  @Test("beginnings of words win, then letters side by side, then the shorter text")
  func ranking() {
    #expect(best("np", ["snapshot", "next-pane"]) == "next-pane")
    #expect(best("the", ["step-here", "next-theme"]) == "next-theme")
    #expect(best("q", ["quality-up", "quit"]) == "quit")
    #expect(best("ack", ["acknowledge-all", "step-back", "acknowledge"]) == "acknowledge")
    #expect(best("go", ["go-to-time", "freeze-go", "go-live"]) == "go-live")
  }

  @Test("of several ways to stand in a text the best one counts")
  func places() {
    #expect(FuzzyMatch("pa", in: "page-up-apart-pa")?.places == [0, 1])
    #expect(FuzzyMatch("pane", in: "p-a-pane")?.places == [4, 5, 6, 7])
  }

  @Test("a text of any length and any letters is harmless")
  func hostile() {
    let long = String(repeating: "a", count: 10_000)
    #expect(FuzzyMatch(long, in: long) == nil)
    #expect(FuzzyMatch("é", in: "caché") != nil)
    #expect(FuzzyMatch("👩‍👩‍👧", in: "👩‍👩‍👧") != nil)
  }
}
