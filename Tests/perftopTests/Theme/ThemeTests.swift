import Monitors
import Testing

@testable import perftop

@Suite("Themes")
struct ThemeTests {
  private func theme(_ text: String) -> Theme {
    Theme(name: "test", file: ThemeFile(text.utf8))
  }

  private func rgb(_ red: Int, _ green: Int, _ blue: Int) -> RGB {
    RGB(red: red, green: green, blue: blue)
  }

  @Test("every one of the 48 keys has a colour, given or not")
  func complete() {
    let empty = theme("")
    #expect(ThemeKey.allCases.count == 48)
    for key in ThemeKey.allCases {
      #expect(ThemeColor(key.fallback, for: key) != nil, "\(key)")
    }
    #expect(empty[.mainForeground] == .rgb(rgb(204, 204, 204)))
    #expect(empty[.mainBackground] == .rgb(.black))
  }

  @Test("meter and graph text take the resolved inactive colour")
  func inactive() {
    let given = theme("theme[inactive_fg]=\"#55\"")
    #expect(given[.meterBackground] == .rgb(rgb(85, 85, 85)))
    #expect(given[.graphText] == .rgb(rgb(85, 85, 85)))
    #expect(theme("")[.graphText] == .rgb(rgb(64, 64, 64)))
  }

  @Test("without a start the process gradient is the load gradient, whatever else is given")
  func process() {
    let copied = theme("theme[cpu_start]=\"#11\"\ntheme[cpu_mid]=\"\"\ntheme[process_end]=\"#99\"")
    #expect(copied[.processStart] == .rgb(rgb(17, 17, 17)))
    #expect(copied[.processMid] == .undefined)
    #expect(copied[.processEnd] == copied[.cpuEnd])
    let own = theme("theme[process_start]=\"#11\"")
    #expect(own[.processMid] == .undefined)
    #expect(own[.processEnd] == .undefined)
  }

  @Test("a missing middle takes the default's, an empty one has none")
  func middle() {
    let ends = "theme[cpu_start]=\"0 0 0\"\ntheme[cpu_end]=\"100 100 100\"\n"
    #expect(theme(ends)[.cpuMid] == .rgb(rgb(203, 192, 108)))
    let linear = theme(ends + "theme[cpu_mid]=\"\"")
    #expect(linear.gradient(.cpu, 50) == rgb(50, 50, 50))
    #expect(linear.gradient(.cpu, 37) == rgb(37, 37, 37))
  }

  @Test("a gradient goes through its middle at 50, in whole numbers cut toward zero")
  func gradient() {
    let given = theme(
      "theme[temp_start]=\"0 100 0\"\ntheme[temp_mid]=\"33 50 0\"\ntheme[temp_end]=\"255 0 9\"")
    #expect(given.gradient(.temperature, 0) == rgb(0, 100, 0))
    #expect(given.gradient(.temperature, 25) == rgb(16, 75, 0))
    #expect(given.gradient(.temperature, 50) == rgb(33, 50, 0))
    #expect(given.gradient(.temperature, 51) == rgb(37, 49, 0))
    #expect(given.gradient(.temperature, 100) == rgb(255, 0, 9))
    #expect(given.gradient(.temperature, 1000) == given.gradient(.temperature, 100))
    #expect(given.gradient(.temperature, -1) == given.gradient(.temperature, 0))
  }

  @Test("without an end a gradient is flat, even where there is a middle")
  func flat() {
    let given = theme("theme[used_start]=\"#40\"\ntheme[used_mid]=\"#80\"\ntheme[used_end]=\"\"")
    #expect((0...100).allSatisfy { given.gradient(.used, $0) == rgb(64, 64, 64) })
  }

  @Test("a start that is no colour counts as below zero, and is cut off only at the end")
  func invalidStart() {
    let given = theme(
      "theme[used_start]=\"#fff\"\ntheme[used_mid]=\"\"\ntheme[used_end]=\"99 99 99\"")
    #expect(given.gradient(.used, 0) == .black)
    #expect(given.gradient(.used, 1) == .black)
    #expect(given.gradient(.used, 100) == rgb(99, 99, 99))
  }

  @Test("numbers above 255 are reckoned with, and cut off at the end")
  func overflow() {
    let given = theme(
      "theme[used_start]=\"0 0 0\"\ntheme[used_mid]=\"\"\ntheme[used_end]=\"510 0 0\"")
    #expect(given.gradient(.used, 25) == rgb(127, 0, 0))
    #expect(given.gradient(.used, 90) == rgb(255, 0, 0))
  }

  @Test(
    "whether a theme is light follows from its background, or from its text where that is the terminal's"
  )
  func lightness() {
    #expect(theme("theme[main_bg]=\"#ff\"").isLight)
    #expect(!theme("").isLight)
    #expect(theme("theme[main_bg]=\"\"\ntheme[main_fg]=\"#22\"").isLight)
    #expect(!Theme.builtIn.isLight)
  }

  @Test("contrast is what WCAG says it is")
  func contrast() {
    #expect(abs(RGB.black.contrast(with: .white) - 21) < 0.01)
    #expect(abs(rgb(119, 119, 119).contrast(with: .white) - 4.48) < 0.01)
  }
}
