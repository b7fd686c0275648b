import Testing

@testable import perftop

@Suite("24 bits of colour by way of numbers")
struct DirectColorsTests {
  private func color(_ value: Int32) -> Int32 { Palette.directBase | value }

  private func spelled(_ colors: DirectColors, _ text: String, from start: Int = 0) -> String {
    var bytes = Array(text.utf8)
    colors.spell(&bytes, from: start)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("each colour has a number of its own, above the terminal's sixteen")
  func numbers() {
    var colors = DirectColors()
    #expect(colors.number(for: color(0xff0000)) == 16)
    #expect(colors.number(for: color(0x00ff00)) == 17)
    #expect(colors.number(for: color(0xff0000)) == 16)
    colors.forget()
    #expect(colors.number(for: color(0x00ff00)) == 16)
  }

  @Test("what is written of a number is spelled out, and nothing else is touched")
  func spelling() {
    var colors = DirectColors()
    _ = colors.number(for: color(0x010203))
    _ = colors.number(for: color(0xfffefd))
    let escape = "\u{1b}["
    #expect(spelled(colors, "\(escape)38;5;16mx") == "\(escape)38;2;1;2;3mx")
    #expect(
      spelled(colors, "a\(escape)1;38;5;17;48;5;16;4mb\(escape)H")
        == "a\(escape)1;38;2;255;254;253;48;2;1;2;3;4mb\(escape)H")
    for text in [
      "\(escape)38;5;9m", "\(escape)31m", "\(escape)38;5;200m", "\(escape)m", "\(escape)38;5;",
      "38;5;16m", "\(escape)38;5;16H", "\u{1b}", "\(escape)", "\(escape)38m", "\(escape)38;5m", "",
      "\(escape)39;49m", "\u{1b}(B\(escape)0;10m", "\(escape)38;5;99999999999999999999m",
    ] {
      #expect(spelled(colors, text) == text)
    }
    #expect(spelled(colors, "\(escape)38;5;16m", from: 3) == "\(escape)38;5;16m")
    #expect(spelled(DirectColors(), "\(escape)38;5;16m") == "\(escape)38;5;16m")
  }

  @Test("more colours than there are numbers get the nearest one")
  func overflow() {
    var colors = DirectColors()
    for grey in 0..<240 { _ = colors.number(for: color(Int32(grey))) }
    #expect(colors.number(for: color(239)) == 255)
    #expect(colors.number(for: color(255)) == 255)
    #expect(colors.number(for: color(0x0100)) == 16)
  }
}
