import TestSupport
import Testing

@testable import Monitors

@Suite("A leak, told from what else rises")
struct LeakDetectorTests {
  private static let minute = 60.0

  /// Runs a series second by second and tells when the alarm came.
  private func run(
    minutes: Double, every step: Double = 1, seed: UInt64 = 1, noise: Double = 300_000,
    _ value: (Double) -> Double
  ) -> LeakDetector {
    var detector = LeakDetector()
    var random = SeededNoise(seed: seed)
    for index in 0..<Int(minutes * 60 / step) {
      let time = Double(index) * step
      detector.update(200e6 + value(time) + random.normal() * noise, at: time)
    }
    return detector
  }

  @Test(
    "the faster it leaks the sooner that is said",
    arguments: [(90.0, 290.0, 330.0), (20, 640, 760), (2, 900, 1300)])
  func times(perMinute: Double, least: Double, most: Double) throws {
    let slope = perMinute * 1e6 / 60
    let state = run(minutes: 40) { slope * $0 }.state
    #expect(state.phase == .leaking)
    let alarm = try #require(state.alarmedAt)
    #expect(alarm >= least && alarm <= most, "\(alarm)")
    #expect(abs(state.slope / slope - 1) < 0.03)
    #expect(state.slopeRange.contains(slope))
    #expect(try #require(state.suspectedAt) < alarm)
    #expect(state.confidence > 0.95 && state.confidence <= 1)
  }

  @Test("it says when the leak began")
  func since() throws {
    let state = run(minutes: 40) { 0.2e6 * max(0, $0 - 600) }.state
    #expect(state.phase == .leaking)
    #expect(abs(try #require(state.since) - 600) < 120)
  }

  @Test("at first it is learning, then nothing leaks")
  func learning() {
    #expect(LeakDetector().state.phase == .learning)
    #expect(run(minutes: 4) { _ in 0 }.state.phase == .learning)
    let quiet = run(minutes: 12) { _ in 0 }.state
    #expect(quiet.phase == .none)
    #expect(quiet.confidence > 0.3 && quiet.slope == 0 && quiet.since == nil)
  }

  static let harmless: [(String, @Sendable (Double) -> Double)] = [
    ("a cache that fills up to its cap", { min(150e6, 0.25e6 * $0) }),
    ("a cache that fills ever slower", { 300e6 * (1 - 1 / (1 + $0 / 120)) }),
    ("a model that is loaded once", { $0 < 300 ? 0 : min(900e6, ($0 - 300) * 20e6) }),
    ("a saw-tooth", { $0.truncatingRemainder(dividingBy: 37) * 2e6 }),
    (
      "a saw-tooth of two generations",
      {
        $0.truncatingRemainder(dividingBy: 11) * 3e6
          + $0.truncatingRemainder(dividingBy: 320) * 0.5e6
      }
    ),
    (
      "a heap that is expanded", { $0.truncatingRemainder(dividingBy: 30) * ($0 > 900 ? 4e6 : 2e6) }
    ),
    (
      "a load that comes and goes",
      { abs(($0.truncatingRemainder(dividingBy: 1500)) - 750) * 0.1e6 }
    ),
    ("three steps", { ($0 / 700).rounded(.down) * 60e6 }),
    ("a restart", { $0 > 900 && $0 < 960 ? -150e6 : 0 }),
  ]

  @Test("none of what is no leak is called one", arguments: 0..<harmless.count)
  func benign(_ index: Int) {
    let (name, value) = Self.harmless[index]
    let state = run(minutes: 45, value).state
    #expect(state.alarmedAt == nil, "\(name): \(state)")
    #expect(state.phase != .leaking)
  }

  @Test("a leak beneath a saw-tooth larger than it is found all the same")
  func beneath() {
    let state = run(minutes: 45) { 33_000 * $0 + $0.truncatingRemainder(dividingBy: 40) * 1.5e6 }
      .state
    #expect(state.phase == .leaking)
    #expect(abs(state.slope / 33_000 - 1) < 0.1)
  }

  @Test(
    "when it stops it is over within a quarter of an hour, and what comes later is a leak again")
  func resolved() throws {
    let slope = 0.5e6
    let stopped = run(minutes: 45) { slope * min($0, 1200) }.state
    #expect(stopped.phase == .none)
    let resolved = try #require(stopped.resolvedAt)
    #expect(resolved > 1200 && resolved < 1200 + 900)
    #expect(stopped.alarmedAt != nil && stopped.slope == 0)
    let again = run(minutes: 90) { slope * (min($0, 1200) + max(0, $0 - 3000)) }.state
    #expect(again.phase == .leaking && again.resolvedAt == nil)
    #expect(try #require(again.since) > 2500)
  }

  @Test("while it rests, before it is said to be over, its slope is the one it had")
  func frozen() throws {
    for slope in [0.5e6, 1e6] {
      var detector = LeakDetector()
      var random = SeededNoise(seed: 3)
      var last = LeakState()
      for second in 0..<3600 {
        let time = Double(second)
        let value = 200e6 + slope * min(time, 1500) + abs(random.normal()) * 300_000
        detector.update(value, at: time)
        if detector.state.phase == .leaking { last = detector.state }
      }
      #expect(try #require(detector.state.resolvedAt) > 1600)
      #expect(abs(last.slope / slope - 1) < 0.02)
      #expect(last.slopeRange.lowerBound > 0.9 * slope)
      #expect(last.confidence > 0.96 && last.evidence.growth > 0)
    }
  }

