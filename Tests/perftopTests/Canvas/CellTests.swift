import Testing

@testable import perftop

@Suite("Cells")
struct CellTests {
  private static let roles: [Role] =
    [.text, .dim, .title, .key, .selected, .graphText, .frozen, .banner]
    + Role.Border.allCases.map(Role.border) + Role.Shade.allCases.map(Role.severity)
    + Role.Gradient.allCases.flatMap { gradient in
      (0...100).map { Role.gradient(gradient, $0) }
    }

  @Test("every role has a number of its own, within the table, and the number leads back to it")
  func indices() {
    #expect(Self.roles.map(\.index) == Array(0..<Role.indexCount))
    #expect(Self.roles.map { Role(index: $0.index) } == Self.roles)
    #expect(Role.gradient(.process, 255).index == Role.gradient(.process, 100).index)
    #expect(Role(index: -1) == .text)
    #expect(Role(index: 100_000) == .text)
  }

  @Test("a cell of eight bytes keeps all that is put into it")
  func keepsAll() {
    #expect(MemoryLayout<Cell>.size == 8)
    let glyphs = [
      Glyph.space, .continuation, Glyph(scalar: 0x10FFFF, combining: 0x0301, combining2: 0x7FFF),
    ]
    for (place, role) in Self.roles.enumerated() {
      let glyph = glyphs[place % glyphs.count]
      let emphasis = Emphasis(rawValue: UInt8(place % 8))
      let cell = Cell(glyph: glyph, role: role, emphasis: emphasis)
      #expect(cell.glyph == glyph)
      #expect(cell.role == role)
      #expect(cell.emphasis == emphasis)
    }
  }

  @Test("changing one part of a cell leaves the others as they are")
  func parts() {
    var cell = Cell(
      glyph: Glyph(scalar: 0x65, combining: 0x0301), role: .gradient(.cpu, 70), emphasis: .bold)
    cell.role = .banner
    #expect(
      cell == Cell(glyph: Glyph(scalar: 0x65, combining: 0x0301), role: .banner, emphasis: .bold))
    cell.glyph = .space
    cell.emphasis = .reversed
    #expect(cell == Cell(role: .banner, emphasis: .reversed))
  }

  @Test("a mark that a cell has no room for is left out, not taken for another")
  func marks() {
    #expect(CellText("e\u{0301}", in: .unicode).glyphs == [Glyph(scalar: 0x65, combining: 0x301)])
    #expect(CellText("e\u{FE0F}\u{1E8D0}", in: .unicode).glyphs == [Glyph(scalar: 0x65)])
  }
}
