import TestSupport
import Testing

@testable import perftop

@Suite("README and the themes")
struct ThemesTableTests {
  @Test("the table has every theme of the tree, and no other")
  func table() {
    let text = SourceTree.text("README.md")
    let lines = text.split(separator: "\n").drop { $0 != "<!-- themes -->" }
      .prefix { $0 != "<!-- end of themes -->" }
    let named = lines.compactMap { line -> String? in
      let parts = line.split(separator: "`")
      return parts.count > 2 && parts[0] == "| " ? String(parts[1]) : nil
    }
    #expect(Set(named) == Set(KnownThemes.own.map(\.name) + [Theme.terminals.name]))
    #expect(named.count == Set(named).count)
  }
}