  @Test("of fewer buckets than a test takes nothing is said, however much time they span")
  func coarse() {
    #expect(run(minutes: 60, every: 300) { 1e6 * $0 }.state.phase == .learning)
    #expect(run(minutes: 60, every: 300) { _ in 0 }.state.phase == .learning)
    #expect(run(minutes: 150, every: 300) { 1e6 * $0 }.state.phase == .leaking)
    #expect(run(minutes: 150, every: 300) { _ in 0 }.state.phase == .none)
  }

  @Test("a leak that goes on is not said to be over")
  func goesOn() {
    var detector = LeakDetector()
    var ended = 0
    for second in 0..<20_000 {
      let time = Double(second)
      detector.update(100e6 + 50_000 * time + (second % 47 == 0 ? 9e6 : 0), at: time)
      if detector.state.alarmedAt != nil, detector.state.phase != .leaking { ended += 1 }
    }
    #expect(ended == 0)
  }
}

@Suite("A leak in a series that is as series are")
struct LeakDetectorFaultTests {
  private let slope = 0.5e6

  private func leak(
    every step: Double, lost: (Int) -> Bool = { _ in false },
    change: (inout LeakDetector, Double, Double) -> Void = { _, _, _ in }
  ) -> LeakState {
    var detector = LeakDetector()
    for index in 0..<Int(1500 / step) where !lost(index) {
      let time = Double(index) * step
      let value = 100e6 + slope * time
      change(&detector, value, time)
      detector.update(value, at: time)
    }
    return detector.state
  }

  @Test(
    "values may come five times a second or every ten seconds", arguments: [0.2, 0.5, 2, 5, 10])
  func pace(step: Double) {
    let state = leak(every: step)
    #expect(state.phase == .leaking)
    #expect(abs(state.slope / slope - 1) < 0.03)
  }

  @Test("a third of them may be lost, and a minute and a half too")
  func gaps() {
    #expect(leak(every: 1, lost: { $0 % 3 == 0 || (300..<390).contains($0) }).phase == .leaking)
  }

  @Test("hours without a value are no rest of the floor, wherever they fall")
  func longGap() {
    for gap in [350.0, 700, 1000, 1100, 1300] {
      var detector = LeakDetector()
      var ended = 0
      for second in 0..<3700 {
        let time = Double(second)
        detector.update(200e6 + 1e6 * time, at: time < gap ? time : time + 7200)
        if detector.state.alarmedAt != nil, detector.state.phase != .leaking { ended += 1 }
      }
      #expect(ended == 0, "\(gap)")
      #expect(abs(detector.state.slope / 1e6 - 1) < 0.02, "\(gap)")
    }
  }

  @Test("what is no amount changes nothing")
  func senseless() {
    let plain = leak(every: 1)
    let bad = leak(every: 1, lost: { _ in false }) { detector, _, time in
      for value in [Double.nan, .infinity, -.infinity, -1] {
        detector.update(value, at: time + 0.5)
      }
      detector.update(5, at: .nan)
      detector.update(5, at: .infinity)
    }
    #expect(bad == plain)
  }

  @Test("what comes twice, or late, changes nothing")
  func repeated() {
    let plain = leak(every: 1)
    let bad = leak(every: 1, lost: { _ in false }) { detector, _, time in
      guard time > 30 else { return }
      detector.update(9e12, at: time - 1)
      detector.update(0, at: time - 20)
    }
    #expect(bad == plain)
  }

  @Test("a clock that is put back by a day does not stop it, nor one that is put forward")
  func clock() {
    for jump in [-86_400.0, 86_400] {
      var detector = LeakDetector()
      for second in 0..<3000 {
        let time = Double(second) + (second >= 400 ? jump : 0)
        detector.update(100e6 + slope * Double(second), at: time)
      }
      #expect(detector.state.phase == .leaking, "\(jump)")
    }
  }

  @Test("the largest and the smallest amounts and times trap nothing")
  func extremes() {
    var detector = LeakDetector()
    for index in 0..<4000 {
      let value = index % 3 == 0 ? Double.greatestFiniteMagnitude : index % 3 == 1 ? 0 : 1e300
      detector.update(value, at: Double(index) * (index > 2000 ? 1e8 : 1))
    }
    #expect(detector.state.phase != .leaking)
  }

  @Test("what was forgotten is as if it had never been")
  func forgotten() {
    var detector = LeakDetector()
    for second in 0..<1500 { detector.update(slope * Double(second), at: Double(second)) }
    #expect(detector.state.phase == .leaking)
    detector.forget()
    #expect(detector.state == LeakState())
    for second in 0..<400 { detector.update(7e6, at: Double(second)) }
    #expect(detector.state.phase == .none)
  }
}
