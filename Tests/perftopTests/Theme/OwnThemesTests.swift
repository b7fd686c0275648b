import Glibc
import Monitors
import TestSupport
import Testing

@testable import perftop

/// The themes of this tree, and those of btop and its kin that are installed or named in `PERFTOP_THEMES`.
enum KnownThemes {
  static let folder =
    #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/themes"

  static let own: [Theme] = themes(in: folder)

  /// Those of others: what there is on this machine.
  static let foreign: [Theme] =
    (["/usr/share/btop/themes", "/usr/share/bpytop/themes", "/usr/share/bashtop/themes"]
    + [variable("PERFTOP_THEMES")].compactMap(\.self)).flatMap(themes)

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  static func names(in folder: String) -> [String] {
    ((try? LiveFiles().list(folder, in: nil)) ?? []).filter { $0.hasSuffix(".theme") }.sorted()
  }

  private static func themes(in folder: String) -> [Theme] {
    let catalogue = ThemeCatalogue(host: .live(), themesDirectory: folder, executable: nil)
    return names(in: folder).compactMap {
      try? catalogue.theme(named: "\(folder)/\($0)").theme
    }
  }
}

@Suite("The themes themselves")
struct OwnThemesTests {
  private static let severities = Role.Shade.allCases.map(Role.severity)
  private static let read: [Role] =
    severities + [.text, .dim, .title, .key, .selected, .graphText, .frozen, .banner]
  private static let colored = Palette.allCases.filter { $0 != .off }

  /// What is seen of a role, reversal carried out.
  private func seen(_ role: Role, _ theme: Theme, _ palette: Palette) -> (ink: RGB, ground: RGB) {
    let appearance = Appearance(role, in: theme, palette: palette)
    let ink = Palette.shown(appearance.foreground) ?? theme.assumedText
    let ground = Palette.shown(appearance.background) ?? theme.assumedBackground
    return appearance.emphasis.contains(.reversed) ? (ground, ink) : (ink, ground)
  }

  @Test("there are at least eight of our own, and each file of the tree is one")
  func number() {
    #expect(KnownThemes.own.count >= 8)
    #expect(KnownThemes.own.count == KnownThemes.names(in: KnownThemes.folder).count)
    #expect(KnownThemes.own.contains { $0 == .builtIn })
    #expect(KnownThemes.own.filter(\.isLight).count >= 3)
  }

  @Test(
    "in every theme and with any number of colours, whatever is to be read stands out at least 3:1",
    arguments: KnownThemes.own + KnownThemes.foreign + [
      .terminals, Theme(name: "default", colors: [:]),
    ],
    colored)
  func readable(_ theme: Theme, _ palette: Palette) {
    for role in Self.read {
      let (ink, ground) = seen(role, theme, palette)
      #expect(ink.contrast(with: ground) >= 3, "\(role) of \(theme.name)")
    }
  }

  @Test("in every theme a selected row differs from the others", arguments: colored)
  func selection(_ palette: Palette) {
    for theme in KnownThemes.own + KnownThemes.foreign {
      #expect(seen(.selected, theme, palette) != seen(.text, theme, palette), "\(theme.name)")
    }
  }

  @Test("a theme of our own says all 48 keys, without a mistake", arguments: KnownThemes.own)
  func complete(_ theme: Theme) throws {
    let catalogue = ThemeCatalogue(
      host: .live(), themesDirectory: KnownThemes.folder, executable: nil)
    let found = try catalogue.theme(named: theme.name)
    #expect(found.warnings.isEmpty)
    #expect(ThemeKey.allCases.allSatisfy { theme[$0] != .inherited })
    #expect(theme.name.hasPrefix("perftop-"))
  }

  @Test(
    "in our own, no severity needs to be reversed to be read, and text is easy",
    arguments: KnownThemes.own)
  func comfortable(_ theme: Theme) {
    for palette in [Palette.truecolor, .indexed256] {
      for shade in Role.Shade.allCases where shade != .emergency {
        let appearance = Appearance(.severity(shade), in: theme, palette: palette)
        #expect(!appearance.emphasis.contains(.reversed), "\(shade)")
      }
      let text = seen(.text, theme, palette)
      #expect(text.ink.contrast(with: text.ground) >= 4.5)
    }
  }

  @Test("in the themes of high contrast nothing that is to be read is below 7:1")
  func highContrast() {
    let themes = KnownThemes.own.filter { $0.name.hasPrefix("perftop-contrast") }
    #expect(themes.count == 2)
    for theme in themes {
      for role in Self.read {
        let (ink, ground) = seen(role, theme, .truecolor)
        #expect(ink.contrast(with: ground) >= 7, "\(role) of \(theme.name)")
      }
    }
  }

  @Test("the monochrome theme has no colour at all, and the night theme neither green nor blue")
  func monochrome() throws {
    let mono = try #require(KnownThemes.own.first { $0.name == "perftop-mono" })
    let night = try #require(KnownThemes.own.first { $0.name == "perftop-night" })
    for index in 0..<Role.indexCount {
      let (ink, _) = seen(Role(index: index), mono, .truecolor)
      #expect(ink.red == ink.green && ink.green == ink.blue)
      let (red, _) = seen(Role(index: index), night, .truecolor)
      #expect(red.red >= red.green && red.red >= red.blue)
      #expect(max(red.green, red.blue) * 3 <= red.red * 2 + 60, "\(Role(index: index))")
    }
  }

  @Test(
    "with the themes for colour-blind eyes severities stay apart, whatever the eyes lack",
    arguments: ColorVision.allCases, [Palette.truecolor, .indexed256])
  func colorBlind(_ vision: ColorVision, _ palette: Palette) {
    let themes = KnownThemes.own.filter { $0.name.hasPrefix("perftop-safe") }
    #expect(themes.count == 2)
    let shades: [Role.Shade] = [.ok, .info, .warning, .critical, .stale]
    for theme in themes {
      for (place, shade) in shades.enumerated() {
        for other in shades[..<place] {
          let (one, two) = (
            seen(.severity(shade), theme, palette).ink, seen(.severity(other), theme, palette).ink
          )
          #expect(vision.difference(one, two) >= 20, "\(shade) and \(other) of \(theme.name)")
        }
      }
    }
  }

  @Test("the colours that are told apart by red and green alone are not")
  func simulation() {
    let (red, green) = (RGB(red: 190, green: 60, blue: 20), RGB(red: 110, green: 110, blue: 0))
    #expect(ColorVision.usual.difference(red, green) > 50)
    #expect(ColorVision.deuteranopia.difference(red, green) < 25)
    #expect(ColorVision.protanopia.difference(.black, .white) > 90)
  }
}
