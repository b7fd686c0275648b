import Testing

@testable import Monitors

@Suite("The slope of memory")
struct GrowthTrendTests {
  private func moment(_ seconds: Double) -> Moment { Moment(nanoseconds: Int64(seconds * 1e9)) }

  private func trend(seconds: Int, _ value: (Double) -> Double) -> GrowthTrend {
    var trend = GrowthTrend()
    for second in 0...seconds { trend.update(value(Double(second)), at: moment(Double(second))) }
    return trend
  }

  @Test("nothing is said before ten seconds, and something after")
  func patience() {
    #expect(trend(seconds: 8) { $0 }.slope == nil)
    #expect(trend(seconds: 12) { $0 }.slope != nil)
  }

  @Test("a steady growth is told within a percent, in spite of noise")
  func steady() throws {
    let noisy = trend(seconds: 40) { 2e6 * $0 + ($0.truncatingRemainder(dividingBy: 3) - 1) * 3e5 }
    let slope = try #require(noisy.slope)
    #expect(abs(slope / 2e6 - 1) < 0.01)
  }

  @Test("one step is no growth")
  func step() throws {
    let stepped = trend(seconds: 60) { $0 < 20 ? 1e8 : 5e8 }
    #expect(stepped.slope == 0)
  }

  @Test("a minute after growing has stopped it is over")
  func stops() {
    #expect(trend(seconds: 130) { min($0, 60) * 1e6 }.slope == 0)
  }

  @Test("a long gap begins anew")
  func gap() {
    var trend = trend(seconds: 30) { $0 }
    #expect(trend.slope != nil)
    trend.update(5, at: moment(200))
    #expect(trend.slope == nil)
  }

  @Test("a clock that stands still or goes back gives no slope and no crash")
  func backwards() {
    var trend = trend(seconds: 30) { $0 }
    trend.update(5, at: moment(3))
    #expect(trend.slope == nil)
  }

  @Test("of three readings one that is out of line does not decide")
  func cautious() {
    var trend = GrowthTrend(window: 90, shortest: 8, most: 90, fewest: 3, longestGap: 600)
    for (second, value) in [(0.0, 1.0e9), (10, 1.6e9), (20, 1.62e9)] {
      trend.update(value, at: moment(second))
    }
    #expect(trend.slope == 2e6)
  }

  @Test("the median is the one sorting would find", arguments: 1...12)
  func median(_ count: Int) {
    var values = (0..<count).map { Double(($0 * 7919 + 13) % 101) }
    let sorted = values.sorted()
    let expected =
      count % 2 == 1
      ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
    #expect(Median.of(&values) == expected)
  }
}
