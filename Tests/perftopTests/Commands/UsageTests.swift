import Testing

@testable import perftop

@Suite("Help")
struct UsageTests {
  static let topics: [CommandName?] =
    [nil] + CommandName.allCases.filter { $0.standing == .present }.map(Optional.some)

  @Test("no line is wider than 80 columns or ends in blanks", arguments: topics)
  func fits(_ topic: CommandName?) {
    for line in Usage.text(topic).split(separator: "\n") {
      #expect(line.count <= 80)
      #expect(line.last != " ")
    }
    #expect(Usage.text(topic).hasSuffix("\n"))
  }

  @Test("the overview names every option and every form of this version, and none of a later one")
  func isComplete() {
    let text = Usage.text(nil)
    for option in OptionName.allCases {
      #expect(
        text.contains("\(option.long) ") == !option.isLater || text.contains("\(option.long)\n"))
    }
    for command in CommandName.allCases {
      for (form, _) in command.forms { #expect(text.contains(form)) }
    }
    #expect(!text.contains("record"))
    #expect(!text.contains("robot DIR"))
  }

  @Test("the overview says of which command an option is, where only one has it")
  func isGrouped() throws {
    let parts = Usage.text(nil).split(separator: "\n\n").map(String.init)
    let general = try #require(parts.first { $0.hasPrefix("options:") })
    for name in ["--seconds", "--count", "--jsonl", "--as-root", "--kill-on-exit"] {
      #expect(!general.contains(name))
    }
    func part(_ title: String) -> String { parts.first { $0.hasPrefix(title) } ?? "" }
    #expect(part("options of perftop demo:").contains("--seconds N"))
    #expect(part("options of perftop snapshot:").contains("--count N"))
    #expect(part("options of perftop -- COMMAND:").contains("--as-root"))
  }

  @Test("help about a command shows its options and not those of others")
  func isParticular() {
    let snapshot = Usage.text(.snapshot)
    #expect(snapshot.contains("--jsonl"))
    #expect(snapshot.contains("--sysroot DIR"))
    #expect(!snapshot.contains("--kill-on-exit"))
    #expect(Usage.text(.launch).contains("--kill-on-exit"))
    #expect(Usage.text(.demo).contains("--seconds N"))
  }
}
