import Testing

@testable import perftop

@Suite("The demo's memory")
struct RobotMemoryTests {
  @Test("it grows while it leaks, saws meanwhile, gives all back, and stays below its bound")
  func followsScript() {
    var memory = RobotMemory()
    memory.prepare()
    let step = 0.5
    let sizes = (0..<240).map { tick in
      memory.step(DemoScene(elapsed: Double(tick) * step), seconds: step)
      return memory.size
    }
    #expect((sizes.max() ?? 0) < 110_000_000)
    #expect(sizes[95] - sizes[16] > 20_000_000)
    #expect(sizes[119] < sizes[95] - 30_000_000)
    #expect(zip(sizes, sizes.dropFirst()).contains { $1 < $0 - 8_000_000 })
  }
}
