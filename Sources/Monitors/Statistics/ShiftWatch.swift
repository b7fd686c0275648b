/// Watches a series on a clock for shifts, and remembers the one that stands until it is taken back.
public struct ShiftWatch: Sendable {
  /// A change that stands: from which level to which, and since when.
  public struct Standing: Sendable, Equatable {
    /// When it began, in seconds.
    public var since: Double
    /// When it was told, in seconds.
    public var told: Double
    /// The level before the first of the shifts that led here.
    public var before: Double
    /// The level now.
    public var after: Double
    /// How often a stretch after it lies beyond one before it, 1 being always.
    public var confidence: Double

    /// Makes one.
    public init(since: Double, told: Double, before: Double, after: Double, confidence: Double) {
      self.since = since
      self.told = told
      self.before = before
      self.after = after
      self.confidence = confidence
    }

    /// By what share of the level before: 0.4 is 40 % more.
    public var magnitude: Double { after / before - 1 }
    /// Which way.
    public var direction: Shift.Direction { after > before ? .up : .down }
  }

  private static let memory = 256
  /// A shift that leaves less than this share of the whole way takes it back.
  private static let leastLeft = 0.4
  private static let leastMagnitude = 0.05

  private var detector = ShiftDetector(memory: memory)
  /// When the newest samples came, in seconds after the first.
  private var times = Ring<Float>(capacity: memory, reserves: false)
  private var first: Double?

  /// The change that stands; `nil` where the level is what it was.
  public private(set) var standing: Standing?

  /// Knows nothing yet.
  public init() {}

  /// How many samples there have been.
  public var samples: Int { detector.samples }

  /// Forgets the series.
  public mutating func forget() {
    detector.forget()
    times.removeAll()
    first = nil
    standing = nil
  }

  /// Takes the next sample in.
  public mutating func update(_ value: Double, at seconds: Double) {
    guard !value.isNaN, seconds.isFinite else { return }
    let begin = first ?? seconds
    first = begin
    times.append(Float(seconds - begin))
    guard let shift = detector.update(value) else { return }
    let place = times.count - (detector.samples - shift.changedAt)
    let since = begin + Double(times[min(max(0, place), times.count - 1)])
    stand(shift, since: since, told: seconds)
  }

  /// What a new shift makes of the one that stands.
  private mutating func stand(_ shift: Shift, since: Double, told: Double) {
    guard let last = standing else {
      standing = Standing(
        since: since, told: told, before: shift.before, after: shift.after,
        confidence: shift.confidence)
      return
    }
    var next = last
    next.after = shift.after
    next.confidence = shift.confidence
    let left = ShiftWatch.way(next)
    let isBack =
      abs(left) < ShiftWatch.leastLeft * abs(ShiftWatch.way(last))
      || abs(next.magnitude) < ShiftWatch.leastMagnitude
    if isBack {
      standing = nil
      return
    }
    if next.direction != last.direction { next.since = since }
    next.told = told
    standing = next
  }

  private static func way(_ standing: Standing) -> Double {
    let least = 1e-12
    return (max(standing.after, least) / max(standing.before, least)).logarithm
  }
}
