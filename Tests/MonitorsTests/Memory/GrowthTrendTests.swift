import Testing

@testable import Monitors

@Suite("How fast a size grows")
struct GrowthTrendTests {
  private func at(_ seconds: Double) -> Moment { Moment(nanoseconds: Int64(seconds * 1e9)) }

  private func trend(_ seconds: [Double], _ size: (Double) -> Double) -> GrowthTrend {
    var trend = GrowthTrend()
    for second in seconds { trend.add(Bytes(Int64(size(second))), at: at(second)) }
    return trend
  }

  @Test("nothing is said before ten seconds, and the truth from then on")
  func least() {
    #expect(trend(Array(stride(from: 0, through: 9, by: 1))) { $0 * 1000 }.slope == nil)
    #expect(
      trend(Array(stride(from: 0, through: 10, by: 1))) { $0 * 1000 }.slope
        == BytesPerSecond(1000))
    #expect(trend([0, 10]) { $0 * 1000 }.slope == BytesPerSecond(1000))
  }

  @Test("one leap in a minute moves the slope by nothing, where a straight line would be moved")
  func robust() {
    let slope = trend(Array(stride(from: 0, through: 60, by: 1))) { second in
      second * 1000 + (second == 30 ? 5e8 : 0)
    }.slope
    #expect(abs((slope?.value ?? 0) - 1000) < 50)
  }

  @Test("a size that shrinks has a negative slope, and a still one none")
  func directions() {
    #expect(trend([0, 5, 10, 15]) { 1e6 - $0 * 1000 }.slope == BytesPerSecond(-1000))
    #expect(trend([0, 5, 10, 15]) { _ in 1e6 }.slope == BytesPerSecond(0))
  }

  @Test("growth that was over a minute ago is forgotten")
  func window() {
    let slope = trend(Array(stride(from: 0, through: 300, by: 1))) { min($0, 100) * 1e6 }.slope
    #expect(slope == BytesPerSecond(0))
  }

  @Test("a hundred readings a second give the same slope as one")
  func fast() {
    let slope = trend(Array(stride(from: 0, through: 30, by: 0.01))) { $0 * 1000 }.slope
    #expect(abs((slope?.value ?? 0) - 1000) < 10)
  }

  @Test("readings rarer than the window still give a slope")
  func rare() {
    #expect(trend([0, 300, 600]) { $0 * 1000 }.slope == BytesPerSecond(1000))
  }

  @Test("C12: two readings at one moment are one, and a clock that stands still gives no rate")
  func standstill() {
    #expect(trend([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]) { $0 }.slope == nil)
  }

  @Test("what was forgotten says nothing")
  func forgotten() {
    var trend = trend([0, 10, 20]) { $0 * 1000 }
    trend.forget()
    #expect(trend.slope == nil)
    trend.add(Bytes(5), at: at(30))
    #expect(trend.slope == nil)
  }
}
