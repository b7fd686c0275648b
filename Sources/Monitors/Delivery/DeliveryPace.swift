/// How long messages wait for one another, and how long a failed one waits for its next try.
public struct DeliveryPace: Sendable, Equatable {
  /// Seconds that the first message of a group waits for others.
  public var groupWait = 5.0
  /// The same for an emergency.
  public var emergencyWait = 1.0
  /// Seconds between two messages of a group, unless it gets worse.
  public var groupInterval = 60.0
  /// This many new alerts in `floodWindow` are told one by one; more are a flood.
  public var floodLimit = 10
  /// Seconds.
  public var floodWindow = 600.0
  /// Seconds between two messages about a flood, unless it gets worse.
  public var floodInterval = 300.0
  /// Seconds until the second try.
  public var firstRetry = 10.0
  /// The most seconds between two tries.
  public var longestRetry = 1800.0
  /// Seconds after which nobody tries any more.
  public var patience = 86400.0
  /// So many tries are as good as that.
  public var mostTries = 60

  /// The most seconds for which a message may wait for others.
  var longestHold: Double { max(groupInterval, floodInterval) }

  /// The usual pace.
  public init() {}

  /// Seconds until the next try, after so many that failed; `chance` is 0 to 1 and spreads those who failed together.
  func retry(after failures: Int, chance: Double) -> Double {
    let doublings = Double(1 << min(max(failures - 1, 0), 20))
    let seconds = min(firstRetry * doublings, longestRetry)
    let spread = 0.25
    let share = chance.isFinite ? min(max(chance, 0), 1) : 0.5
    return seconds * (1 - spread + 2 * spread * share)
  }
}
