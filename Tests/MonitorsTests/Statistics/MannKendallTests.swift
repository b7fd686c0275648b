import TestSupport
import Testing

@testable import Monitors

@Suite("Whether values rise, by rank")
struct MannKendallTests {
  @Test("ten values that rise are 3.94 deviations away from chance, ten that fall as many below")
  func known() {
    // S = 45, variance = 10 * 9 * 25 / 18 = 125, (45 - 1) / sqrt(125).
    let rising = MannKendall.score((0..<10).map(Float.init))
    #expect(abs(rising - 3.9355) < 0.001)
    let falling = MannKendall.score((0..<10).map { -Float($0) })
    #expect(abs(falling + rising) < 1e-9)
  }

  @Test("equal values take their part off the variance")
  func ties() {
    // Five of one value, then five of another: S = 25, variance = (2250 - 2 * 5 * 4 * 15) / 18 = 91.67.
    let steps = MannKendall.score([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    #expect(abs(steps - 24 / 91.6667.squareRoot()) < 0.001)
    #expect(MannKendall.score([Float](repeating: 4, count: 20)) == 0)
    #expect(MannKendall.score([]) == 0)
  }

  @Test("noise is seldom called a trend")
  func noise() {
    var noise = SeededNoise(seed: 7)
    let scores = (0..<400).map { _ in
      MannKendall.score((0..<40).map { _ in Float(noise.normal()) })
    }
    #expect(scores.count { abs($0) >= 3 } <= 4)
    #expect(scores.count { abs($0) >= 1 } > 80)
  }
}
