/// How fast an amount grows, by the median of all slopes between two readings: neither noise nor a single step moves it.
struct GrowthTrend: Sendable {
  private struct Point: Sendable {
    var seconds: Double
    var value: Double
  }

  private var points: [Point] = []
  private var origin: Moment?
  private var slopes: [Double] = []
  private let window: Double
  private let shortest: Double
  private let spacing: Double
  private let longestGap: Double
  private let fewest: Int
  /// Bytes a second; `nil` until there is enough to tell.
  private(set) var slope: Double?

  /// Looks back `window` seconds and says nothing before `shortest`; more than `most` readings are thinned out.
  init(
    window: Double = 60, shortest: Double = 10, most: Int = 40, fewest: Int = 4,
    longestGap: Double = 65
  ) {
    self.window = window
    self.shortest = shortest
    self.longestGap = longestGap
    self.fewest = max(2, fewest)
    spacing = window / Double(max(2, most))
  }

  /// Takes one reading; `nil` is a gap, and a long one makes it begin again.
  mutating func update(_ value: Double?, at moment: Moment) {
    guard let value else { return }
    let seconds = moment.seconds(since: origin ?? moment)
    origin = origin ?? moment
    if let last = points.last {
      let elapsed = seconds - last.seconds
      if elapsed <= 0 || elapsed > longestGap {
        forget()
        origin = moment
        points.append(Point(seconds: 0, value: value))
        return
      }
      // Ticks are never quite even: a little early is still in time.
      guard elapsed >= spacing * 0.9 else { return }
    }
    points.append(Point(seconds: seconds, value: value))
    let tolerance = 0.5
    let old = points.prefix { seconds - $0.seconds > window + tolerance }.count
    points.removeFirst(min(old, max(0, points.count - fewest)))
    slope = judged()
  }

  /// Forgets everything.
  mutating func forget() {
    points.removeAll(keepingCapacity: true)
    origin = nil
    slope = nil
  }

  private mutating func judged() -> Double? {
    guard points.count >= fewest, let first = points.first, let last = points.last,
      last.seconds - first.seconds >= shortest * 0.99
    else { return nil }
    return points.count < GrowthTrend.enough ? cautious() : median()
  }

  private static let enough = 5

  /// Of so few readings one that is out of line would decide: the lower middle of the steps taken can't be one step's.
  private func cautious() -> Double {
    let steps = zip(points, points.dropFirst()).map { earlier, later in
      (later.value - earlier.value) / (later.seconds - earlier.seconds)
    }.sorted()
    return steps[(steps.count - 1) / 2]
  }

  private mutating func median() -> Double? {
    slopes.removeAll(keepingCapacity: true)
    points.withUnsafeBufferPointer { points in
      for later in 1..<points.count {
        let end = points[later]
        for earlier in 0..<later {
          slopes.append(
            (end.value - points[earlier].value) / (end.seconds - points[earlier].seconds))
        }
      }
    }
    return Median.of(&slopes)
  }
}
