import TestSupport
import Testing

@Suite("Documents that know the tree as it is")
struct DocumentsTests {
  private static let documents = [
    "README.md", "ARCHITECTURE.md", "DECISIONS.md", "CONTRIBUTING.md", "CHANGELOG.md",
    "docs/MONITORS.md", "docs/CONFIG.md",
  ]

  /// What a pattern's group finds in a document.
  private func found(_ pattern: String, in path: String) -> [String] {
    SourceTree.text(path).matches(of: Regexes.make(pattern)).compactMap {
      $0.output[1].substring.map(String.init)
    }
  }

  @Test("every document is there, and so is what it links to", arguments: documents)
  func links(_ path: String) {
    #expect(!SourceTree.text(path).isEmpty)
    let folder = path.split(separator: "/").dropLast().map { "\($0)/" }.joined()
    for link in found(#"\]\(([^)#]+)\)"#, in: path) where !link.hasPrefix("https://") {
      #expect(SourceTree.exists(folder + link), "\(link)")
    }
  }

  @Test("every make verb that a document names is one", arguments: documents)
  func verbs(_ path: String) {
    let makefile = SourceTree.text("Makefile")
    for verb in found(#"(?:`|\n)make ([a-z]+)"#, in: path) {
      #expect(makefile.contains("\n\(verb):"), "make \(verb)")
    }
  }

  @Test("every folder of the sources stands in the picture of folders, and of the tests too")
  func folders() {
    let text = SourceTree.text("ARCHITECTURE.md")
    let picture = text.split(separator: "## Folders").last?.split(separator: "## One tick").first
    let words = Set((picture ?? "").split { $0 == " " || $0 == "\n" || $0 == ";" }.map(String.init))
    let named = { (folders: [SourceFile]) in Set(folders.map { String($0.folder) }) }
    let sources = named(SourceTree.monitors + SourceTree.perftop).subtracting([""])
    #expect(sources.subtracting(words) == [])
    let tests = Set(SourceTree.names(in: "Tests").map { "Tests/\($0)" })
    #expect(tests.subtracting(words) == [])
    #expect(sources.count > 20 && tests.count > 5)
  }

  @Test("every floor stands in the picture of floors, above those it may name")
  func floors() {
    let text = SourceTree.text("ARCHITECTURE.md")
    let section = text.split(separator: "## Floors").last ?? ""
    let lines = section.split(separator: "```").dropFirst().first?.split(separator: "\n") ?? []
    // Two floors of one name stand in two columns.
    let middle = 38
    for (column, files, part) in [
      (FloorsTests.monitors, SourceTree.monitors, lines.map { $0.dropFirst(middle) }),
      (FloorsTests.perftop, SourceTree.perftop, lines.map { $0.prefix(middle) }),
    ] {
      let words = part.map { $0.split { !$0.isLetter }.map(String.init) }
      let rooms = Set(files.map { String($0.folder) }).subtracting([""])
      var below = Int.max
      for floor in column.map({ $0.filter(rooms.contains) }) where !floor.isEmpty {
        let heights = Set(floor.map { room in words.firstIndex { $0.contains(room) } })
        #expect(heights.count == 1, "\(floor) stand on one line")
        let height = heights.first.flatMap { $0 } ?? Int.max
        #expect(height < below, "\(floor)")
        below = height
      }
    }
  }
}
