import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("README", .serialized)
struct ReadmeTests {
  @Test("its picture is what the screen shows")
  func picture() {
    expectReadme("screen", ["```text"] + Demonstration.rows(.classic) + ["```"])
  }

  @Test("its table names every key that acts in this version, its action, and what it does")
  func keys() {
    let rows = Action.Group.allCases.flatMap { group -> [String] in
      let actions = group.actions.filter { !$0.isLater }
      let rows = actions.map { "| \(Readme.keys(of: $0)) | \($0.name) | \($0.summary) |" }
      return rows.isEmpty ? [] : ["| **\(group.title)** | | |"] + rows
    }
    expectReadme("keys", ["| key | action | what it does |", "|---|---|---|"] + rows)
  }

  @Test("its list of keys for later is complete")
  func laterKeys() {
    let names = Action.allCases.filter(\.isLater).map { action in
      let keys = Readme.keys(of: action)
      return keys.isEmpty ? action.name : "\(keys) \(action.name)"
    }
    expectReadme("later keys", [names.joined(separator: ", ")])
  }

  @Test("its example is the one that is compiled here")
  func example() {
    let source = SourceTree.text("Tests/perftopTests/Readme/ReadmeExample.swift")
    #expect(!source.isEmpty)
    #expect(Readme.text.contains("```swift\n\(source)```"))
  }

  @Test("its example tells something in each of the six words")
  func exampleRuns() throws {
    let fixture = Readme.root + "/Tests/Fixtures/hosts/container-cgroup2/000"
    var host = Host.fixture(fixture)
    host.time = FakeTime()
    let headlines = try headlines(of: 4242, on: host)
    #expect(headlines.count == Word.allCases.count)
    #expect(headlines.allSatisfy { !$0.isEmpty })
    #expect(headlines.first?.text.contains("owned") == true)
  }
}

/// The README, and the parts of it that are made from the program.
enum Readme {
  static let document = MadeDocument(name: "README.md", marks: .html)
  static let root = MadeDocument.root
  static let text = document.text

  static func keys(of action: Action) -> String {
    Keymap.standard.keys(for: action).map { "`\($0.name)`" }.joined(separator: " ")
  }
}

private func expectReadme(
  _ name: String, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  Readme.document.expect(name, lines, sourceLocation: sourceLocation)
}
