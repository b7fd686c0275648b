/// Whether the level that something returns to keeps rising, evenly, over the last six minutes.
///
/// A steady level, a sawtooth and a single step have no rising floor, whatever their slope of the moment is.
struct RisingFloor: Sendable, Equatable {
  private static let width = 30.0
  private static let third = 4

  private var minima = Ring<Double>(capacity: 3 * third)
  private var lowest: Double?
  private var began: Moment?

  /// Takes a value; a missing one changes nothing.
  mutating func update(_ value: Double?, at now: Moment) {
    guard let value, value.isFinite else { return }
    guard let start = began else {
      began = now
      lowest = value
      return
    }
    if now.seconds(since: start) >= RisingFloor.width {
      if let lowest { minima.append(lowest) }
      lowest = value
      began = now
    } else {
      lowest = min(lowest ?? value, value)
    }
  }

  /// Forgets everything: what came before is another story.
  mutating func forget() { self = RisingFloor() }

  /// Whether the floor rose by at least this much, and at least a quarter of it in each half of the time.
  func isRising(by least: Double) -> Bool {
    guard minima.count == minima.capacity else { return false }
    let floors = (0..<3).map { part in
      (0..<RisingFloor.third).reduce(Double.infinity) {
        min($0, minima[part * RisingFloor.third + $1])
      }
    }
    let rise = floors[2] - floors[0]
    guard rise > 0, rise >= least else { return false }
    return floors[1] - floors[0] >= rise / 4 && floors[2] - floors[1] >= rise / 4
  }
}
