import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("What a config file means to the screen")
struct ScreenSettingsTests {
  private let files = FakeFiles([
    "/etc/xdg/night.theme": "theme[main_bg]=\"#101010\"\n",
    "/themes/nord.theme": "theme[main_bg]=\"#101010\"\n",
  ])

  private func settings(
    _ text: String, _ options: Invocation.Options = Invocation.Options()
  ) throws -> ScreenSettings {
    files.write("/config.yaml", text)
    let host = Host.fake(files: files)
    let loaded = try ConfigFile(
      files: files, environment: { _ in nil }, option: "/config.yaml", isRoot: false
    ).load(machine: host)
    return ScreenSettings(
      loaded, machine: host, options: options,
      themes: ThemeCatalogue(host: host, themesDirectory: "/themes", executable: nil))
  }

  private func said(_ text: String) throws -> [String] {
    try settings(text).problems.map(\.text.text)
  }

  @Test("the options come before the file, and what only takes away holds from either")
  func precedence() throws {
    let text = "interval: 5\nchildren: no\nreadonly: on\nascii: yes\n"
    let config = try settings(text).config
    #expect(config.interval == 5)
    #expect(!config.includesChildren && config.isReadOnly && config.isASCII)
    var options = Invocation.Options()
    options.delay = 2
    #expect(try settings(text, options).config.interval == 2)
    #expect(try settings("", options).config.interval == 2)
    #expect(try settings("").config.interval == 1)
    options.includesChildren = false
    options.isReadOnly = true
    options.isASCII = true
    let asked = try settings("children: yes\nreadonly: no\nascii: no\n", options).config
    #expect(!asked.includesChildren && asked.isReadOnly && asked.isASCII)
  }

  @Test("a palette is what was asked for by option, then what NO_COLOR says, then the file's")
  func palettes() throws {
    let config = try settings("palette: 256\n").config
    var options = Invocation.Options()
    let none: (String) -> String? = { _ in nil }
    let refusing: (String) -> String? = { $0 == "NO_COLOR" ? "1" : nil }
    #expect(ScreenSettings.palette(config, options: options, none) == .indexed256)
    #expect(ScreenSettings.palette(config, options: options, refusing) == nil)
    #expect(ScreenSettings.palette(Config(), options: options, none) == nil)
    options.colours = .eight
    #expect(ScreenSettings.palette(config, options: options, refusing) == .eight)
    #expect(Config.palettes == Palette.allCases.map(\.rawValue))
  }

  @Test("a theme is found by name or by path, and one that is not there is told with its line")
  func themes() throws {
    #expect(try settings("theme: nord\n").theme?.name == "nord")
    #expect(try settings("theme: /etc/xdg/night.theme\n").theme?.name == "night")
    #expect(try settings("theme: auto\n").theme == nil)
    #expect(try settings("").theme == nil)
    #expect(
      try said("\ntheme: nrod\n")
        == ["/config.yaml:2: theme: no theme named nrod (did you mean nord?)"])
  }

  @Test("what could not be understood of a theme's file is told with the line that names it")
  func themeWarnings() throws {
    files.write(
      "/themes/odd.theme", "theme[main_bg]=\"#101010\"\ntheme[main_fg]=\"#mauve\"\n")
    let found = try settings("\ntheme: odd\n")
    #expect(found.theme?.name == "odd" && found.problems == [])
    #expect(
      found.warnings.map(\.text.text)
        == [
          "/config.yaml:2: theme: odd: line 2: main_fg: #mauve is no colour"
        ])
    #expect(try settings("theme: nord\n").warnings == [])
    var options = Invocation.Options()
    options.theme = "nord"
    #expect(try settings("theme: odd\n", options).warnings == [])
  }

  @Test("F1: a theme's path is never taken from the current directory")
  func relativeTheme() throws {
    files.write("./evil.theme", "theme[main_bg]=\"#101010\"\n")
    let found = try settings("theme: ./evil.theme\n")
    #expect(found.theme == nil)
    #expect(
      found.problems.map(\.text) == [
        "/config.yaml:1: theme: ./evil.theme: name a file from the root"
      ])
  }

  @Test("keys are bound as the file wants, one or several")
  func keys() throws {
    let found = try settings("keys:\n  freeze: x\n  next-theme: [X, f9]\n  mark: []\n")
    #expect(found.problems == [])
    #expect(found.keymap.keys(for: .freeze) == [.character("x")])
    #expect(found.keymap.keys(for: .nextTheme) == [.character("X"), .function(9)])
    #expect(found.keymap.keys(for: .mark) == [])
    #expect(found.keymap.keys(for: .help) == Keymap.standard.keys(for: .help))
  }

  @Test("two actions may change their keys with each other")
  func swapped() throws {
    let found = try settings("keys:\n  next-match: N\n  previous-match: n\n")
    #expect(found.problems == [])
    #expect(found.keymap.keys(for: .nextMatch) == [.character("N")])
  }

  @Test("each binding that can't be is told with its line, and the others hold")
  func conflicts() throws {
    let found = try settings(
      "keys:\n  freeze: x\n  quit: ctrl-a\n  zom: z\n  pick: nokey\n  mark: x\n  undo: U\n")
    #expect(found.problems.map(\.line) == [3, 4, 5, 6])
    #expect(
      found.problems.map(\.setting) == ["keys.quit", "keys.zom", "keys.pick", "keys.mark"])
    #expect(found.keymap.keys(for: .freeze) == Keymap.standard.keys(for: .freeze))
    #expect(found.keymap.keys(for: .undo) == [.character("U")])
    #expect(found.keymap.keys(for: .quit) == Keymap.standard.keys(for: .quit))
  }

  @Test(
    "F3: keys and themes against hostile values: a warning with the line, and the usual ones",
    arguments: [
      "-1", "2147483648", "9223372036854775808", "\"\\0\"", "NaN", ".inf", "../x", "//",
    ])
  func hostile(_ value: String) throws {
    for text in ["theme: \(value)\n", "keys:\n  zoom: \(value)\n", "keys:\n  ? \(value)\n  : z\n"] {
      let found = try settings(text)
      #expect(found.problems.count == 1, "\(text)")
      #expect(found.theme == nil)
      #expect(found.keymap.keys(for: .zoom) == Keymap.standard.keys(for: .zoom))
    }
  }
}
