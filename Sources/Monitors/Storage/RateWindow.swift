/// The rate of a growing total, as a person would give it: what is written in bursts is spread over the time between.
///
/// Over a few seconds where it grows all the time, else over whole intervals from burst to burst, so that the number
/// stands still while nothing changes; over the last seconds where it has stopped.
struct RateWindow: Sendable {
  private struct Mark: Sendable {
    var moment: Moment
    var total: UInt64
  }

  /// Where watching began, or the last growth that is too old to matter; after it all growth of the last half minute.
  private var marks: [Mark] = []
  private var last: Moment?

  /// How long after the last growth it is idle, in seconds.
  static let memory = 30.0
  private static let shortest = 4.0
  private static let longest = 24.0
  /// Where no rhythm can be seen yet.
  private static let usual = 10.0
  private static let mostMarks = 128
  private static let lateness = 1.5

  /// Starts where nothing had been written at a moment before; `nil` is at the first reading.
  init(zeroAt moment: Moment? = nil) {
    if let moment { marks = [Mark(moment: moment, total: 0)] }
    last = moment
  }

  /// Takes the total and gives bytes per second; `nil` until there are two readings.
  mutating func update(_ total: UInt64, at moment: Moment) -> Double? {
    if let mark = marks.last, let last, total >= mark.total, moment > last {
      if total > mark.total { marks.append(Mark(moment: moment, total: total)) }
    } else {
      marks = [Mark(moment: moment, total: total)]
    }
    last = moment
    var old = 0
    while marks.count - old > 1,
      marks.count - old > RateWindow.mostMarks
        || moment.seconds(since: marks[old + 1].moment) >= RateWindow.memory
    { old += 1 }
    if old > 0 { marks.removeFirst(old) }
    return rate(at: moment)
  }

  /// How long nothing has been added, in seconds; `nil` where that has never happened while watched.
  func still(at moment: Moment) -> Double? {
    marks.count > 1 ? marks.last.map { moment.seconds(since: $0.moment) } : nil
  }

  private func rate(at moment: Moment) -> Double? {
    guard let base = marks.first, let newest = marks.last else { return nil }
    guard moment > base.moment else { return nil }
    guard marks.count > 2 else { return mean(over: RateWindow.usual, at: moment) }
    let gap = marks.indices.dropFirst(2).reduce(0.0) {
      max($0, marks[$1].moment.seconds(since: marks[$1 - 1].moment))
    }
    let span = min(RateWindow.longest, max(RateWindow.shortest, 2 * gap))
    let since = marks.dropFirst().last { newest.moment.seconds(since: $0.moment) >= span }
    let start = since ?? marks[1]
    let length = newest.moment.seconds(since: start.moment)
    guard marks.count > 3 || length >= RateWindow.shortest else {
      return mean(over: RateWindow.usual, at: moment)
    }
    let tick = moment.seconds(since: newest.moment)
    guard tick <= max(RateWindow.lateness, RateWindow.lateness * gap), length > 0 else {
      return mean(over: span, at: moment)
    }
    return Double(newest.total - start.total) / length
  }

  /// What was added within the last seconds, or since watching began.
  private func mean(over seconds: Double, at moment: Moment) -> Double? {
    guard let base = marks.first, let newest = marks.last else { return nil }
    let length = min(seconds, moment.seconds(since: base.moment))
    let start = marks.last { moment.seconds(since: $0.moment) >= length } ?? base
    return length > 0 ? Double(newest.total - start.total) / length : nil
  }
}
