/// A value that changes slowly and is read again only when it has rested long enough.
struct RestingValue<Value: Sendable>: Sendable {
  private var last: Measured<Value>?
  private var readAt: Moment?
  private let period: Double

  /// Starts with nothing; `period` is in seconds.
  init(period: Double) { self.period = period }

  /// The value as it was read last, or as it is now where that is due or wanted.
  mutating func value(at moment: Moment, now: Bool = false, _ read: () -> Measured<Value>)
    -> Measured<Value>
  {
    if !now, let last, let readAt, moment.seconds(since: readAt) < period { return last }
    let value = read()
    last = value
    readAt = moment
    return value
  }

  /// Makes the next question a reading.
  mutating func expire() { last = nil }
}
