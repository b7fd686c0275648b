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
      executable: executable, user: 1000)
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
    #expect(themes.names() == ["perftop-dark", "TTY", "ayu"])
  }

  @Test("TTY is made of the terminal's own colours, and a path of another machine names a theme")
  func names() throws {
    let files = FakeFiles([
      "/usr/share/btop/themes/ayu.theme": "theme[title]=\"#11\"",
      "/home/u/.config/btop/themes/gone.theme": "",
    ])
    files.fail("/home/u/.config/btop/themes/gone.theme", with: EACCES)
    let themes = catalogue(files)
    for name in ["TTY", "tty"] { #expect(try themes.theme(named: name).theme == .terminals) }
    #expect(try themes.theme(named: "/old/place/ayu.theme").theme.name == "ayu")
    #expect(throws: ThemeCatalogue.Failure.notFound("/old/place/nord.theme")) {
      try themes.theme(named: "/old/place/nord.theme")
    }
    for name in ["", "/", ".", "..", ".theme", String(repeating: "x", count: 1_000_000)] {
      do throws(ThemeCatalogue.Failure) {
        _ = try themes.theme(named: name)
        Issue.record("a theme named \(name.prefix(10))")
      } catch { #expect(error.sentence.text.utf8.count < 200) }
    }
  }

  @Test("a name is listed once, from the first place that has it; what is no theme is not listed")
  func listing() {
    let files = FakeFiles([
      "/usr/share/btop/themes/b.theme": "", "/home/u/.config/btop/themes/b.theme": "",
      "/usr/share/btop/themes/A.theme": "", "/usr/share/btop/themes/perftop-dark.theme": "",
      "/usr/share/btop/themes/.hidden.theme": "", "/usr/share/btop/themes/.theme": "",
      "/usr/share/btop/themes/readme.md": "", "/usr/share/btop/themes/old.theme.bak": "",
    ])
    let share = ThemeCatalogue.Entry.Origin.directory("/usr/share/btop/themes")
    #expect(
      catalogue(files).entries() == [
        .init(name: "perftop-dark", origin: share), .init(name: "TTY", origin: .terminals),
        .init(name: "A", origin: share),
        .init(name: "b", origin: .directory("/home/u/.config/btop/themes")),
      ])
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
    #expect(themes.theme(after: "perftop-dark").words == "theme 2 of 4: TTY")
    #expect(themes.theme(after: "TTY").words == "theme 3 of 4: a")
    #expect(themes.theme(after: "a").words == "theme 1 of 4: perftop-dark")
    #expect(themes.theme(after: "gone").words == "theme 1 of 4: perftop-dark")
  }

  @Test("as often as there are themes leads through all of them and back")
  func round() {
    let files = FakeFiles(
      Dictionary(uniqueKeysWithValues: (0..<9).map { ("/usr/share/btop/themes/\($0).theme", "") }))
    let themes = catalogue(files)
    var name = Theme.builtIn.name
    let seen = (0..<11).map { _ in
      name = themes.theme(after: name).theme.name
      return name
    }
    #expect(Set(seen).count == 11)
    #expect(seen.last == Theme.builtIn.name)
  }

  @Test(
    "some terminals say that they are light",
    arguments: [
      ("0;15", true), ("15;default;0", false), ("15;0", false), ("0;7", true), ("nonsense", false),
      (nil, false),
    ] as [(String?, Bool)])
  func light(_ value: String?, _ isLight: Bool) {
    #expect(ThemeCatalogue.isLight { $0 == "COLORFGBG" ? value : nil } == isLight)
  }

  @Test("on a light terminal it begins with the light theme, or with the built-in one without it")
  func usual() {
    let files = FakeFiles(["/usr/share/perftop/themes/perftop-light.theme": ""])
    #expect(catalogue(files).usualTheme(isLight: true).name == "perftop-light")
    #expect(catalogue(files).usualTheme(isLight: false) == .builtIn)
    #expect(catalogue(FakeFiles()).usualTheme(isLight: true) == .builtIn)
  }
}
