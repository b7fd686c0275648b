/// The rate of a growing total over the last few ticks: steady where buffers make the ticks themselves jump.
///
/// Summed over a long time it is exact: nothing is weighted away.
struct RateWindow: Sendable {
  private var points: Ring<Point>

  private struct Point: Sendable {
    var moment: Moment
    var total: UInt64
  }

  /// How many ticks are smoothed over.
  static let ticks = 4

  /// Starts where nothing had been written at the ticks before.
  init(zeroAt moments: Ring<Moment> = Ring(capacity: ticks)) {
    points = Ring(capacity: RateWindow.ticks + 1)
    for moment in moments { points.append(Point(moment: moment, total: 0)) }
  }

  /// Takes the total and gives bytes per second; `nil` until there are two readings.
  mutating func update(_ total: UInt64, at moment: Moment) -> Double? {
    if let last = points.last, total < last.total || moment <= last.moment { points.removeAll() }
    points.append(Point(moment: moment, total: total))
    guard let first = points.first else { return nil }
    let elapsed = moment.seconds(since: first.moment)
    return elapsed > 0 ? Double(total - first.total) / elapsed : nil
  }
}
