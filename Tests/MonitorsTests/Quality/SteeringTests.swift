import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Steering a target that obeys") struct SteeringTests {
  private static let isLong = getenv("PERFTOP_LONG") != nil
  private static let seeds: UInt64 = isLong ? 20 : 2

  private static func scenario(_ name: String) -> QualityPlant.Scenario {
    QualityPlant.Scenario.all.first { $0.name == name } ?? QualityPlant.Scenario.all[0]
  }

  private static let allowed: [(name: String, mean: Double, most: Int)] = [
    ("idle", 0, 0), ("step up", 1.5, 3), ("trap", 3.5, 4), ("noisy", 2.5, 4),
    ("square fast", 2, 4), ("square slow", 4.5, 7), ("overload", 3, 5),
  ]
  private static let names = allowed.map(\.name)
  /// Those that make a bad controller hunt.
  private static let hard = isLong ? names : ["trap", "noisy", "square fast"]

  private func expectCalm(_ name: String, _ manners: SteeredRun.Manners) throws {
    let limit = try #require(Self.allowed.first { $0.name == name })
    let runs = (0..<Self.seeds).map { SteeredRun(Self.scenario(name), seed: $0, manners) }
    let mean = Double(runs.reduce(0) { $0 + $1.reversals }) / Double(runs.count)
    #expect(mean <= limit.mean)
    #expect(runs.allSatisfy { $0.reversals <= limit.most })
  }

  @Test("does not hunt, and gives way in time", arguments: names)
  func calm(_ name: String) throws { try expectCalm(name, SteeredRun.Manners()) }

  @Test("does not hunt where orders take six seconds", arguments: hard)
  func late(_ name: String) throws { try expectCalm(name, SteeredRun.Manners(delay: 6)) }

  @Test("two viewers do not hunt where one does not", arguments: hard)
  func viewers(_ name: String) throws {
    try expectCalm(name, SteeredRun.Manners(viewers: 2, delay: 3))
  }

  @Test("a load that is too much is given way to within 15 s, and the level comes back")
  func givesWay() {
    let run = SteeredRun(Self.scenario("step up"), seed: 1)
    #expect(run.levels[299] == .ultraHigh)
    #expect(run.levels[315] < .ultraHigh)
    let back = SteeredRun(Self.scenario("step down"), seed: 1)
    #expect(back.levels[399] < .ultraHigh)
    #expect(back.levels[1000] == .ultraHigh)
  }

  @Test("a target that ignores orders is asked ever more seldom, and the pane says so")
  func ignores() {
    let run = SteeredRun(
      Self.scenario("overload"), seed: 1, seconds: 700, SteeredRun.Manners(obeys: false))
    #expect(run.moves == 0)
    // Fifteen seconds each time, after pauses of one, two and four minutes.
    #expect((15...80).contains(run.orders))
    #expect(run.last.level == .ultraHigh)
    #expect(run.last.wanted == nil || run.last.wanted != .ultraHigh)
    let early = SteeredRun(
      Self.scenario("overload"), seed: 1, seconds: 340, SteeredRun.Manners(obeys: false))
    #expect(early.last.severity == .warning)
    #expect(early.last.headline.text.contains("does not do what is asked of it"))
  }

  @Test("an operator's level is held, and let go when the operator says so")
  func manual() {
    let held = SteeredRun(
      Self.scenario("overload"), seed: 1, seconds: 600,
      SteeredRun.Manners(isManual: { _ in true }))
    #expect(held.orders == 0)
    #expect(held.last.mode == .manual)
    #expect(held.last.headline.text == "ultra high, set by an operator")
    let freed = SteeredRun(
      Self.scenario("overload"), seed: 1, seconds: 600,
      SteeredRun.Manners(isManual: { $0 < 500 }))
    #expect(freed.levels[499] == .ultraHigh)
    #expect(freed.levels[599] == .ultraLow)
    #expect(freed.last.mode == .auto)
  }

  @Test("a link that goes and comes back again and again moves nothing by itself")
  func comesAndGoes() {
    for seed in 0..<Self.seeds {
      let run = SteeredRun(
        Self.scenario("trap"), seed: seed, SteeredRun.Manners(isAway: { $0 / 7 % 3 == 0 }))
      #expect(run.reversals <= 4)
    }
    let idle = SteeredRun(
      Self.scenario("idle"), seed: 1, SteeredRun.Manners(isAway: { $0 / 7 % 3 == 0 }))
    #expect(idle.moves == 0)
  }

  @Test("a target that does not offer quality is asked nothing")
  func notOffered() {
    var machine = QualityMonitorTests.Machine()
    let readings = machine.run(120, cpu: 1) { sample in
      var link = LinkSample()
      link.quality = LinkedQualitySample(level: "high", isManual: false)
      sample.link = .fresh(link)
    }
    #expect(readings.allSatisfy { $0.wanted == nil })
    #expect(readings.last?.level == .high)
    #expect(readings.last?.reason.text == "the target tells its level, but takes no orders")
  }

  @Test("where nothing may be sent, a level is suggested, none is asked for, and that is said")
  func readOnly() throws {
    var machine = QualityMonitorTests.Machine()
    machine.forbid()
    let readings = machine.run(200, cpu: 1) { $0.link = SteeredRun.link(.ultraHigh) }
    #expect(readings.allSatisfy { $0.wanted == nil })
    #expect(readings.allSatisfy { !$0.headline.text.contains("asked") })
    let calling = readings.filter { $0.suggested != .ultraHigh }
    #expect(calling.count > 100, "it does not fall silent as it does where it is ignored")
    let last = try #require(calling.last)
    #expect(last.headline.text.contains("suggested"))
    #expect(last.reason.text.hasSuffix("read-only: nothing is sent"))
  }

  @Test("a level of another name is none")
  func unknownLevel() {
    var machine = QualityMonitorTests.Machine()
    let reading = machine.tick(cpu: 0.2) { sample in
      var link = LinkSample()
      link.offers = [.quality]
      link.quality = LinkedQualitySample(level: "\u{1b}[31mbest", isManual: false)
      sample.link = .fresh(link)
    }
    #expect(reading.level == nil)
    #expect(reading.wanted == nil)
  }

  @Test("what a change achieved is told once it has settled")
  func effect() throws {
    var machine = QualityMonitorTests.Machine()
    let frames = { (sample: inout Sample, level: QualityLevel, fps: Double) in
      sample.link = SteeredRun.link(level)
      guard var link = sample.link.value else { return }
      var part = ComponentSample(name: "lanes")
      part.framesPerSecond = fps
      part.latency = 1 / fps
      link.components = [part]
      sample.link = .fresh(link)
      var root = ProcessSample(pid: 42)
      root.resident = .fresh(Bytes(level == .high ? 412_000_000 : 380_000_000))
      sample.target = .fresh(TargetSample(pid: 42, root: root))
    }
    _ = machine.run(30, cpu: 0.7) { frames(&$0, .high, 20) }
    let early = machine.run(5, cpu: 0.5) { frames(&$0, .medium, 28) }
    #expect(early.last?.changes.last?.words.text == "high → medium: not settled yet")
    let late = machine.run(30, cpu: 0.5) { frames(&$0, .medium, 28) }
    let change = try #require(late.last?.changes.last)
    #expect(
      change.words.text
        == "high → medium: pressure 70 → 50 %, 20 → 28 fps, latency 50 → 36 ms, RSS 412 MB → 380 MB"
    )
    #expect(late.last?.changes.count == 1)
  }

  @Test("lost frames are pressure, but frames that a cheaper level leaves out are not")
  func frames() throws {
    var machine = QualityMonitorTests.Machine()
    let tell = { (sample: inout Sample, level: QualityLevel, fps: Double) in
      sample.link = SteeredRun.link(level)
      guard var link = sample.link.value else { return }
      var part = ComponentSample(name: "lanes")
      part.framesPerSecond = fps
      link.components = [part]
      sample.link = .fresh(link)
    }
    _ = machine.run(20, cpu: 0.2) { tell(&$0, .ultraHigh, 30) }
    let short = try #require(machine.run(8, cpu: 0.2) { tell(&$0, .ultraHigh, 20) }.last)
    #expect(short.terms.first?.name.text == "frames")
    #expect((short.terms.first?.value.value ?? 0) > 0.85)
    #expect(abs((short.components.first?.efficiency?.value ?? 0) - 0.667) < 0.02)
    // Two of three frames are left out at "low".
    let skipping = try #require(machine.run(20, cpu: 0.2) { tell(&$0, .low, 10) }.last)
    let lost = skipping.terms.first { $0.name.text == "frames" }?.value.value
    #expect((lost ?? 1) < 0.05)
  }
}
