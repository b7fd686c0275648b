/// When the places of a history were taken: the pace changes, and ticks are late, but a graph says how long it took.
///
/// Only the places where the pace changed are kept, so a steady tick costs nothing.
public struct SampleTimes: Sendable, Equatable {
  private struct Knot: Sendable, Equatable {
    var place: Int
    var nanoseconds: Int64
  }

  private static let kept = 64
  private static let leastDeviation: Int64 = 100_000_000

  private var knots: [Knot] = []
  private var newest: Knot?
  private var step: Int64 = 0

  /// Knows of no place yet.
  public init() {}

  /// Notes when a place was taken, and how many seconds are meant to lie between two.
  public mutating func note(_ place: Int, at moment: Moment, interval: Double) {
    let knot = Knot(place: place, nanoseconds: moment.nanoseconds)
    let step = SampleTimes.nanoseconds(interval)
    defer {
      newest = knot
      self.step = step
    }
    guard let last = knots.last, let newest else {
      knots = [knot]
      return
    }
    let meant = last.nanoseconds &+ Int64(place - last.place) &* self.step
    let deviation = (knot.nanoseconds &- meant).magnitude
    guard step != self.step || deviation > max(self.step / 2, SampleTimes.leastDeviation) else {
      return
    }
    if newest.place > last.place { knots.append(newest) }
    if place > newest.place { knots.append(knot) }
    if knots.count > SampleTimes.kept { knots.removeFirst(knots.count - SampleTimes.kept) }
  }

  /// Seconds between two places; those that are still to come are as far apart as the interval says.
  public func seconds(from first: Int, to end: Int, interval: Double) -> Double {
    time(of: end, interval) - time(of: first, interval)
  }

  /// Behind the last change by the beat and not by the clock: what a tick is late must not show.
  private func time(of place: Int, _ interval: Double) -> Double {
    guard let newest, let last = knots.last else { return Double(place) * interval }
    if place >= last.place || knots.count == 1 {
      let taken = min(place, newest.place)
      return SampleTimes.seconds(last) + Double(taken - last.place) * Double(step) / 1e9
        + Double(place - taken) * interval
    }
    let index = knots.dropLast().lastIndex { $0.place <= place } ?? 0
    let (knot, next) = (knots[index], knots[index + 1])
    guard next.place > knot.place else { return SampleTimes.seconds(knot) }
    let pace =
      (SampleTimes.seconds(next) - SampleTimes.seconds(knot)) / Double(next.place - knot.place)
    return SampleTimes.seconds(knot) + Double(place - knot.place) * pace
  }

  private static func seconds(_ knot: Knot) -> Double { Double(knot.nanoseconds) / 1e9 }

  private static func nanoseconds(_ interval: Double) -> Int64 {
    interval.isFinite ? Int64(min(max(interval, 0), 1e6) * 1e9) : 0
  }
}
