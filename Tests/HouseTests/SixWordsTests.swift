import Monitors
import TestSupport
import Testing

@Suite("The six words, and every place that must know them")
struct SixWordsTests {
  @Test("each word has its files", arguments: Word.allCases)
  func files(_ word: Word) {
    let title = word.title
    let wanted =
      ["Monitor", "Reading", "Config"].map { "Sources/Monitors/\(title)/\(title)\($0).swift" } + [
        "Sources/perftop/Panes/\(title)Pane.swift",
        "Tests/MonitorsTests/\(title)/\(title)MonitorTests.swift",
        "Tests/perftopTests/Panes/\(title)PaneTests.swift",
      ]
    #expect(wanted.filter { !SourceTree.exists($0) } == [])
  }

  @Test("each word has goldens", arguments: Word.allCases)
  func goldens(_ word: Word) {
    let names = SourceTree.names(in: "Tests/perftopTests/Panes/Goldens/\(word.title)")
    #expect(names.contains { $0.hasSuffix(".txt") })
  }

  @Test("each word is a property of Snapshot and a section of Config", arguments: Word.allCases)
  func properties(_ word: Word) {
    let snapshot = SourceTree.text("Sources/Monitors/Engine/Snapshot.swift")
    #expect(snapshot.contains(" \(word.rawValue): \(word.title)Reading"))
    let config = SourceTree.text("Sources/Monitors/Config/Config.swift")
    #expect(config.contains(" \(word.rawValue) = \(word.title)Config("))
  }

  @Test("each word is judged by the set and shown by the catalogue", arguments: Word.allCases)
  func lists(_ word: Word) {
    let set = SourceTree.text("Sources/Monitors/Engine/MonitorSet.swift")
    #expect(set.contains("\(word.title)Monitor"))
    let catalogue = SourceTree.text("Sources/perftop/Panes/PaneCatalogue.swift")
    #expect(catalogue.contains("\(word.title)Pane("))
  }

  @Test("each word is explained in the manual", arguments: Word.allCases)
  func manual(_ word: Word) {
    #expect(SourceTree.text("docs/MONITORS.md").contains("\n## \(word.title)\n"))
  }
}
