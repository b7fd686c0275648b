import Testing

@testable import perftop

@Suite("Theme files")
struct ThemeFileTests {
  private func color(_ value: String, _ key: ThemeKey = .title) -> ThemeColor? {
    ThemeFile("theme[\(key.rawValue)]=\(value)".utf8).colors[key]
  }

  private func rgb(_ red: Int, _ green: Int, _ blue: Int) -> ThemeColor {
    .rgb(RGB(red: red, green: green, blue: blue))
  }

  @Test("six digits, two digits and three decimals are colours")
  func colors() {
    #expect(color("\"#1a2B3c\"") == rgb(26, 43, 60))
    #expect(color("\"#0f\"") == rgb(15, 15, 15))
    #expect(color("\"255  0 10\"") == rgb(255, 0, 10))
    #expect(color("\"300 -5 10\"") == rgb(300, -5, 10))
  }

  @Test(
    "a hash with anything but two or six hex digits emits nothing, and is told",
    arguments: ["#fff", "#12345g", "#", "#1234567", "#é1"])
  func invalidHex(_ value: String) {
    let file = ThemeFile("theme[title]=\"\(value)\"".utf8)
    #expect(file.colors[.title] == .inherited)
    #expect(file.warnings.count == 1)
  }

  @Test(
    "what is not three numbers is as if missing",
    arguments: ["1 2", "1 2 3 4", "a b c", "1\t2\t3", "99999999999 0 0", " #ffffff", "\\e[31m"])
  func asIfMissing(_ value: String) {
    #expect(color("\"\(value)\"") == nil)
  }

  @Test("empty is the terminal's background, an undefined point, or as if missing")
  func empty() {
    #expect(color("\"\"", .mainBackground) == .terminal)
    #expect(color("\"\"", .cpuMid) == .undefined)
    #expect(color("\"\"", .usedEnd) == .undefined)
    #expect(color("\"\"", .cpuStart) == nil)
    #expect(color("", .cpuMid) == .undefined)
  }

  @Test("a value without quotes may have a comment, and its own hash does not begin one")
  func unquoted() {
    #expect(color("#aabbcc # pink") == rgb(170, 187, 204))
    #expect(color("1 2 3   # dark\r") == rgb(1, 2, 3))
    #expect(color("  \"#10\" # grey") == rgb(16, 16, 16))
  }

  @Test("an unquoted empty value does not swallow the next line")
  func emptyLine() {
    let file = ThemeFile("theme[cpu_mid]=\ntheme[title]=\"#11\"\n".utf8)
    #expect(file.colors == [.cpuMid: .undefined, .title: rgb(17, 17, 17)])
  }

