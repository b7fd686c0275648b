/// The newest buckets of one rung, laid out for the tests that tell a leak from everything else that rises.
///
/// Each test is there for one family of rises that are none; the cheap ones come first.
struct LeakWindow {
  /// What passed all tests but for how long it has lasted.
  struct Finding {
    var slope: RobustSlope.Range
    var evidence: LeakState.Evidence
    /// The level at the beginning.
    var start: Double
    /// When the window begins, in seconds.
    var begins: Double
    /// Whether it rises like nothing but a leak, or a cache that fills by the clock.
    var isEven: Bool
  }

  /// How many floats it needs.
  static let room = 4 * BucketLadder.capacity

  /// How many there are.
  let count: Int
  /// When the oldest was, in seconds.
  let origin: Double
  private let times: UnsafeMutablePointer<Float>
  private let least: UnsafeMutablePointer<Float>
  private let greatest: UnsafeMutablePointer<Float>
  private let floors: UnsafeMutablePointer<Float>

  /// Lays out a rung; `nil` where it has too few buckets.
  init?(
    _ ladder: BucketLadder, rung: Int, fewest: Int, in room: UnsafeMutableBufferPointer<Float>
  ) {
    count = ladder.count(rung)
    guard count >= fewest, room.count >= LeakWindow.room, let base = room.baseAddress
    else { return nil }
    times = base
    least = base + BucketLadder.capacity
    greatest = base + 2 * BucketLadder.capacity
    floors = base + 3 * BucketLadder.capacity
    let first = ladder.bucket(rung, 0).time
    origin = Double(first) / LeakWindow.tenths
    var floor = Float.infinity
    let (times, least, greatest, floors) = (times, least, greatest, floors)
    ladder.forEachBackwards(rung) { index, bucket in
      times[index] = Float(bucket.time &- first) / Float(LeakWindow.tenths)
      least[index] = bucket.least
      greatest[index] = bucket.greatest
      floor = min(floor, bucket.least)
      floors[index] = floor
    }
  }

  static let tenths = 10.0

  /// The level it returns to now.
  var floor: Double { Double(floors[count - 1]) }

  /// The level that its peaks reach now, if the highest above the trend of all comes again.
  func ceiling(slope: Double) -> Double {
    var highest = -Float.infinity
    for index in 0..<count {
      highest = max(highest, greatest[index] + Float(slope) * (times[count - 1] - times[index]))
    }
    return Double(highest)
  }

  /// How far the floor rises in steps rather than by and by, over so many of the newest buckets.
  ///
  /// It is 0 for an even rise and 1 for a single step: the inverse of the number of steps, less what the buckets allow.
  func unevenness(_ size: Int) -> Double {
    let growth = floors[count - 1] - floors[count - size]
    guard growth > 0, size > 2 else { return 0 }
    return max(0, Double(squares(size) / (growth * growth)) - 1 / Double(size - 1))
  }

  private func squares(_ size: Int) -> Float {
    var squares: Float = 0
    for index in count - size + 1..<count {
      let step = floors[index] - floors[index - 1]
      squares += step * step
    }
    return squares
  }

  /// When its newest bucket was, in seconds.
  var end: Double { origin + Double(times[count - 1]) }

  /// Seconds that so many of the newest buckets span.
  func span(_ size: Int) -> Double {
    Double(times[count - 1] - times[count - size]) * Double(size) / Double(size - 1)
  }

  /// By how much the floor rose over so many of the newest buckets.
  func growth(_ size: Int) -> Double { Double(floors[count - 1] - floors[count - size]) }

  /// The lowest of the bucket `index`.
  func low(_ index: Int) -> Double { Double(least[index]) }

  /// When a bucket was, in seconds.
  func time(_ index: Int) -> Double { origin + Double(times[index]) }

  /// How the growth is spread over quarters, and whether more than a few steps made it.
  func spread(_ size: Int) -> LeakState.Evidence? {
    let begin = count - size
    let quarter = size / 4
    let growth = floors[count - 1] - floors[begin]
    guard growth > 0 else { return nil }
    let share = { (from: Int, to: Int) in
      Double((floors[begin + to] - floors[begin + from]) / growth) * 4
    }
    var evidence = LeakState.Evidence()
    evidence.first = share(0, quarter)
    evidence.fourth = share(3 * quarter, size - 1)
    guard evidence.first >= 0.8, evidence.fourth >= 0.8 else { return nil }
    evidence.second = share(quarter, 2 * quarter)
    evidence.third = share(2 * quarter, 3 * quarter)
    guard evidence.second >= 0.25, evidence.third >= 0.25,
      evidence.second + evidence.third >= 0.8
    else { return nil }
    let fewestSteps: Float = 5
    guard growth * growth >= fewestSteps * squares(size) else { return nil }
    evidence.growth = Double(growth)
    evidence.span = span(size)
    return evidence
  }

