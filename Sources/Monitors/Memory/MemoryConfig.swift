/// What a person can set about memory.
public struct MemoryConfig: Sendable, Equatable {
  /// The most the target should use; `nil` leaves it to the control group and the machine.
  public var maximum: Bytes? = Bytes(8_000_000_000)
  /// Seconds between two readings of mappings.
  public var checkInterval = 10.0
  /// Size of the heap from which collecting is advised, in megabytes.
  public var collectThreshold = 1000.0
  /// Share of the limit that is worth a warning.
  public var warningThreshold = 0.80
  /// Share of the limit that is critical.
  public var criticalThreshold = 0.95
  /// Growth that is worth a note, in megabytes a minute.
  public var growthWarningPerMinute = 10.0
  /// The defaults.
  public init() {}
}
