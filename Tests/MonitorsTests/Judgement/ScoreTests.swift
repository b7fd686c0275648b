import TestSupport
import Testing

@testable import Monitors

@Suite("One score")
struct ScoreTests {
  private static func random(_ noise: inout SeededNoise) -> ScoreFacts {
    func maybe(_ value: Double) -> Double? { noise.uniform() < 0.8 ? value : nil }
    var facts = ScoreFacts()
    facts.machine = maybe((noise.uniform() * 5).rounded(.down))
    facts.target = maybe((noise.uniform() * 5).rounded(.down))
    facts.bottleneck = maybe(noise.uniform() * 100)
    facts.used = maybe(noise.uniform() * 1.1)
    facts.leak = maybe(noise.uniform())
    facts.runsOut = maybe(noise.uniform() < 0.3 ? .infinity : noise.uniform() * 100_000)
    facts.throttled = maybe(noise.uniform())
    facts.heat = maybe(noise.uniform() * 60 - 40)
    facts.failures = maybe(noise.uniform() * 0.4)
    facts.stalled = maybe(noise.uniform() * 30)
    facts.efficiency = maybe(noise.uniform())
    facts.regression = maybe(noise.uniform() * 2)
    return facts
  }

  /// The same machine, worse in every respect of which anything is known.
  private static func worse(_ facts: ScoreFacts, _ noise: inout SeededNoise) -> ScoreFacts {
    var worse = facts
    func more(_ value: Double?, _ most: Double) -> Double? {
      value.map { $0 + noise.uniform() * most }
    }
    worse.machine = facts.machine.map { min(4, $0 + (noise.uniform() * 3).rounded(.down)) }
    worse.target = facts.target.map { min(4, $0 + (noise.uniform() * 3).rounded(.down)) }
    worse.bottleneck = more(facts.bottleneck, 40)
    worse.used = more(facts.used, 0.3)
    worse.leak = more(facts.leak, 0.5)
    worse.runsOut = facts.runsOut.map {
      $0.isFinite ? $0 * noise.uniform() : noise.uniform() * 1e6
    }
    worse.throttled = more(facts.throttled, 0.4)
    worse.heat = more(facts.heat, 20)
    worse.failures = more(facts.failures, 0.2)
    worse.stalled = more(facts.stalled, 20)
    worse.efficiency = facts.efficiency.map { $0 * noise.uniform() }
    worse.regression = more(facts.regression, 1)
    return worse
  }

  @Test("what is worse in every respect never scores higher", arguments: 1...5)
  func monotone(seed: Int) {
    var noise = SeededNoise(seed: UInt64(seed))
    for _ in 0..<4000 {
      let facts = Self.random(&noise)
      let other = Self.worse(facts, &noise)
      let (better, worse) = (Score(facts).value, Score(other).value)
      #expect((worse ?? -1) <= (better ?? -1), "\(facts)\n\(other)")
    }
  }

  @Test("each reason by itself costs the more the worse it is, and something at its worst")
  func each() {
    let worst: [(ScoreItem, Double, Double)] = [
      (.machine, 0, 4), (.target, 0, 4), (.bottleneck, 0, 100), (.memory, 0, 1), (.leak, 0, 1),
      (.runsOut, .infinity, 0), (.throttled, 0, 1), (.heat, -20, 30), (.failures, 0, 1),
      (.stalled, 0, 60), (.efficiency, 1, 0), (.regression, 0, 3),
    ]
    #expect(Set(worst.map(\.0)) == Set(ScoreItem.allCases))
    for (item, good, bad) in worst {
      #expect(item.cost(good) == 0, "\(item)")
      #expect(item.cost(bad) >= 8, "\(item)")
      #expect(item.cost(.nan).isFinite, "\(item)")
    }
  }

  @Test("what is unknown costs nothing and is named; when nothing is known there is no score")
  func unknown() {
    let nothing = Score(ScoreFacts())
    #expect(nothing.value == nil)
    #expect(nothing.unknown.count == ScoreItem.allCases.count)
    var facts = ScoreFacts()
    facts.used = 0.2
    let score = Score(facts)
    #expect(score.value == 100 && score.losses.isEmpty)
    #expect(!score.unknown.contains("memory limit"))
    #expect(score.unknown.contains("throttling"))
  }

  @Test("the points of all losses and the score make a hundred, as long as there are any left")
  func adds() {
    var noise = SeededNoise(seed: 9)
    for _ in 0..<500 {
      let score = Score(Self.random(&noise))
      let lost = score.losses.reduce(0) { $0 + $1.points }
      #expect(score.value == nil || score.value == max(0, 100 - lost))
      #expect(score.losses.allSatisfy { $0.points > 0 && !$0.why.isEmpty })
    }
  }
}
