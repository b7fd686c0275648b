import Testing

@testable import Monitors

@Suite("Moments") struct MomentTests {
  private let now = Moment(nanoseconds: 5_000_000_000, wall: 1_790_000_000_000_000_000)

  @Test("the time between two moments that no clock tells has a bound")
  func saturating() {
    let earliest = Moment(nanoseconds: .min)
    let latest = Moment(nanoseconds: .max)
    #expect(now.seconds(since: earliest) > 9e9)
    #expect(now.seconds(since: latest) < -9e9)
    #expect(latest.seconds(since: earliest) > 9e9)
    #expect(earliest.seconds(since: latest) < -9e9)
    #expect(now.seconds(since: Moment(nanoseconds: 2_000_000_000)) == 3)
  }

  @Test("a time that is no number moves nothing")
  func noNumber() {
    #expect(now.later(by: .nan) == now)
    #expect(now.later(by: -.infinity) == now)
    #expect(now.later(by: .infinity).nanoseconds > now.nanoseconds)
    #expect(now.earlier(at: .nan) == now)
    #expect(now.later(by: 1.5).seconds(since: now) == 1.5)
  }
}
