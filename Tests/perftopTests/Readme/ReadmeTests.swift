import Glibc
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
  static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  static let path = root + "/README.md"
  static let text = GoldenText.read(path) ?? ""

  static func keys(of action: Action) -> String {
    Keymap.standard.keys(for: action).map { "`\($0.name)`" }.joined(separator: " ")
  }

  /// The lines between `<!-- name -->` and `<!-- end of name -->`.
  static func part(_ name: String, of text: String) -> Range<String.Index>? {
    guard let begin = text.firstRange(of: "<!-- \(name) -->\n"),
      let end = text.firstRange(of: "<!-- end of \(name) -->"), begin.upperBound <= end.lowerBound
    else { return nil }
    return begin.upperBound..<end.lowerBound
  }
}

/// Compares a part of the README with what it should be; `RECORD_GOLDENS=1` writes it anew, and fails.
private func expectReadme(
  _ name: String, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  let wanted = lines.joined(separator: "\n") + "\n"
  let recording = getenv("RECORD_GOLDENS") != nil
  var text = recording ? GoldenText.read(Readme.path) ?? "" : Readme.text
  guard let part = Readme.part(name, of: text) else {
    Issue.record("no <!-- \(name) --> in the README", sourceLocation: sourceLocation)
    return
  }
  if recording {
    text.replaceSubrange(part, with: wanted)
    GoldenText.write(text, to: Readme.path)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    return
  }
  #expect(text[part] == wanted, "make golden writes it anew", sourceLocation: sourceLocation)
}
