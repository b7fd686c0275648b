/// The slope of points by Theil and Sen: the median of the slopes between all pairs of them.
///
/// A few points that are out of line, however far, do not move it.
struct RobustSlope: Sendable {
  /// Points that are looked at, at most.
  static let mostPoints = 42

  /// The median, and what four of five slopes are above and below of.
  struct Range: Sendable, Equatable {
    var low: Float
    var middle: Float
    var high: Float
  }

  private var slopes = [Float](repeating: 0, count: mostPoints * (mostPoints - 1) / 2)

  /// The median slope of the points in a range; `nil` if there are not two times.
  mutating func median(
    _ times: UnsafePointer<Float>, _ values: UnsafePointer<Float>, _ range: Swift.Range<Int>
  ) -> Float? {
    let count = fill(times, values, range)
    guard count > 0 else { return nil }
    return slopes.withUnsafeMutableBufferPointer { buffer in
      Median.of(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The median slope with the 20th and the 80th percentile of them all.
  mutating func range(
    _ times: UnsafePointer<Float>, _ values: UnsafePointer<Float>, _ range: Swift.Range<Int>
  ) -> Range? {
    let count = fill(times, values, range)
    guard count > 0 else { return nil }
    return slopes.withUnsafeMutableBufferPointer { buffer in
      let all = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      let middle = Median.of(all)
      let low = Median.quantile(all, place: count / 5)
      return Range(low: low, middle: middle, high: Median.quantile(all, place: count * 4 / 5))
    }
  }

  private mutating func fill(
    _ times: UnsafePointer<Float>, _ values: UnsafePointer<Float>, _ range: Swift.Range<Int>
  ) -> Int {
    let range = range.prefix(RobustSlope.mostPoints)
    return slopes.withUnsafeMutableBufferPointer { slopes in
      var count = 0
      for later in range {
        let (time, value) = (times[later], values[later])
        for earlier in range.startIndex..<later where time > times[earlier] {
          slopes[count] = (value - values[earlier]) / (time - times[earlier])
          count += 1
        }
      }
      return count
    }
  }

  /// The median distance of the points from a line with this slope, scaled to a standard deviation.
  mutating func scatter(
    _ times: UnsafePointer<Float>, _ values: UnsafePointer<Float>, _ range: Swift.Range<Int>,
    slope: Float
  ) -> Float {
    let range = range.prefix(RobustSlope.mostPoints)
    guard !range.isEmpty else { return 0 }
    return slopes.withUnsafeMutableBufferPointer { slopes in
      let rests = UnsafeMutableBufferPointer(rebasing: slopes[..<range.count])
      for (place, index) in range.enumerated() {
        rests[place] = values[index] - slope * times[index]
      }
      let middle = Median.of(rests)
      for place in rests.indices { rests[place] = abs(rests[place] - middle) }
      let toDeviation: Float = 1.4826
      return toDeviation * Median.of(rests)
    }
  }
}
