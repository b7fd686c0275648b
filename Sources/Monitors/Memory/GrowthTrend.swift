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

  /// Bytes per second; `nil` until there is enough to say so.
  private(set) var slope: BytesPerSecond?

  /// Looks back over `span` seconds and says nothing before `least` seconds and `leastCount` readings.
  init(span: Double = 60, least: Double = 10, leastCount: Int = 2, spacing: Double = 0.9) {
    self.span = span
    self.least = least
    self.leastCount = leastCount
    self.spacing = spacing
    points = Ring(capacity: max(leastCount, Int(span / spacing) + 2))
  }

  mutating func add(_ bytes: Bytes, at moment: Moment) {
    if let last = points.last, moment.seconds - last.seconds < spacing { return }
    points.append(Point(seconds: moment.seconds, bytes: Double(bytes.count)))
    slope = judged(at: moment.seconds)
  }

  mutating func forget() {
    points.removeAll()
    slope = nil
  }

  private func judged(at now: Double) -> BytesPerSecond? {
    guard points.count >= leastCount else { return nil }
    let recent = points.firstIndex { now - $0.seconds <= span } ?? points.endIndex
    // Where readings are rare, the newest few have to do, however far apart.
    let first = min(recent, points.count - leastCount)
    guard now - points[first].seconds >= least else { return nil }
    var slopes = GrowthTrend.slopes(points, from: first)
    return BytesPerSecond(GrowthTrend.median(&slopes))
  }

  /// Every so many points, and always the newest: the number of pairs grows with the square.
  private static func slopes(_ points: Ring<Point>, from first: Int) -> [Double] {
    let stride = (points.count - first + mostCompared - 1) / mostCompared
    var compared: [Point] = []
    compared.reserveCapacity(mostCompared)
    var place = first + (points.count - 1 - first) % stride
    while place < points.count {
      compared.append(points[place])
      place += stride
    }
    var slopes: [Double] = []
    slopes.reserveCapacity(compared.count * (compared.count - 1) / 2)
    for later in compared.indices {
      for earlier in 0..<later {
        let elapsed = compared[later].seconds - compared[earlier].seconds
        slopes.append((compared[later].bytes - compared[earlier].bytes) / elapsed)
      }
    }
    return slopes
  }

  /// By partition, not by sorting: only the middle has to be in its place.
  private static func median(_ values: inout [Double]) -> Double {
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
