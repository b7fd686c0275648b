/// Whether something that is done now and then is due.
struct Period: Sendable {
  /// Seconds from one time to the next.
  var seconds: Double
  private var last: Moment?

  /// Is due at once.
  init(seconds: Double) {
    self.seconds = seconds
    last = nil
  }

  /// Says whether it is due, and counts from now if so; a little early is due, so that a tick that jitters is not lost.
  mutating func isDue(at moment: Moment) -> Bool {
    let tolerance = 0.05
    if let last {
      let elapsed = moment.seconds(since: last)
      if elapsed >= 0, elapsed < seconds * (1 - tolerance) { return false }
    }
    last = moment
    return true
  }

  /// Makes it due the next time.
  mutating func hasten() { last = nil }
}
