/// What a person can set about batches.
public struct BatchingConfig: Sendable, Equatable {
  /// The size a program starts with.
  public var defaultSize = 10
  /// The smallest size that may be suggested.
  public var minimumSize = 1
  /// The largest size that may be suggested.
  public var maximumSize = 100
  /// The defaults.
  public init() {}
}
