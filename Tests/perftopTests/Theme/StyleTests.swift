import Monitors
import Testing

@testable import perftop

@Suite("Styles")
struct StyleTests {
  private static let shades: [Role.Shade] = [.info, .warning, .critical, .emergency, .stale]

  private func theme(_ text: String) -> Theme {
    Theme(name: "test", file: ThemeFile(text.utf8))
  }

  @Test("a severity that can't be seen against the background is text, reversed", arguments: shades)
  func invisible(_ shade: Role.Shade) {
    let black = ThemeKey.allCases.filter { $0 != .mainForeground }
      .map { "theme[\($0.rawValue)]=\"#00\"" }.joined(separator: "\n")
    let style = theme(black).style(for: .severity(shade))
    #expect(style.foreground.rgb == RGB(red: 204, green: 204, blue: 204))
    #expect(style.emphasis.contains(.reversed))
  }

  @Test("a severity that can be seen has its colour of the load gradient")
  func visible() {
    let given = theme("theme[cpu_mid]=\"#ff0000\"\ntheme[cpu_end]=\"#00ff00\"")
    let warning = given.style(for: .severity(.warning))
    #expect(warning.foreground.rgb == RGB(red: 255, green: 0, blue: 0))
    #expect(!warning.emphasis.contains(.reversed))
    let twoPoints = theme("theme[cpu_mid]=\"\"\ntheme[cpu_end]=\"#00ff00\"")
    #expect(twoPoints.style(for: .severity(.warning)).foreground.rgb?.green == 255)
  }

  @Test("a colour that makes no sense leaves the text's and the background's")
  func inherited() {
    let style = theme("theme[title]=\"#fff\"\ntheme[main_bg]=\"#nothing\"").style(for: .title)
    #expect(style.foreground.rgb == RGB(red: 204, green: 204, blue: 204))
    #expect(style.background == .terminal)
  }

  @Test("without colour, urgency still stands out, and more of it more")
  func plain() {
    #expect(Theme.plainEmphasis(for: .severity(.ok)).isEmpty)
    #expect(Theme.plainEmphasis(for: .severity(.critical)) == .bold)
    #expect(Theme.plainEmphasis(for: .severity(.emergency)) == [.bold, .reversed])
    #expect(Theme.plainEmphasis(for: .selected) == .reversed)
  }
}
