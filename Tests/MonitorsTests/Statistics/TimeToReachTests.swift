import Testing

@testable import Monitors

@Suite("When a level will be reached")
struct TimeToReachTests {
  private func state(
    slope: Double, range: ClosedRange<Double>? = nil, floor: Double = 100, ceiling: Double = 100
  ) -> LeakState {
    var state = LeakState()
    state.slope = slope
    state.slopeRange = range ?? slope...slope
    state.floor = floor
    state.ceiling = ceiling
    state.evidence.growth = 100
    return state
  }

  @Test("an even rise reaches it by its slope, with a doubt on both sides")
  func even() throws {
    let time = try #require(TimeToReach(state(slope: 2), from: 100, left: 200, at: 0))
    #expect(time.seconds == 100)
    #expect(time.low < 90 && time.low > 70)
    #expect(time.high > 110 && time.high < 130)
  }

  @Test("where slopes differ, or much comes and goes, the range is wider")
  func wide() throws {
    let even = try #require(TimeToReach(state(slope: 2), from: 100, left: 200, at: 0))
    let noisy = try #require(
      TimeToReach(state(slope: 2, range: 0.5...4), from: 100, left: 200, at: 0))
    #expect(noisy.low < even.low && noisy.high > even.high)
    let sawing = try #require(
      TimeToReach(state(slope: 2, floor: 60, ceiling: 150), from: 100, left: 200, at: 0))
    #expect(sawing.low < even.low && sawing.high > even.high)
  }

  @Test("what rises in steps is less certain")
  func steps() throws {
    var stepping = state(slope: 2)
    stepping.unevenness = 0.2
    let time = try #require(TimeToReach(stepping, from: 100, left: 200, at: 0))
    #expect(time.high > 150)
  }

  @Test("what is reached is reached now, and what does not rise never")
  func ends() throws {
    let now = try #require(TimeToReach(state(slope: 2), from: 100, left: 0, at: 0))
    #expect(now == TimeToReach(state(slope: 2), from: 100, left: -50, at: 0))
    #expect(now.seconds == 0 && now.low == 0 && now.high == 0)
    #expect(TimeToReach(state(slope: 0), from: 100, left: 10, at: 0) == nil)
    #expect(TimeToReach(state(slope: 2), from: 100, left: .infinity, at: 0) == nil)
  }
}
