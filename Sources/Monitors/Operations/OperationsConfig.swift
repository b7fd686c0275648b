/// What a person can set about the operations of a linked program.
public struct OperationsConfig: Sendable, Equatable {
  /// An operation that takes longer is slow, in seconds.
  public var slowSeconds = 30.0
  /// Share of failures worth a warning.
  public var failureRateWarning = 0.05
  /// The defaults.
  public init() {}
}
