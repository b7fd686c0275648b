import Monitors
import Testing

@testable import perftop

@Suite("What roles look like where there are only so many colours")
struct AppearanceTests {
  private static let shades: [Role.Shade] = [.info, .warning, .critical, .emergency]

  private func theme(_ text: String) -> Theme { Theme(name: "test", file: ThemeFile(text.utf8)) }

  private func flat(_ value: String, text: String) -> Theme {
    theme(
      ThemeKey.allCases.filter { $0 != .mainForeground }
        .map { "theme[\($0.rawValue)]=\"\(value)\"" }.joined(separator: "\n")
        + "\ntheme[main_fg]=\"\(text)\"")
  }

  @Test("a severity that can't be seen against the background is text, reversed", arguments: shades)
  func invisible(_ shade: Role.Shade) {
    let seen = Appearance(.severity(shade), in: flat("#00", text: "#cc"), palette: .truecolor)
    #expect(Palette.shown(seen.foreground) == RGB(red: 204, green: 204, blue: 204))
    #expect(seen.emphasis.contains(.reversed))
  }

  @Test(
    "that all is well, or old, need not stand out, only be read",
    arguments: [Role.Shade.ok, .stale])
  func quiet(_ shade: Role.Shade) {
    let seen = Appearance(.severity(shade), in: flat("#00", text: "#cc"), palette: .truecolor)
    #expect(seen.emphasis.isEmpty)
    #expect((Palette.shown(seen.foreground)?.contrast(with: .black) ?? 0) >= 3)
  }

  @Test("of sixteen colours, the other brightness of a hue is taken where only that can be read")
  func otherHalf() {
    let day = theme(
      "theme[main_bg]=\"#ff\"\ntheme[main_fg]=\"#22\"\ntheme[temp_start]=\"#5a9fd4\"\ntheme[cpu_end]=\"#ff6060\""
    )
    #expect(Appearance(.severity(.info), in: day, palette: .sixteen).foreground == 4)
    let critical = Appearance(.severity(.critical), in: day, palette: .sixteen)
    #expect(critical.foreground == 9 || critical.foreground == 1)
    #expect(!critical.emphasis.contains(.reversed))
  }

  @Test("text of the colour of its own background is black or white instead")
  func absurd() {
    for (value, expected) in [("#00", RGB.white), ("#ff", .black), ("#80", .black)] {
      let seen = Appearance(.text, in: flat(value, text: value), palette: .truecolor)
      #expect(Palette.shown(seen.foreground) == expected)
    }
  }

  @Test(
    "dim text, keys and titles that are too faint come nearer to the text, and no more than needed")
  func faint() {
    let given = theme("theme[inactive_fg]=\"#20\"\ntheme[hi_fg]=\"#aa0000\"")
    let dim = Palette.shown(Appearance(.dim, in: given, palette: .truecolor).foreground)
    let contrast = dim?.contrast(with: .black) ?? 0
    #expect(contrast >= 3 && contrast < 5)
    let key = Palette.shown(Appearance(.key, in: given, palette: .truecolor).foreground)
    #expect((key?.red ?? 0) > (key?.blue ?? 255))
  }

  @Test("a selected row without a ground of its own is text reversed")
  func selected() {
    let given = theme("theme[selected_bg]=\"#00\"\ntheme[selected_fg]=\"#00\"")
    let seen = Appearance(.selected, in: given, palette: .truecolor)
    #expect(seen.emphasis.contains(.reversed))
    #expect(Palette.shown(seen.foreground) == RGB(red: 204, green: 204, blue: 204))
    let own = Appearance(.selected, in: .builtIn, palette: .indexed256)
    #expect(!own.emphasis.contains(.reversed) && own.background >= 16)
  }

  @Test("a selected row that can't be read on its own ground is black or white on it")
  func unreadable() {
    let given = theme("theme[selected_bg]=\"#dddddd\"\ntheme[selected_fg]=\"#ffffff\"")
    let seen = Appearance(.selected, in: given, palette: .truecolor)
    #expect(Palette.shown(seen.foreground) == .black)
  }

  @Test("without colour there is only emphasis")
  func off() {
    for index in 0..<Role.indexCount {
      let seen = Appearance(Role(index: index), in: .builtIn, palette: .off)
      #expect(seen.foreground == -1 && seen.background == -1)
      #expect(seen.emphasis == Theme.plainEmphasis(for: Role(index: index)))
      #expect(seen.isFaint == (Role(index: index) == .dim))
    }
  }

  @Test("of eight colours, the bright ones are bold, and grey is the text's own black or white")
  func eight() {
    let ok = Appearance(.severity(.ok), in: .builtIn, palette: .eight)
    #expect(ok.foreground == 2 && ok.emphasis.contains(.bold))
    #expect(Appearance(.dim, in: .builtIn, palette: .eight).foreground == 7)
    let day = theme("theme[main_bg]=\"#ff\"\ntheme[main_fg]=\"#22\"\ntheme[inactive_fg]=\"#70\"")
    #expect(Appearance(.dim, in: day, palette: .eight).foreground == 0)
    #expect(Appearance(.text, in: day, palette: .eight).background == 7)
  }

  @Test(
    "a sequence begins afresh and says everything",
    arguments: [
      (Palette.truecolor, "\u{1b}[0;1;38;2;232;93;93m"), (.indexed256, "\u{1b}[0;1;38;5;167m"),
      (.sixteen, "\u{1b}[0;1;91m"), (.eight, "\u{1b}[0;1;31m"), (.off, "\u{1b}[0;1m"),
    ])
  func sequence(_ palette: Palette, _ expected: String) {
    #expect(
      Appearance(.severity(.critical), in: .builtIn, palette: palette).sequence == expected)
  }

  @Test("backgrounds and reversal are said too")
  func grounds() {
    let selected = Appearance(.selected, in: .builtIn, palette: .sixteen)
    #expect(selected.sequence == "\u{1b}[0;97;44m")
    #expect(selected.words == "bright-white on blue")
    let urgent = Appearance(.severity(.emergency), in: .builtIn, palette: .truecolor)
    #expect(urgent.sequence == "\u{1b}[0;1;7;38;2;232;93;93m")
    #expect(urgent.words == "#e85d5d bold reversed")
  }
}
