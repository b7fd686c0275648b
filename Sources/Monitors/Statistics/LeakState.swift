/// What is thought of a series of amounts: whether its floor keeps rising, how fast, and why one thinks so.
public struct LeakState: Sendable, Equatable {
  /// How it stands.
  public enum Phase: String, Sendable, CaseIterable {
    /// Too early to say anything.
    case learning
    /// The floor does not keep rising.
    case none
    /// It has risen evenly for a while; that may still end.
    case suspected
    /// It has risen evenly for longer than anything but a leak does.
    case leaking
  }

  /// What was found when the tests were passed, in numbers.
  public struct Evidence: Sendable, Equatable {
    /// How long the floor has been rising under the eyes of the tests, in seconds.
    public var span = 0.0
    /// By how much it rose in that time.
    public var growth = 0.0
    /// The ordinary ups and downs of the floor, as a standard deviation.
    public var noise = 0.0
    /// How the growth is spread over the four quarters of that time: 1 is an even share.
    public var quarters: [Double] { [first, second, third, fourth] }
    /// How surely it rises, in standard deviations (Mann and Kendall).
    public var trend = 0.0

    var first = 0.0
    var second = 0.0
    var third = 0.0
    var fourth = 0.0
  }

  /// How it stands.
  public var phase = Phase.learning
  /// By how much the floor rises a second; 0 where nothing is suspected.
  public var slope = 0.0
  /// Four of five slopes between two points in time are above the first, and four of five below the second.
  public var slopeRange = 0.0...0.0
  /// How sure the verdict is, from 0 to 1.
  public var confidence = 0.0
  /// When the rise began, in seconds.
  public var since: Double?
  /// When a leak was suspected first, in seconds.
  public var suspectedAt: Double?
  /// When it was confirmed first, in seconds.
  public var alarmedAt: Double?
  /// When it was over, in seconds.
  public var resolvedAt: Double?
  /// The level to which the series returns now.
  public var floor = 0.0
  /// The level that its peaks reach, measured like the floor.
  public var ceiling = 0.0
  /// When floor and ceiling were measured, in seconds.
  public var measuredAt = 0.0
  /// How much of the rise comes in steps: 0 for none, 1 for all of it in one.
  public var unevenness = 0.0
  /// What speaks for the verdict.
  public var evidence = Evidence()

  /// Knows nothing yet.
  public init() {}
}
