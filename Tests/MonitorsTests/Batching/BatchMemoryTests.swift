import Testing

@testable import Monitors

@Suite("What batches need of memory") struct BatchMemoryTests {
  @Test("with one size seen all of it is taken to grow with the size")
  func oneSize() {
    var memory = BatchMemory()
    #expect(!memory.isKnown)
    memory.add(100e6, size: 10, arm: 1)
    #expect(memory.need(20) == 200e6)
    #expect(memory.largest(within: 1e9) < 92)
  }

  @Test("two sizes tell the base from the items")
  func twoSizes() {
    var memory = BatchMemory()
    for _ in 0..<5 {
      memory.add(60e6, size: 10, arm: 1)
      memory.add(110e6, size: 60, arm: 2)
    }
    #expect(abs(memory.need(100) - 150e6) < 1e6)
    #expect(memory.mean(2) == 110e6)
  }

  @Test("memory that does not depend on the size bounds nothing")
  func constant() {
    var memory = BatchMemory()
    memory.add(60e6, size: 10, arm: 1)
    memory.add(50e6, size: 60, arm: 2)
    #expect(memory.largest(within: 1e9) > 1e9)
  }

  @Test("sizes that were seen long ago count little")
  func fades() {
    var memory = BatchMemory()
    for _ in 0..<50 { memory.add(1000e6, size: 100, arm: 2) }
    for _ in 0..<2500 { memory.add(60e6, size: 10, arm: 1) }
    #expect(memory.mean(2) == nil)
  }
}
