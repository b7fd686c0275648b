import Testing

@testable import Monitors
@testable import perftop

@Suite("What a tick changes on the screen")
struct ScreenChangeTests {
  /// Cells that differ, and about how many bytes a terminal is sent for them: a move for each run, a colour for each change of look, and the glyphs.
  private func cost(_ old: Canvas, _ new: Canvas) -> (cells: Int, bytes: Int) {
    var cells = 0
    var bytes = 0
    var role: Role?
    for y in 0..<new.size.height {
      var behind = -2
      for x in 0..<new.size.width where old[x, y] != new[x, y] {
        cells += 1
        if behind != x { bytes += 7 }
        if role != new[x, y].role { bytes += 12 }
        role = new[x, y].role
        behind = x + 1
        bytes += new[x, y].glyph.scalar < 0x80 ? 1 : 3
      }
    }
    return (cells, bytes)
  }

  @Test("few cells change from tick to tick", arguments: [false, true])
  func fewCells(isTroubled: Bool) {
    var robot = Robot(isTroubled: isTroubled, ticks: 400)
    let screen = Screen(glyphs: .unicode)
    let size = Size(width: 120, height: 40)
    var old = screen.drawn(.of(robot.snapshot), size: size, keys: .usual, help: [])
    var cells = 0
    var bytes = 0
    for _ in 0..<200 {
      robot.advance()
      let new = screen.drawn(.of(robot.snapshot), size: size, keys: .usual, help: [])
      let cost = cost(old, new)
      cells += cost.cells
      bytes += cost.bytes
      old = new
    }
    #expect(cells / 200 < 60)
    #expect(bytes / 200 < 650)
  }
}
