import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("The manual page", .serialized)
struct ManualPageTests {
  private let page = ManualPage.document

  @Test("it says which version it is about")
  func version() { page.expect("version", ManualPage.version) }

  @Test("it has every form of every command")
  func commands() {
    page.expect("synopsis", ManualPage.synopsis)
    page.expect("commands", ManualPage.commands)
  }

  @Test("it has every option, and which commands know it")
  func options() { page.expect("options", ManualPage.optionList) }

  @Test("it has every key")
  func keys() {
    page.expect("keys", ManualPage.keys)
    page.expect("later keys", ManualPage.laterKeys)
  }

  @Test("it has every status that perftop ends with")
  func statuses() { page.expect("exit status", ManualPage.statuses) }

  @Test("it has every setting")
  func settingsOfFile() {
    let rows = Settings.all.map { setting in
      ManualPage.Setting(
        name: setting.name, usual: setting.usualText, range: setting.rangeText,
        summary: setting.summary
          + (setting.effect == .now ? "" : " (\(setting.effect.rawValue))"))
    }
    page.expect("settings", ManualPage.settings(rows))
  }

  @Test("it names every variable that the sources ask for, and no other")
  func environment() throws {
    var asked: Set<String> = []
    for file in SourceTree.monitors + SourceTree.perftop {
      asked.formUnion(try Variables.named(in: file))
    }
    let section = page.text.split(separator: ".Sh ENVIRONMENT").last?.split(separator: ".Sh ").first
    let items = (section ?? "").split(separator: "\n").filter { $0.hasPrefix(".It Ev ") }
    let named = Set(items.flatMap { $0.dropFirst(7).split(separator: " , ") }.map(String.init))
    #expect(asked.count > 15)
    #expect(asked.subtracting(named) == [])
    let later: Set<String> = OptionName.config.isLater ? ["PERFTOP_CONFIG"] : []
    #expect(named.subtracting(asked).subtracting(later) == [])
  }

  @Test("what the prose names by an option or a command is one")
  func prose() throws {
    let text = page.text
    let flags = text.matches(of: try Regex<(Substring, Substring)>("Fl -([a-z-]+)")).map(\.output.1)
    #expect(Set(flags.map(String.init)).subtracting(OptionName.allCases.map(\.rawValue)) == [])
    let words = text.matches(of: try Regex<(Substring, Substring)>("Nm Cm ([a-z]+)"))
    #expect(words.count > 3)
    for word in words { #expect(CommandName(rawValue: String(word.output.1)) != nil) }
    for example in text.split(separator: "\n") where example.hasPrefix(".Dl ") {
      let example = example.replacing("\\-", with: "-")
      guard let own = example.firstRange(of: "perftop ") else { continue }
      let shown = example[own.upperBound...].split(separator: " ").prefix { !$0.hasPrefix(">") }
      #expect(throws: Never.self, "\(example)") { try Arguments.parse(shown.map(String.init)) }
    }
  }

  @Test("a table of settings has each with its default and its range")
  func settings() {
    let rows = ManualPage.settings([
      .init(name: "memory.max_gb", usual: "8", range: "0.001 to 100000", summary: "most to own")
    ])
    #expect(
      rows == [
        ".Bl -tag -width Ds", ".It Li memory.max_gb", "Most to own.",
        "Default: 8; 0.001 to 100000.", ".El",
      ])
  }
}

/// Variables of the environment, as the sources ask for them.
private enum Variables {
  /// Those in a call of `environment`, and those of a list on a line that hands them to one.
  static func named(in file: SourceFile) throws -> Set<String> {
    let one = try Regex<(Substring, Substring)>(#"(?:environment|getenv)\("([A-Z_]+)"\)"#)
    let list = try Regex<(Substring, Substring)>(#"\[((?:"[A-Z_]+"(?:, )?)+)\]"#)
    let own = try Regex<(Substring, Substring)>(#""(PERFTOP_[A-Z_]+)""#)
    let ours = file.text.matches(of: own).map { String($0.output.1) }
    guard file.text.contains("environment") || file.text.contains("unsetenv") else {
      return Set(ours)
    }
    var found = Set(file.text.matches(of: one).map { String($0.output.1) })
    found.formUnion(ours)
    for match in file.text.matches(of: list) {
      found.formUnion(match.output.1.split { !($0.isLetter || $0 == "_") }.map(String.init))
    }
    return found
  }
}
