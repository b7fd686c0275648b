/// What a person can set about batches.
public struct BatchingConfig: Sendable, Equatable {
  /// The size a program starts with.
  public var defaultSize = 10
  /// The smallest size that may be suggested.
  public var minimumSize = 1
  /// The largest size that may be suggested.
  public var maximumSize = 100
  /// Whether a size is suggested at all.
  public var isAdaptive = true
  /// Whether suggestions stay below the most memory that the target should own.
  public var obeysMemory = true
  /// Share of batches below which success is worth a warning.
  public var successRateWarning = 0.90
  /// The most memory that the target should own, from the memory section.
  public var maximumMemory: Bytes? = Bytes(8_000_000_000)
  /// The defaults.
  public init() {}

  /// The sizes that may be suggested.
  var bounds: ClosedRange<Int> { max(1, minimumSize)...max(1, minimumSize, maximumSize) }
}
