/// How fast a size grows: the median of the slopes between its readings, which a few odd readings can not move.
struct GrowthTrend: Sendable {
  private struct Point {
    var seconds: Double
    var bytes: Double
  }

  private var points: Ring<Point>
  private let span: Double
  private let least: Double
  private let leastCount: Int
  private let spacing: Double
  private static let mostCompared = 32

  /// Looks back over `span` seconds and says nothing before `least` seconds and `leastCount` readings.
  init(span: Double = 60, least: Double = 10, leastCount: Int = 5, spacing: Double = 0.9) {
    self.span = span
    self.least = least
    self.leastCount = leastCount
    self.spacing = spacing
    points = Ring(capacity: max(leastCount, Int(span / spacing) + 2))
  }

  mutating func add(_ bytes: Bytes, at moment: Moment) {
    if let last = points.last, moment.seconds - last.seconds < spacing { return }
    points.append(Point(seconds: moment.seconds, bytes: Double(bytes.count)))
  }

  mutating func forget() { points.removeAll() }

  /// Bytes per second; `nil` until there is enough to say so.
  var slope: BytesPerSecond? {
    guard let newest = points.last else { return nil }
    let recent = points.filter { newest.seconds - $0.seconds <= span }
    guard let oldest = recent.first, recent.count >= leastCount,
      newest.seconds - oldest.seconds >= least
    else { return nil }
    return BytesPerSecond(GrowthTrend.median(GrowthTrend.slopes(thinned(recent))))
  }

  /// Every so many, and always the newest: the number of pairs grows with the square.
  private func thinned(_ points: [Point]) -> [Point] {
    let stride = (points.count + GrowthTrend.mostCompared - 1) / GrowthTrend.mostCompared
    guard stride > 1 else { return points }
    let offset = (points.count - 1) % stride
    return points.indices.compactMap { $0 % stride == offset ? points[$0] : nil }
  }

  private static func slopes(_ points: [Point]) -> [Double] {
    var slopes: [Double] = []
    slopes.reserveCapacity(points.count * (points.count - 1) / 2)
    for later in points.indices {
      for earlier in 0..<later {
        let elapsed = points[later].seconds - points[earlier].seconds
        if elapsed > 0 { slopes.append((points[later].bytes - points[earlier].bytes) / elapsed) }
      }
    }
    return slopes
  }

  /// By partition, not by sorting: only the middle has to be in its place.
  private static func median(_ values: [Double]) -> Double {
    var values = values
    guard !values.isEmpty else { return 0 }
    let middle = values.count / 2
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = values[(low + high) / 2]
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if middle <= right { high = right } else if middle >= left { low = left } else { break }
    }
    return values[middle]
  }
}