  /// The tests of its shape that cost more: noise, slowing down, its ends, its peaks, and its rank.
  func finding(
    _ size: Int, _ spread: LeakState.Evidence, slope: RobustSlope.Range,
    with slopes: inout RobustSlope
  ) -> Finding? {
    let begin = count - size
    let half = begin + size / 2
    let end = size / 4 + 2
    let middle = slope.middle
    var evidence = spread
    evidence.noise = Double(slopes.scatter(times, least, begin..<count, slope: middle))
    guard evidence.growth >= 4 * evidence.noise,
      let early = slopes.median(times, least, begin..<half),
      let late = slopes.median(times, least, half..<count), late >= 0.7 * early,
      let first = slopes.median(times, least, begin..<begin + end), first >= 0.4 * middle,
      let last = slopes.median(times, least, count - end..<count),
      last >= 0.6 * middle, last <= 2 * middle
    else { return nil }
    evidence.trend = MannKendall.score(least, begin..<count)
    guard evidence.trend >= 3,
      let peaks = slopes.median(times, greatest, begin..<count), middle >= 0.5 * peaks
    else { return nil }
    return Finding(
      slope: slope, evidence: evidence, start: Double(floors[begin]),
      begins: origin + Double(times[begin]),
      isEven: isEven(size, evidence) && late >= 0.8 * early && late <= 1.3 * early)
  }

  /// Whether all quarters of the time have about a quarter of the growth, and hardly anything goes up and down.
  private func isEven(_ size: Int, _ evidence: LeakState.Evidence) -> Bool {
    let begin = count - size
    let whole = (growth: floors[count - 1] - floors[begin], time: times[count - 1] - times[begin])
    guard evidence.growth >= 10 * evidence.noise, whole.growth > 0 else { return false }
    return (0..<4).allSatisfy { quarter in
      let from = begin + (size - 1) * quarter / 4
      let to = begin + (size - 1) * (quarter + 1) / 4
      let grown = (floors[to] - floors[from]) / whole.growth
      let took = (times[to] - times[from]) / whole.time
      return grown >= 0.78 * took && grown <= 1.28 * took
    }
  }

  /// The slope of the floor over so many of the newest buckets.
  func slope(_ size: Int, with slopes: inout RobustSlope) -> RobustSlope.Range? {
    slopes.range(times, least, count - size..<count)
  }

  /// Seconds from one bucket to the next, where nothing is missing.
  var pace: Double {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: BucketLadder.capacity) { buffer in
      guard count > 1 else { return LeakDetector.width }
      let steps = UnsafeMutableBufferPointer(rebasing: buffer[..<(count - 1)])
      for index in 1..<count { steps[index - 1] = times[index] - times[index - 1] }
      return max(Double(Median.of(steps)), 1 / LeakWindow.tenths)
    }
  }

  /// Seconds between two buckets of which nothing is known.
  private func missing(_ from: Int, _ to: Int, _ pace: Double) -> Double {
    guard from < to else { return 0 }
    var missing = 0.0
    for index in from + 1...to {
      let step = Double(times[index] - times[index - 1])
      if step > LeakWindow.longStep * pace { missing += step - pace }
    }
    return missing
  }

  private static let longStep = 4.0

  /// Whether a good part of so many of the newest buckets' time is missing.
  func hasGap(_ size: Int) -> Bool {
    missing(count - size, count - 1, pace) > 0.1 * span(size)
  }

  /// How fast the level moved between the first and the last third of so many of the newest buckets.
  ///
  /// Time that nobody saw does not count: that nothing was measured does not mean that nothing rose.
  func drift(_ size: Int) -> Double? {
    let size = min(size, count)
    let third = size / 3
    guard third > 0 else { return nil }
    let begin = count - size
    let (from, to) = (middle(begin..<begin + third), middle(count - third..<count))
    let elapsed =
      Double(times[to.index] - times[from.index]) - missing(from.index, to.index, pace)
    return elapsed > 0 ? Double(to.value - from.value) / elapsed : nil
  }

  private func middle(_ range: Range<Int>) -> (index: Int, value: Float) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: BucketLadder.capacity) { buffer in
      let values = UnsafeMutableBufferPointer(rebasing: buffer[..<range.count])
      for (place, index) in range.enumerated() { values[place] = least[index] }
      return ((range.lowerBound + range.upperBound - 1) / 2, Median.of(values))
    }
  }
}
