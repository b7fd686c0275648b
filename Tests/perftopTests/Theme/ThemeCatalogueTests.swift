import Glibc
import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("Theme catalogue")
struct ThemeCatalogueTests {
  private func catalogue(
    _ files: FakeFiles, _ variables: [String: String] = ["HOME": "/home/u"],
    directory: String? = nil, executable: String? = "/opt/x/bin/perftop"
  ) -> ThemeCatalogue {
    ThemeCatalogue(
      host: .fake(files: files, variables: variables), themesDirectory: directory,
      executable: executable)
  }

  @Test("directories are asked from the most personal to the most general")
  func order() {
    let found = catalogue(FakeFiles(), directory: "/mine").directories
    #expect(
      found == [
        "/mine", "/home/u/.config/perftop/themes", "/home/u/.config/btop/themes",
        "/opt/x/share/perftop/themes", "/opt/x/share/btop/themes",
        "/usr/local/share/perftop/themes", "/usr/local/share/btop/themes",
        "/usr/share/perftop/themes", "/usr/share/btop/themes",
      ])
  }

  @Test("the current directory is never one of them")
  func relative() {
    let found = catalogue(FakeFiles(), ["XDG_CONFIG_HOME": "conf"], executable: nil).directories
    #expect(found.allSatisfy { $0.hasPrefix("/") })
    #expect(catalogue(FakeFiles(), [:], executable: nil).directories.count == 4)
  }

  @Test("a program in a checkout finds the checkout's themes")
  func checkout() {
    let found = catalogue(FakeFiles(), executable: "/src/p/.build/x86_64/debug/perftop")
    #expect(found.directories.contains("/src/p/themes"))
  }

  @Test("a theme is found by its name, with or without the ending, and by path")
  func finding() throws {
    let files = FakeFiles([
      "/usr/share/btop/themes/ayu.theme": "theme[title]=\"#11\"",
      "/home/u/.config/perftop/themes/ayu.theme": "theme[title]=\"#22\"",
      "/tmp/x.theme": "theme[title]=\"#33\"",
    ])
    let themes = catalogue(files)
    let grey = { (value: Int) in ThemeColor.rgb(RGB(red: value, green: value, blue: value)) }
    #expect(try themes.theme(named: "ayu").theme[.title] == grey(34))
    #expect(try themes.theme(named: "ayu.theme").theme.name == "ayu")
    #expect(try themes.theme(named: "/tmp/x.theme").theme[.title] == grey(51))
    #expect(try themes.theme(named: "Default").theme == .builtIn)
    #expect(themes.names() == ["perftop-dark", "ayu"])
  }

  @Test("a theme that is not there, is no file or is too large says so")
  func failures() {
    let files = FakeFiles(["/tmp/no.theme": ""])
    files.setStatus("/tmp/pipe.theme", FileStatus(kind: .other, size: 0))
    files.setStatus("/tmp/big.theme", FileStatus(kind: .regular, size: 1 << 30))
    files.fail("/tmp/no.theme", with: EACCES)
    let themes = catalogue(files)
    #expect(throws: ThemeCatalogue.Failure.notFound("nope")) { try themes.theme(named: "nope") }
    for name in ["pipe", "big", "no"] {
      do throws(ThemeCatalogue.Failure) {
        _ = try themes.theme(named: "/tmp/\(name).theme")
        Issue.record("\(name) was read")
      } catch {
        #expect(error.sentence.text.hasPrefix("theme \(name): "))
      }
    }
    #expect(files.reads(of: "/tmp/big.theme") == 0)
  }

  @Test("the next theme passes over what can't be read, and comes round")
  func next() {
    let files = FakeFiles([
      "/usr/share/perftop/themes/a.theme": "", "/usr/share/perftop/themes/b.theme": "",
    ])
    files.fail("/usr/share/perftop/themes/b.theme", with: EIO)
    let themes = catalogue(files)
    #expect(themes.theme(after: "perftop-dark").name == "a")
    #expect(themes.theme(after: "a").name == "perftop-dark")
    #expect(themes.theme(after: "gone").name == "perftop-dark")
  }

  @Test(
    "a terminal that says it is light begins with the light theme",
    arguments: [
      ("0;15", "perftop-light"), ("15;default;0", "perftop-dark"), ("15;0", "perftop-dark"),
      ("0;7", "perftop-light"), ("nonsense", "perftop-dark"), (nil, "perftop-dark"),
    ] as [(String?, String)])
  func usual(_ value: String?, _ name: String) {
    #expect(ThemeCatalogue.usualName { $0 == "COLORFGBG" ? value : nil } == name)
  }

  private var checkoutThemes: String {
    #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/themes"
  }

  @Test(
    "perftop's own themes define all 48 keys, without a warning, and the built-in one is its file")
  func ownThemes() throws {
    let themes = ThemeCatalogue(
      host: .live(), themesDirectory: checkoutThemes, executable: nil)
    for name in ["perftop-dark", "perftop-light", "perftop-mono", "perftop-safe"] {
      let found = try themes.theme(named: name)
      #expect(found.warnings.isEmpty)
      #expect(ThemeKey.allCases.allSatisfy { found.theme[$0] != .inherited }, "\(name)")
    }
    #expect(try themes.theme(named: "perftop-dark").theme == .builtIn)
    #expect(try themes.theme(named: "perftop-light").theme.isLight)
  }

  @Test(
    "in perftop's own themes every severity is a colour that can be read",
    arguments: ["perftop-dark", "perftop-light", "perftop-mono", "perftop-safe"])
  func readable(_ name: String) throws {
    let themes = ThemeCatalogue(
      host: .live(), themesDirectory: checkoutThemes, executable: nil)
    let theme = try themes.theme(named: name).theme
    for shade in [Role.Shade.ok, .info, .warning, .critical, .stale] {
      #expect(!theme.style(for: .severity(shade)).emphasis.contains(.reversed), "\(shade)")
    }
    for key in [ThemeKey.title, .highlight, .inactive, .graphText] {
      #expect(theme[key].channels.contrast(with: theme.assumedBackground) >= 3, "\(key)")
    }
  }

  @Test("every theme that btop ships loads without a warning")
  func shipped() throws {
    let directory = "/usr/share/btop/themes"
    let names = (try? LiveFiles().list(directory, in: nil)) ?? []
    let themes = ThemeCatalogue(host: .live(), themesDirectory: directory, executable: nil)
    for name in names where name.hasSuffix(".theme") {
      #expect(try themes.theme(named: "\(directory)/\(name)").warnings.isEmpty, "\(name)")
    }
  }
}
