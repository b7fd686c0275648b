import Testing

@testable import Monitors

@Suite("Stretches of a series, short and long ones")
struct ShiftBlocksTests {
  private func blocks(_ means: [Double]) -> ShiftBlocks {
    var blocks = ShiftBlocks()
    for mean in means { blocks.append(sum: 8 * mean) }
    return blocks
  }

  @Test("however long the series, there are few of them, and together they are all of it")
  func bounded() {
    var blocks = ShiftBlocks()
    for number in 1...100_000 {
      blocks.append(sum: Double(number))
      #expect(blocks.blocks.count <= 48)
    }
    #expect(blocks.samples == 800_000)
    #expect(blocks.blocks.reduce(0) { $0 + $1.width } == 800_000)
    #expect(blocks.blocks.reduce(0) { $0 + $1.sum } == 100_000 * 100_001 / 2)
  }

  @Test("the newest stay short, so that what changed just now is seen as soon as in a short series")
  func newest() {
    let all = blocks((0..<5000).map(Double.init)).blocks
    #expect(all.suffix(24).allSatisfy { $0.width == 8 })
    #expect(all.suffix(24).map(\.mean) == (4976..<5000).map(Double.init))
    #expect(all[0].width > 100)
  }

  @Test("the strongest split is where the level changes")
  func split() throws {
    let blocks = blocks((0..<30).map { ($0 < 12 ? 0 : 2) + ($0 % 2 == 0 ? 0.1 : -0.1) })
    let split = try #require(blocks.strongest(.usual))
    #expect(split.before == 96 && split.after == 144)
    #expect(abs(split.difference - 2) < 0.01)
    #expect(blocks.separation(split) == 1)
    #expect(abs(blocks.held(split, newest: 2) - 1) < 0.01)
  }

  @Test("too little on either side is no split")
  func tooLittle() {
    #expect(blocks([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]).strongest(.usual) == nil)
    #expect(ShiftBlocks().strongest(.usual) == nil)
  }

  @Test("a level that goes up and down slowly resembles itself, one that is only noisy does not")
  func wander() throws {
    let slow = blocks((0..<40).map { $0 < 28 ? [0, 1, 2, 3, 2, 1][$0 / 3 % 6] : 9 })
    let noisy = blocks((0..<40).map { $0 < 28 ? [0, 1, -1, 1, 0, -1][$0 % 6] : 9 })
    #expect(slow.wander(try #require(slow.strongest(.usual))) > 0.4)
    #expect(noisy.wander(try #require(noisy.strongest(.usual))) < 0.1)
  }
}
