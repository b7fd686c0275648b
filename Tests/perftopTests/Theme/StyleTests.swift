import Monitors
import Testing

@testable import perftop

@Suite("Styles")
struct StyleTests {
  private func theme(_ text: String) -> Theme {
    Theme(name: "test", file: ThemeFile(text.utf8))
  }

  @Test("a severity has its colour of the load gradient, and the end's where there is no middle")
  func severities() {
    let given = theme("theme[cpu_mid]=\"#ff0000\"\ntheme[cpu_end]=\"#00ff00\"")
    let red = RGB(red: 255, green: 0, blue: 0)
    #expect(given.style(for: .severity(.warning)).foreground.rgb == red)
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

  @Test("btop's theme for consoles is the terminal's own sixteen, by btop's table")
  func terminals() {
    let theme = Theme.terminals
    #expect(theme.style(for: .text) == Style(foreground: .terminal, background: .terminal))
    #expect(theme.style(for: .key).foreground.own == 9)
    #expect(theme.style(for: .selected).background.own == 1)
    let levels: [(UInt8, UInt8)] = [(0, 10), (33, 10), (34, 11), (66, 11), (67, 9), (100, 9)]
    for (level, own) in levels {
      #expect(theme.style(for: .gradient(.cpu, level)).foreground.own == own, "\(level)")
    }
    // Without a middle the halves are half each.
    #expect(theme.style(for: .gradient(.storageRead, 50)).foreground.own == 4)
    #expect(theme.style(for: .gradient(.storageRead, 51)).foreground.own == 12)
  }
}
