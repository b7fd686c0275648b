/// Means over equally long stretches of time, few enough to be judged at once: when they become too many, two are made one,
/// until a stretch is as long as it may be; from then on the oldest fall out.
struct TrendWindow: Sendable {
  /// What the means say of where the value is going.
  struct Verdict: Sendable, Equatable {
    /// How sure it is that it goes anywhere: Mann and Kendall's score, positive for upwards.
    var score: Double
    /// The same as a share of the surest there can be, 0 to 1.
    var strength: Double
    /// Its slope a second, where it goes anywhere: the middle one, and what four of five are above and below of.
    var slope: RobustSlope.Range?
    /// The slope of the last quarter alone.
    var recent: Double
    /// How much it changed by that slope.
    var change: Double
    /// Its mean.
    var level: Double
    /// Seconds from the first mean to the last.
    var span: Double
  }

  private static let most = 40
  private static let fewest = 20
  private static let fewestKnown = 16
  private static let leastScore = 3.0
  private static let parts = 6
  /// A part of the time goes along if it has this share of the whole change.
  private static let leastShare = 0.08

  /// Kept as differences to the first, of which short numbers hold all that matters.
  private var means: [Float] = []
  private var origin = 0.0
  private var sum = 0.0
  private var count = 0.0
  private var end: Double?
  private(set) var width: Double
  private let shortest: Double
  private let longest: Double

  /// A stretch is so many seconds long at first and at last.
  init(width: Double = 5, longest: Double = 20) {
    self.width = width
    shortest = width
    self.longest = longest
  }

  /// Forgets everything.
  mutating func forget() {
    means.removeAll(keepingCapacity: true)
    (sum, count) = (0, 0)
    end = nil
    width = shortest
  }

  /// Takes a value, `nil` where there is none, and says whether a stretch has ended.
  mutating func update(_ value: Double?, at seconds: Double) -> Bool {
    var hasEnded = false
    if let end, seconds >= end - width {
      hasEnded = seconds >= end
      if hasEnded { close(until: seconds) }
    } else {
      guard value != nil else { return false }
      forget()
      end = seconds + width
      origin = value ?? 0
    }
    guard let value, value.isFinite else { return hasEnded }
    sum += value - origin
    count += 1
    return hasEnded
  }

  private mutating func close(until seconds: Double) {
    guard var end else { return }
    guard seconds - end < width * Double(TrendWindow.fewest) else {
      forget()
      self.end = seconds + width
      return
    }
    if means.count == TrendWindow.most, width * 2 <= longest {
      // The stretch that has just ended is the first half of one that is twice as long.
      end += width
      merge()
    }
    guard seconds >= end else { return self.end = end }
    append(count > 0 ? Float(sum / count) : .nan)
    end += width
    while seconds >= end {
      append(.nan)
      end += width
    }
    (sum, count) = (0, 0)
    self.end = end
  }

  private mutating func append(_ mean: Float) {
    if means.isEmpty, mean.isNaN { return }
    if means.isEmpty { means.reserveCapacity(TrendWindow.most) }
    if means.count == TrendWindow.most { means.removeFirst() }
    means.append(mean)
  }

  private mutating func merge() {
    for index in 0..<means.count / 2 {
      let (first, second) = (means[2 * index], means[2 * index + 1])
      means[index] = first.isNaN ? second : second.isNaN ? first : (first + second) / 2
    }
    means.removeLast(means.count - means.count / 2)
    width *= 2
  }

  /// What there is to say; `nil` where it is too early.
  var verdict: Verdict? {
    guard means.count >= TrendWindow.fewest else { return nil }
    return withPoints { times, values -> Verdict? in
      guard values.count >= TrendWindow.fewestKnown, let first = times.first, let last = times.last,
        let start = values.baseAddress
      else { return nil }
      let count = Double(values.count)
      let score = MannKendall.score(start, values.indices)
      var verdict = Verdict(
        score: score, strength: min(1, abs(score) / TrendWindow.surest(count)), recent: 0,
        change: 0, level: origin + values.reduce(0) { $0 + Double($1) } / count,
        span: Double(last - first))
      guard abs(score) >= TrendWindow.leastScore, TrendWindow.isEven(values),
        let slope = TrendWindow.slope(times, values)
      else { return verdict }
      verdict.slope = slope
      verdict.change = Double(slope.middle) * verdict.span
      verdict.recent = TrendWindow.recent(times, values)
      return verdict
    }
  }

