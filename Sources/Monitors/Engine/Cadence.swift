/// When the next tick is due; ticks that were missed are counted, never made up for.
public struct Cadence: Sendable, Equatable {
  /// Seconds between ticks.
  public private(set) var interval: Double
  /// Ticks that were due and never taken.
  public private(set) var late = 0
  private var next: Int64

  /// The first tick is due at once.
  public init(interval: Double, from moment: Moment) {
    self.interval = interval
    next = moment.nanoseconds
  }

  private static let shortest = 0.001
  private static let longest = 1e6

  private var step: Int64 {
    guard interval > Cadence.shortest else { return Int64(Cadence.shortest * 1e9) }
    return Int64(min(interval, Cadence.longest) * 1e9)
  }

  /// Nanoseconds until the next tick; 0 if it is due.
  public func wait(at moment: Moment) -> Int64 { max(0, next - moment.nanoseconds) }

  /// Notes that a tick is being taken now, and plans the next on the old beat.
  public mutating func advance(at moment: Moment) {
    let missed = max(0, moment.nanoseconds - next) / step
    late += Int(missed)
    next += (missed + 1) * step
  }

  /// Changes the interval, starting a new beat now.
  public mutating func change(interval: Double, at moment: Moment) {
    self.interval = interval
    next = moment.nanoseconds + step
  }
}
