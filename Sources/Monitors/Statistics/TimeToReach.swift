/// When something that rises will reach a level: a range, because neither its slope nor its place on the way is exact.
struct TimeToReach: Sendable, Equatable {
  /// In so many seconds, as likely sooner as later.
  var seconds: Double
  /// Hardly sooner than this.
  var low: Double
  /// Hardly later than that.
  var high: Double

  /// How far the slope of a smooth rise may change, as a share of it.
  private static let doubt = 0.15
  /// How much of the way to where a fifth of all slopes lie beyond.
  private static let trust = 0.6
  /// How many deviations of what comes in steps are allowed for.
  private static let deviations = 0.8

  /// How long `state` takes from `value` at `now` to rise by what is left; `nil` where it does not rise.
  ///
  /// The value may be anywhere between the floor and the peaks of what comes and goes.
  init?(_ state: LeakState, from value: Double, left: Double, at now: Double) {
    guard state.slope > 0, state.slope.isFinite, left.isFinite else { return nil }
    let since = state.slope * max(0, now - state.measuredAt)
    let floor = min(value, state.floor + since)
    let peak = max(value, state.ceiling + since)
    let fromFloor = max(0, left + value - floor)
    let fromPeak = max(0, left + value - peak)
    let doubt = TimeToReach.doubt(state, left: fromFloor)
    let trust = TimeToReach.trust
    let above = max(trust * (state.slopeRange.upperBound - state.slope), doubt * state.slope)
    let below = max(trust * (state.slope - state.slopeRange.lowerBound), doubt * state.slope)
    let steep = state.slope + above
    let flat = max(state.slope - below, state.slope / 4)
    low = fromPeak / steep
    high = fromFloor / flat
    seconds = min(max((fromFloor + fromPeak) / 2 / state.slope, low), high)
  }

  /// What comes in steps is the less certain the fewer of them are still to come.
  private static func doubt(_ state: LeakState, left: Double) -> Double {
    let seen = max(1, state.evidence.growth)
    let steps = deviations * deviations * state.unevenness * (1 + seen / max(1, left))
    return (doubt * doubt + steps).squareRoot()
  }
}