  @Test("the last of several lines for a key counts, even where it is as if missing")
  func duplicates() {
    #expect(
      ThemeFile("theme[title]=\"#11\"\ntheme[title]=\"#22\"".utf8).colors[.title]
        == rgb(34, 34, 34))
    #expect(ThemeFile("theme[title]=\"#11\"\ntheme[title]=\"\"".utf8).colors[.title] == nil)
  }

  @Test(
    "comments, carriage returns, a byte order mark and other words before the bracket do no harm")
  func grammar() {
    let text =
      "\u{feff}# theme[title]=\"#11\"\r\n  # theme[hi_fg]=\"#11\"\r\n\r\n"
      + "  anything[inactive_fg] = \"#22\"\r\n[div_line]=\"#33\"\r\n"
    let file = ThemeFile(text.utf8)
    #expect(file.colors == [.inactive: rgb(34, 34, 34), .dividerLine: rgb(51, 51, 51)])
  }

  @Test("keys of newer versions, in other letters or with blanks are passed over in silence")
  func unknownKeys() {
    let file = ThemeFile(
      "theme[new_key]=\"#11\"\ntheme[TITLE]=\"#11\"\ntheme[ title ]=\"#11\"".utf8)
    #expect(file.colors.isEmpty)
    #expect(file.warnings.isEmpty)
  }

  @Test("F8: raw escapes, endless lines and a million entries end in a few warnings")
  func hostile() {
    let line = "theme[title]=\"\u{1b}]52;c;aGk=\u{7}\"\n"
    let endless = "theme[hi_fg]=\"" + String(repeating: "9", count: 100_000) + "\"\n"
    let file = ThemeFile((endless + String(repeating: line, count: 20_000)).utf8)
    #expect(file.colors.isEmpty)
    #expect(file.warnings.count <= 21)
    #expect(file.warnings.allSatisfy { !$0.text.contains("\u{1b}") })
  }

  @Test("F8: exactly a thousand entries are read, and the rest is told of once")
  func entries() {
    let line = "theme[title]=\"#11\"\n"
    let full = String(repeating: line, count: ThemeFile.mostEntries)
    let last = ThemeFile((full + "theme[hi_fg]=\"#22\"\n" + full).utf8)
    #expect(last.colors == [.title: rgb(17, 17, 17)])
    #expect(last.warnings == ["line 1001: more than 1000 entries; the rest is left out"])
    #expect(ThemeFile(full.utf8).warnings.isEmpty)
  }

  @Test("F8: a file cut off anywhere is a theme, without a crash and without what is not there")
  func truncated() {
    let whole = Array(
      "theme[main_bg]=\"\"\r\ntheme[title] = \"1 2 3\" # é\ntheme[hi_fg]=#445566".utf8)
    for count in 0...whole.count {
      let file = ThemeFile(whole.prefix(count))
      #expect(file.colors.count <= 3)
      #expect(file.warnings.count <= 1)
    }
    #expect(ThemeFile(whole).colors.count == 3)
  }

  @Test("F8: any bytes are read in the time it takes to read them, and say nothing raw")
  func binary() {
    var state: UInt32 = 1
    for size in [1, 100, 4096, 300_000] {
      let bytes = (0..<size).map { _ -> UInt8 in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
      }
      let file = ThemeFile(Array("theme[title]=\"#".utf8) + bytes)
      #expect(file.colors.values.allSatisfy { $0 == .inherited })
      #expect(
        file.warnings.allSatisfy { line in
          line.text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        })
    }
  }

  @Test(
    "numbers beyond all measure are numbers, and no crash in any gradient",
    arguments: [true, false])
  func extremes(_ isNegative: Bool) {
    let value = isNegative ? "-2147483648" : "2147483647"
    let lines = ThemeKey.allCases.map { "theme[\($0.rawValue)]=\"\(value) 0 \(value)\"" }
    let theme = Theme(name: "x", file: ThemeFile(lines.joined(separator: "\n").utf8))
    let opposite = isNegative ? "2147483647 0 0" : "-2147483648 0 0"
    let mixed = ThemeFile("theme[cpu_start]=\"\(value) 0 0\"\ntheme[cpu_mid]=\"\(opposite)\"".utf8)
    for theme in [theme, Theme(name: "y", file: mixed)] {
      for index in 0..<Role.indexCount {
        for palette in Palette.allCases {
          _ = Appearance(Role(index: index), in: theme, palette: palette)
        }
      }
    }
  }

  @Test("a file that says nothing of colours is told to be none, if it is the whole of it")
  func nothing() {
    for text in ["", "# theme[title]=\"#11\"\n", "int main() {}\n"] {
      #expect(ThemeFile(text.utf8).warnings.count == 1)
    }
    #expect(ThemeFile("theme[of_tomorrow]=\"#11\"".utf8).warnings.isEmpty)
  }

  @Test("bytes that are no text are no theme, and no crash")
  func garbage() {
    #expect(ThemeFile((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }).colors.isEmpty)
    #expect(ThemeFile("theme[title".utf8).colors.isEmpty)
    #expect(ThemeFile("theme[title]".utf8).colors.isEmpty)
  }
}
