import Testing

@testable import perftop

@Suite("Palettes")
struct PaletteTests {
  @Test(
    "256 colours by nearness, in the cube or among the greys",
    arguments: [
      (RGB.black, 16), (.white, 231), (RGB(red: 255, green: 0, blue: 0), 196),
      (RGB(red: 0, green: 255, blue: 0), 46), (RGB(red: 204, green: 204, blue: 204), 252),
      (RGB(red: 100, green: 102, blue: 104), 241), (RGB(red: 181, green: 64, blue: 64), 131),
      (RGB(red: 26, green: 27, blue: 38), 234), (RGB(red: 95, green: 135, blue: 175), 67),
    ])
  func indexed(_ rgb: RGB, _ expected: Int) {
    #expect(Palette.indexed(rgb) == expected)
  }

  @Test("none of the 240 is nearer than the one that is taken")
  func nearest() {
    for seed in 0..<400 {
      let rgb = RGB(red: seed * 7 % 256, green: seed * 31 % 256, blue: seed * 101 % 256)
      let taken = Palette.shown(Int32(Palette.indexed(rgb)))?.distance(to: rgb) ?? .max
      let best = (16..<256).compactMap { Palette.shown($0)?.distance(to: rgb) }.min() ?? 0
      // Equal steps to either side leave a choice; nothing else does.
      #expect(taken <= best + best / 8 + 2, "\(rgb)")
    }
  }

  @Test("dark grounds stay dark, where btop's formula makes them a middle grey")
  func darkGrounds() {
    for hex in ["#1a1b26", "#2e3440", "#282a36", "#002b36", "#24283b"] {
      guard case .rgb(let rgb) = ThemeColor(hex, for: .mainBackground) else { continue }
      let shown = Palette.shown(Int32(Palette.indexed(rgb)))
      #expect((shown?.luminance ?? 1) < 0.06, "\(hex)")
    }
  }

  @Test("a number is shown as terminals show it")
  func shown() {
    #expect(Palette.shown(-1) == nil)
    #expect(Palette.shown(9) == RGB(red: 255, green: 0, blue: 0))
    #expect(Palette.shown(67) == RGB(red: 95, green: 135, blue: 175))
    #expect(Palette.shown(255) == RGB(red: 238, green: 238, blue: 238))
    #expect(Palette.shown(Palette.directBase | 0x010203) == RGB(red: 1, green: 2, blue: 3))
  }

  @Test("a paint becomes a number of the palette's kind")
  func numbers() {
    let paint = Paint(rgb: RGB(red: 181, green: 64, blue: 64))
    #expect(Palette.truecolor.number(paint, for: .ink) == Palette.directBase | 0xb54040)
    #expect(Palette.indexed256.number(paint, for: .ink) == 131)
    #expect(Palette.sixteen.number(paint, for: .ink) == 1)
    #expect(Palette.off.number(paint, for: .ink) == -1)
    for palette in Palette.allCases { #expect(palette.number(.terminal, for: .ink) == -1) }
  }

  @Test(
    "where there are sixteen, hue counts more than nearness, and what has none is a grey",
    arguments: [
      ("#5fb070", 10), ("#d0a045", 11), ("#e85d5d", 9), ("#5a9fd4", 14), ("#cc79a7", 13),
      ("#4f8fff", 12), ("#cccccc", 7), ("#808080", 8), ("#ffffff", 15), ("#000000", 0),
      ("#d5c4a1", 7), ("#7a2016", 1),
    ])
  func likeness(_ hex: String, _ number: Int32) {
    guard case .rgb(let rgb) = ThemeColor(hex, for: .title) else { return }
    #expect(Palette.sixteen.number(Paint(rgb: rgb), for: .ink) == number)
  }

  @Test("a page is black, grey or white, whatever tinge it has", arguments: Palette.allCases)
  func pages(_ palette: Palette) {
    guard palette == .sixteen || palette == .eight else { return }
    let dark = Paint(rgb: RGB(red: 0, green: 43, blue: 54))
    let light = Paint(rgb: RGB(red: 253, green: 246, blue: 227))
    #expect(palette.number(dark, for: .page) == 0)
    #expect(palette.number(light, for: .page) == (palette == .eight ? 7 : 15))
  }

  @Test("the terminal's colours decide, what was asked for only lowers them")
  func choice() {
    func choose(_ asked: Palette?, _ colors: Int, direct: Bool? = nil, _ value: String? = nil)
      -> Palette
    {
      Palette.choose(
        asked: asked,
        offer: .init(colors: colors, canDirect: direct != nil, promisesDirect: direct == true),
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
    #expect(choose(nil, 256, direct: true) == .truecolor)
    #expect(choose(nil, 256, direct: false) == .indexed256)
    #expect(choose(.truecolor, 256, direct: false) == .truecolor)
    #expect(choose(.off, 256, direct: true) == .off)
    #expect(choose(nil, 256, direct: true, "1") == .off)
    #expect(choose(nil, 256, "1") == .off)
    #expect(choose(nil, 256, "") == .indexed256)
    #expect(choose(.indexed256, 256, "1") == .indexed256)
  }
}