  /// The score of so many numbers of which each is greater than all before it.
  private static func surest(_ count: Double) -> Double {
    let pairs = count * (count - 1)
    return (pairs / 2 - 1) / (pairs * (2 * count + 5) / 18).squareRoot()
  }

  /// Seldom asked for, so that the room to work in need not be kept.
  private static func slope(
    _ times: UnsafeBufferPointer<Float>, _ values: UnsafeBufferPointer<Float>
  ) -> RobustSlope.Range? {
    guard let time = times.baseAddress, let value = values.baseAddress else { return nil }
    var slopes = RobustSlope()
    return slopes.range(time, value, values.indices)
  }

  /// The means of three stretches of equal length that follow one another.
  struct Thirds: Sendable, Equatable {
    var begin: Double
    var middle: Double
    var end: Double
    /// How long one of them is.
    var seconds: Double
    /// How far such a mean may be off: a standard deviation.
    var noise: Double
  }

  /// What there is, in three parts; `nil` where it is too early.
  var thirds: Thirds? {
    let part = means.count / 3
    guard means.count >= TrendWindow.fewest, !means.contains(where: \.isNaN) else { return nil }
    let first = means.count - 3 * part
    let mean = { (place: Int) in
      means[(first + place * part)..<(first + (place + 1) * part)].reduce(0) { $0 + Double($1) }
        / Double(part)
    }
    var steps = 0.0
    for place in 2..<means.count {
      // A rise that goes on is no noise: what counts is how one step differs from the one before.
      let bend = Double(means[place] - 2 * means[place - 1] + means[place - 2])
      steps += bend * bend
    }
    let single = (steps / Double(means.count - 2) / 6).squareRoot()
    return Thirds(
      begin: origin + mean(0), middle: origin + mean(1), end: origin + mean(2),
      seconds: Double(part) * width, noise: single / Double(part).squareRoot())
  }

  private func withPoints<Result>(
    _ body: (UnsafeBufferPointer<Float>, UnsafeBufferPointer<Float>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * TrendWindow.most) { memory in
      var known = 0
      for (index, mean) in means.enumerated() where !mean.isNaN {
        memory.initializeElement(at: known, to: Float(Double(index) * width))
        memory.initializeElement(at: TrendWindow.most + known, to: mean)
        known += 1
      }
      let (times, values) = (memory[..<known], memory[TrendWindow.most..<TrendWindow.most + known])
      return body(
        UnsafeBufferPointer(rebasing: times), UnsafeBufferPointer(rebasing: values))
    }
  }

  /// Whether it went that way in most parts of the time: a step has but one part in which it does.
  private static func isEven(_ values: UnsafeBufferPointer<Float>) -> Bool {
    let part = values.count / parts
    let first = values.count - part * parts
    let mean = { (place: Int) in
      let begin = first + place * part
      return (begin..<begin + part).reduce(0) { $0 + Double(values[$1]) } / Double(part)
    }
    let whole = mean(parts - 1) - mean(0)
    guard part > 0, whole != 0 else { return false }
    let even = (1..<parts).count { (mean($0) - mean($0 - 1)) / whole >= leastShare }
    return even >= parts / 2
  }

  /// Between the means of the two last eighths and a quarter before them.
  private static func recent(
    _ times: UnsafeBufferPointer<Float>, _ values: UnsafeBufferPointer<Float>
  ) -> Double {
    let part = max(2, values.count / 8)
    let mean = { (numbers: UnsafeBufferPointer<Float>, from: Int) in
      (from..<from + part).reduce(0) { $0 + Double(numbers[$1]) } / Double(part)
    }
    let (late, early) = (values.count - part, values.count - 3 * part)
    guard early >= 0 else { return 0 }
    let elapsed = mean(times, late) - mean(times, early)
    return elapsed > 0 ? (mean(values, late) - mean(values, early)) / elapsed : 0
  }
}
