public import Monitors

/// How well leaks are told from the rest: the first alarm counts, and one before the leak began is false.
public struct LeakScore: Sendable {
  /// Leaks that were found.
  public private(set) var found: [(series: LeakSeries, after: Double, slopeError: Double)] = []
  /// Leaks that were not, by name.
  public private(set) var missed: [String] = []
  /// Alarms that were false, by name.
  public private(set) var falseAlarms: [String] = []
  /// Values that were judged.
  public private(set) var samples = 0

  /// Runs a detector over all series.
  public init(_ all: [LeakSeries], with detector: () -> LeakDetector = { LeakDetector() }) {
    for series in all { judge(series, detector()) }
  }

  private mutating func judge(_ series: LeakSeries, _ fresh: LeakDetector) {
    var detector = fresh
    var alarm: (at: Double, slope: Double)?
    for (index, value) in series.values.enumerated() {
      detector.update(value, at: series.time(index))
      if alarm == nil, detector.state.alarmedAt != nil {
        alarm = (series.time(index), detector.state.slope)
      }
    }
    samples += series.values.count
    let name = "\(series.name) (\(series.kind))"
    guard let alarm, series.isLeak, alarm.at >= series.onset else {
      if alarm != nil { falseAlarms.append(name) }
      if series.isLeak { missed.append(name) }
      return
    }
    found.append((series, alarm.at - series.onset, abs(alarm.slope / series.slope - 1)))
  }

  /// Of all alarms, the share that was right.
  public var precision: Double {
    Double(found.count) / Double(max(1, found.count + falseAlarms.count))
  }

  /// Of all leaks, the share that was found.
  public var recall: Double { Double(found.count) / Double(max(1, found.count + missed.count)) }

  /// Minutes from a leak's beginning to its alarm, of those of at least `slope` bytes a second; a share of them was sooner.
  public func minutes(_ share: Double, from slope: Double = 0) -> Double {
    LeakScore.quantile(found.filter { $0.series.slope >= slope }.map { $0.after / 60 }, share)
  }

  /// By how much half of all slopes are wrong at most, as a share.
  public var slopeError: Double { LeakScore.quantile(found.map(\.slopeError), 0.5) }

  private static func quantile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
  }
}

/// How often the time at which memory runs out is within the range that was given for it.
public struct ForecastScore: Sendable {
  /// Forecasts that were made.
  public private(set) var made = 0
  /// Those whose range holds the truth.
  public private(set) var inside = 0
  /// Of which the truth lies elsewhere, by name.
  public private(set) var outside: [String] = []
  private var widths: [Double] = []

  private static let wait = 600.0

  /// Cuts each leak ten minutes after its alarm; the limit is what it has ten minutes before its end.
  public init(_ all: [LeakSeries]) {
    for series in all where series.isLeak { judge(series) }
  }

  private mutating func judge(_ series: LeakSeries) {
    let wait = ForecastScore.wait
    let failure = series.time(series.values.count - 1) - wait
    let limit = series.values[max(0, min(series.values.count - 1, Int(failure / series.step)))]
    var detector = LeakDetector()
    for (index, value) in series.values.enumerated() {
      let now = series.time(index)
      guard now < failure else { return }
      detector.update(value, at: now)
      guard let alarm = detector.state.alarmedAt, alarm >= series.onset, now >= alarm + wait else {
        continue
      }
      let range = TimeToReach(detector.state, from: value, left: limit - value, at: now)
      return note(range, truth: failure - now, series)
    }
  }

  private mutating func note(_ range: TimeToReach?, truth: Double, _ series: LeakSeries) {
    made += 1
    guard let range, range.low <= truth, truth <= range.high else {
      outside.append("\(series.name) (\(series.kind))")
      return
    }
    inside += 1
    widths.append((range.high - range.low) / max(1, range.seconds))
  }

  /// The share whose range holds the truth.
  public var share: Double { Double(inside) / Double(max(1, made)) }

  /// How wide half of all ranges are at most, as a share of the time.
  public var width: Double { widths.sorted().dropFirst(widths.count / 2).first ?? .nan }
}
