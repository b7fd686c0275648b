import Testing

@testable import Monitors

@Suite("Slopes that a few bad points do not move")
struct RobustSlopeTests {
  private func slope(_ values: [Float], times: [Float]? = nil) -> RobustSlope.Range? {
    let times = times ?? values.indices.map(Float.init)
    var slopes = RobustSlope()
    return times.withUnsafeBufferPointer { times in
      values.withUnsafeBufferPointer { values in
        guard let time = times.baseAddress, let value = values.baseAddress else { return nil }
        return slopes.range(time, value, 0..<values.count)
      }
    }
  }

  @Test("of a line it is the line's, and so are its percentiles")
  func line() {
    let found = slope((0..<42).map { 3 * Float($0) + 7 })
    #expect(found == RobustSlope.Range(low: 3, middle: 3, high: 3))
  }

  @Test("a quarter of the points may be anywhere")
  func outliers() throws {
    var values = (0..<40).map { 2 * Float($0) }
    for index in stride(from: 0, to: 40, by: 4) { values[index] = index % 8 == 0 ? 9999 : -9999 }
    let found = try #require(slope(values))
    #expect(abs(found.middle - 2) < 0.2)
    #expect(found.low <= 2 && found.high >= 2)
  }

  @Test("points of one time, one point and none have no slope")
  func none() {
    #expect(slope([1, 2, 3], times: [5, 5, 5]) == nil)
    #expect(slope([1]) == nil)
    #expect(slope([]) == nil)
  }

  @Test("of more points than there is room for the first are taken")
  func many() {
    let found = slope((0..<100).map { $0 < 42 ? Float($0) : -1000 })
    #expect(found?.middle == 1)
  }

  @Test("the scatter around a line is its deviation, whatever the line")
  func scatter() {
    var slopes = RobustSlope()
    let times = (0..<40).map(Float.init)
    let values = (0..<40).map { 5 * Float($0) + ($0 % 2 == 0 ? 1 : -1) }
    let found = slopes.scatterOf(times, values, slope: 5)
    #expect(abs(found - 1.4826) < 0.001)
  }
}

extension RobustSlope {
  fileprivate mutating func scatterOf(_ times: [Float], _ values: [Float], slope: Float) -> Float {
    times.withUnsafeBufferPointer { times in
      values.withUnsafeBufferPointer { values in
        guard let time = times.baseAddress, let value = values.baseAddress else { return -1 }
        return scatter(time, value, 0..<values.count, slope: slope)
      }
    }
  }
}
