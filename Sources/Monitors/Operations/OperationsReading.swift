/// What the target's operations cost, as the program itself tells.
public struct OperationsReading: Sendable, Equatable {
  /// Each operation there is a name of, in the order in which the names came.
  public var rows: [OperationRow] = []
  /// Why there are none; `nil` while the target is linked.
  public var absence: Absence? = .because("the target is not linked")
  /// Which of them have become slower or faster, or get more or less done, and stay so; the worst first.
  public var regressions: [OperationRegression] = []
  /// Records that had a name too many.
  public var overflow: UInt64 = 0

  /// Knows nothing yet.
  public init() {}
}

/// One operation: since the program began, now, and over the last minute.
public struct OperationRow: Sendable, Equatable {
  /// Its name.
  public var name: Printable
  /// `download_operation`, or whatever else the program calls its kind; may be empty.
  public var kind: Printable = ""
  /// How many have ended since the program linked itself.
  public var count: UInt64 = 0
  /// How many of them with an error.
  public var errors: UInt64 = 0
  /// Under way now.
  public var active = 0
  /// How long the oldest of those has been under way, in seconds.
  public var oldest: Double?
  /// Ended in a second, over the last minute.
  public var perSecond: Double?
  /// Items in a second, over the last minute.
  public var itemsPerSecond: Double?
  /// Share of the last minute's that failed.
  public var failures: Ratio?
  /// How long one took over the last minute, in seconds.
  public var mean: Double?
  /// Half of them took no longer.
  public var median: Double?
  /// 95 of 100 took no longer.
  public var p95: Double?
  /// 99 of 100 took no longer.
  public var p99: Double?
  /// How much resident memory changed during one, on average of those that were measured over the last minute.
  public var memoryDelta: Double?

  /// Names one of which nothing is known.
  public init(name: Printable) { self.name = name }
}
