import Testing

@testable import perftop

@Suite("Palettes")
struct PaletteTests {
  @Test(
    "256 colours by btop's formula",
    arguments: [
      (RGB.black, 232), (.white, 255), (RGB(red: 255, green: 0, blue: 0), 196),
      (RGB(red: 0, green: 255, blue: 0), 46), (RGB(red: 204, green: 204, blue: 204), 251),
      (RGB(red: 100, green: 102, blue: 104), 241), (RGB(red: 181, green: 64, blue: 64), 167),
      (RGB(red: 26, green: 0, blue: 25), 52),
    ])
  func indexed(_ rgb: RGB, _ expected: Int) {
    #expect(Palette.indexed(rgb) == expected)
  }

  @Test("every colour of 24 bits has a number from 16 to 255")
  func range() {
    for value in stride(from: 0, to: 256, by: 5) {
      for other in stride(from: 0, to: 256, by: 17) {
        let number = Palette.indexed(RGB(red: value, green: other, blue: 255 - value))
        #expect((16...255).contains(number))
      }
    }
  }

  @Test("a paint becomes a number of the palette's kind")
  func numbers() {
    let paint = Paint(rgb: RGB(red: 181, green: 64, blue: 64), sixteen: 9)
    #expect(Palette.truecolor.number(paint, isLight: false) == 0xb54040)
    #expect(Palette.indexed256.number(paint, isLight: false) == 167)
    #expect(Palette.sixteen.number(paint, isLight: false) == 9)
    #expect(Palette.off.number(paint, isLight: false) == -1)
    for palette in Palette.allCases { #expect(palette.number(.terminal, isLight: true) == -1) }
  }

  @Test("direct colours never fall among the terminal's own eight")
  func direct() {
    let black = Palette.truecolor.number(Paint(rgb: .black, sixteen: 0), isLight: false)
    #expect(black >= 8)
  }

  @Test("a light theme is matched by nearness where there are sixteen colours")
  func light() {
    let page = Paint(rgb: RGB(red: 250, green: 250, blue: 248), sixteen: nil)
    let ink = Paint(rgb: RGB(red: 20, green: 20, blue: 20), sixteen: nil)
    #expect(Palette.sixteen.number(page, isLight: true) == 15)
    #expect(Palette.sixteen.number(ink, isLight: true) == 0)
    #expect(Palette.sixteen.number(ink, isLight: false) == -1)
  }

  @Test("the terminal's colours decide, what was asked for only lowers them")
  func choice() {
    func choose(_ asked: Palette?, _ colors: Int, direct: Bool = false, _ value: String? = nil)
      -> Palette
    {
      Palette.choose(
        asked: asked, colors: colors, isDirect: direct,
        environment: { $0 == "NO_COLOR" ? value : nil })
    }
    #expect(choose(nil, 256) == .indexed256)
    #expect(choose(nil, 1 << 24, direct: true) == .truecolor)
    #expect(choose(nil, 16) == .sixteen)
    #expect(choose(nil, 8) == .eight)
    #expect(choose(nil, 0) == .off)
    #expect(choose(nil, -1) == .off)
    #expect(choose(.sixteen, 256) == .sixteen)
    #expect(choose(.truecolor, 256) == .indexed256)
    #expect(choose(nil, 256, "1") == .off)
    #expect(choose(nil, 256, "") == .indexed256)
    #expect(choose(.indexed256, 256, "1") == .indexed256)
  }
}
