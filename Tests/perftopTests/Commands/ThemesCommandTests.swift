import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("The themes command")
struct ThemesCommandTests {
  private let files = FakeFiles([
    "/usr/share/btop/themes/day.theme": "theme[main_bg]=\"#ff\"\ntheme[main_fg]=\"#11\"",
    "/usr/share/btop/themes/odd.theme": "theme[title]=\"#fff\"\ntheme[hi_fg]=\"\u{1b}[31m\"",
    "/usr/share/btop/themes/\u{1b}]0;x\u{7}.theme": "",
  ])

  private func command(isTerminal: Bool, glyphs: GlyphSet = .unicode) -> ThemesCommand {
    let themes = ThemeCatalogue(
      host: .fake(files: files), executable: nil, user: 1000)
    return ThemesCommand(
      themes: themes, current: "day", text: PlainText(glyphs: glyphs), isTerminal: isTerminal)
  }

  @Test("a script gets a bare name a line")
  func bare() {
    #expect(command(isTerminal: false).list() == "perftop-dark\nTTY\n·]0;x·\nday\nodd\n")
  }

  @Test("a person is told which one is in use, what it is for and where it comes from")
  func table() {
    let lines = command(isTerminal: true).list().split(separator: "\n")
    #expect(lines[0] == "  perftop-dark  dark   built in")
    #expect(lines[1] == "  TTY           dark   the terminal's own colours")
    #expect(lines[3] == "* day           light  /usr/share/btop/themes")
    #expect(lines.allSatisfy { !$0.contains("\u{1b}") })
  }

  @Test("a theme that can't be read is listed with the reason")
  func unreadable() {
    files.fail("/usr/share/btop/themes/odd.theme", with: 13)
    let line = command(isTerminal: true).list().split(separator: "\n").last ?? ""
    #expect(line.hasPrefix("  odd           ?      /usr/share/btop/themes: theme odd: "))
  }

  @Test("a sample names every role and gradient once, in words where there is no terminal")
  func words() throws {
    let (sample, warnings) = try command(isTerminal: false).show("day", in: .sixteen)
    #expect(warnings.isEmpty)
    #expect(!sample.contains("\u{1b}"))
    #expect(sample.hasPrefix("day, light\n"))
    #expect(sample.contains("\ntext                  #111111 on #ffffff\n"))
    let wanted =
      Role.Shade.allCases.map { "severity \($0)" } + Role.Border.allCases.map { "border \($0)" }
      + Role.Gradient.allCases.map { "gradient \($0)" }
    for name in wanted { #expect(sample.contains("\n\(name) "), "\(name)") }
  }

  @Test(
    "on a terminal it is painted with its own colours, and ends as it began",
    arguments: Palette.allCases)
  func painted(_ palette: Palette) throws {
    let (sample, _) = try command(isTerminal: true).show("day", in: palette)
    let lines = sample.split(separator: "\n").dropFirst()
    #expect(lines.count == ThemeSample.rows.count + Role.Gradient.allCases.count)
    #expect(lines.allSatisfy { $0.hasSuffix("\u{1b}[0m") })
    #expect(sample.contains("38;2;") == (palette == .truecolor))
    #expect(sample.contains("38;5;") == (palette == .indexed256))
  }

  @Test("every role has a row, so that none is forgotten")
  func allRoles() {
    let rows = Set(ThemeSample.rows.map(\.role))
    for index in 0..<Role.indexCount {
      let role = Role(index: index)
      if case .gradient = role { continue }
      #expect(rows.contains(role), "\(role)")
    }
  }

  @Test("a sample in letters has nothing but letters")
  func ascii() throws {
    let (sample, _) = try command(isTerminal: true, glyphs: .ascii).show("day", in: .eight)
    #expect(sample.utf8.allSatisfy { $0 < 128 })
  }

  @Test("what can not be understood of a file is told with its line, and nothing raw of it")
  func warnings() throws {
    let (_, warnings) = try command(isTerminal: true).show("odd", in: .off)
    #expect(warnings.count == 2)
    #expect(warnings.first == "theme odd: line 1: title: #fff is no colour")
    #expect(warnings.allSatisfy { !$0.text.contains("\u{1b}") })
  }

  @Test("a theme that is not there is answered with what is there, in a line")
  func advice() {
    let names = ["perftop-dark", "nord"] + (0..<40).map { "theme-\($0)" }
    #expect(ThemesCommand.advice(for: "nrod", among: names).text == "did you mean nord?")
    let all = ThemesCommand.advice(for: "zzzzzzzzzz", among: names).text
    #expect(all.hasPrefix("there are: perftop-dark, nord, "))
    #expect(all.hasSuffix(" more") && all.utf8.count < 100)
    let themes = command(isTerminal: false).themes
    #expect(ThemesCommand.advice(.notFound("dya"), "dya", themes) == "did you mean day?")
    #expect(
      ThemesCommand.advice(.unreadable("day", "no"), "day", themes)
        == "perftop themes list says what there is")
    #expect(throws: ThemeCatalogue.Failure.notFound("dya")) {
      try command(isTerminal: false).show("dya", in: .off)
    }
  }

  private func parsed(_ line: String) throws(UsageError) -> Invocation.Task {
    try Arguments.parse(line.split(separator: " ").map(String.init)).task
  }

  @Test("it is written as one would")
  func arguments() throws {
    #expect(try parsed("themes") == .themes(.list))
    #expect(try parsed("themes list") == .themes(.list))
    #expect(try parsed("themes show") == .themes(.show(nil)))
    #expect(try parsed("themes show nord") == .themes(.show("nord")))
    #expect(try parsed("themes --themes-dir /t show ./x.theme") == .themes(.show("./x.theme")))
    #expect(try parsed("themes --help") == .help(.themes))
  }

  @Test(
    "mistakes are answered",
    arguments: [
      ("themes lst", "did you mean perftop themes list?"),
      ("themes nord", "to see one: perftop themes show nord"),
      ("themes list nord", "to see one: perftop themes show nord"),
      ("themes show a b", "perftop themes --help shows how to write it"),
      ("themes -p 1", "perftop themes --help lists its options"),
      ("theme list", "did you mean perftop themes?"),
    ])
  func mistakes(_ line: String, _ advice: String) {
    do throws(UsageError) {
      _ = try parsed(line)
      Issue.record("\(line) was accepted")
    } catch { #expect(error.advice.text == advice) }
  }
}
