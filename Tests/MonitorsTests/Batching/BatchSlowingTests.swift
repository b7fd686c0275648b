import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Batches that get less and less done") struct BatchSlowingTests {
  private static func slowing(
    _ batches: Int, seed: UInt64 = 1, noise: Double = 0.1, _ level: (Double) -> Double
  ) -> BatchSlowing {
    var random = SeededNoise(seed: seed)
    var slowing = BatchSlowing()
    for batch in 0..<batches {
      let share = Double(batch) / Double(batches)
      slowing.add(100 * level(share) * exp(noise * random.normal()), arm: 7)
    }
    return slowing
  }

  @Test("a fall by a third is seen, and by how much")
  func falls() throws {
    let fallen = try #require(Self.slowing(400) { 1 - 0.33 * $0 }.fallen)
    #expect((0.15...0.33).contains(fallen))
  }

  @Test("noise, a rise and a small fall are none")
  func steady() {
    for seed in 0..<40 as Range<UInt64> {
      #expect(Self.slowing(1000, seed: seed, noise: 0.25) { _ in 1 }.fallen == nil)
      #expect(Self.slowing(400, seed: seed) { 1 + $0 }.fallen == nil)
      #expect(Self.slowing(400, seed: seed) { 1 - 0.1 * $0 }.fallen == nil)
    }
  }

  @Test("another size is another story, but for one odd batch")
  func sizes() {
    var slowing = Self.slowing(400) { 1 - 0.4 * $0 }
    slowing.add(20, arm: 3)
    #expect(slowing.fallen != nil)
    for _ in 0..<5 { slowing.add(20, arm: 3) }
    #expect(slowing.fallen == nil)
  }

  @Test("what fell and then stayed is forgotten in time")
  func forgets() {
    var slowing = Self.slowing(400) { 1 - 0.4 * $0 }
    #expect(slowing.fallen != nil)
    for _ in 0..<8000 { slowing.add(60, arm: 7) }
    #expect(slowing.fallen == nil)
  }

  @Test("what is no throughput is passed over", arguments: [0, -1, Double.nan, .infinity])
  func nonsense(_ value: Double) {
    var slowing = BatchSlowing()
    for _ in 0..<1000 { slowing.add(value, arm: 1) }
    #expect(slowing.fallen == nil)
  }
}
