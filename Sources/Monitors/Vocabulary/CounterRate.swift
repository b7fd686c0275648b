/// Turns a kernel counter into a rate, without ever inventing one.
///
/// The first reading, a counter that went backwards, a clock that stood still and a gap give no rate.
///
///     var rate = CounterRate()
///     rate.update(100, at: start)                      // nil: nothing to compare with
///     rate.update(300, at: oneSecondLater)             // 200
public struct CounterRate: Sendable {
  private var last: (value: UInt64, at: Moment)?
  /// The longest time between two readings that still gives a rate, in seconds.
  public var longestGap: Double

  /// Makes a rate that has seen nothing yet.
  public init(longestGap: Double = 30) { self.longestGap = longestGap }

  /// Takes a reading; `nil` (unreadable) forgets the past.
  public mutating func update(_ value: UInt64?, at moment: Moment) -> Double? {
    guard let value else {
      last = nil
      return nil
    }
    defer { last = (value, moment) }
    guard let last, value >= last.value else { return nil }
    let elapsed = moment.seconds(since: last.at)
    guard elapsed > 0, elapsed <= longestGap else { return nil }
    return Double(value - last.value) / elapsed
  }
}
