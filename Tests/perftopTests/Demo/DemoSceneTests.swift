import Testing

@testable import perftop

@Suite("The demo's script")
struct DemoSceneTests {
  static let minute = (0..<600).map { DemoScene(elapsed: Double($0) / 10) }

  @Test("within the first minute it is critically hot for longer than an alarm waits")
  func heats() {
    let waits = 20.0
    let hot = Self.minute.filter { $0.celsius >= 80 }.map(\.elapsed)
    let first = hot.first ?? 60
    let lasts = (hot.last ?? 0) - first
    #expect(lasts > waits + 2)
    #expect(hot.count == Int(lasts * 10 + 1.5), "without a break")
    #expect(first + waits < 55, "so that it is seen to fire in this minute")
    #expect(Self.minute.contains { $0.isUnderVoltage })
  }

  @Test("then it stays cool long enough for the alarm to resolve, and comes again")
  func cools() {
    let keeps = 180.0
    let cool = (600..<3000).map { DemoScene(elapsed: Double($0) / 10) }
    #expect(cool.allSatisfy { $0.celsius < 70 && !$0.isUnderVoltage && !$0.isTooHot })
    #expect(Double(cool.count) / 10 > keeps)
    #expect(DemoScene(elapsed: DemoScene.heatCycle + 30).celsius > 80)
  }

  @Test("the temperature moves without jumps")
  func isSmooth() {
    let scenes = (0..<6000).map { DemoScene(elapsed: Double($0) / 10) }
    for (before, after) in zip(scenes, scenes.dropFirst()) {
      #expect(abs(after.celsius - before.celsius) < 0.8)
      #expect((30.0...90).contains(after.celsius))
    }
  }

  @Test("within the first minute every format is written, at two rates, with a stall")
  func writes() {
    for format in DemoFormat.allCases {
      let rates = Set(Self.minute.map { $0.writeRate(format) })
      #expect(rates.count >= 2)
      #expect(rates.contains(0))
      #expect((rates.max() ?? 0) > 0)
    }
    #expect(Self.minute.contains { $0.isStalled && $0.isBusy })
  }

  @Test("the leak is large enough to be noticed and fits into its memory")
  func leaks() {
    let leaked = Self.minute.reduce(0) { $0 + $1.leakRate / 10 }
    #expect(leaked > 30_000_000)
    #expect(leaked < Double(RobotMemory.leakLimit))
    #expect(Self.minute.last?.isLeaking == false)
  }
}
