import Testing

@testable import Monitors

@Suite("What is done now and then")
struct PeriodTests {
  @Test("what is due every second is not lost to a tick that comes a little early")
  func jitter() {
    var period = Period(seconds: 1)
    let times: [Int64] = [1000, 1980, 2500, 2990, 3990]
    let due = times.map { period.isDue(at: Moment(nanoseconds: $0 * 1_000_000)) }
    #expect(due == [true, true, false, true, true])
  }

  @Test("a clock that goes back does not stop it for ever")
  func backwards() {
    var period = Period(seconds: 60)
    let due = [5, 1, 2].map { period.isDue(at: Moment(nanoseconds: $0 * 1_000_000_000)) }
    #expect(due == [true, true, false])
  }
}
