/// What a person can set about alerts.
public struct AlertsConfig: Sendable, Equatable {
  /// Processor use worth a warning, in percent.
  public var cpuWarningPercent = 80.0
  /// Machine memory use worth a warning, in percent.
  public var memoryWarningPercent = 85.0
  /// Free disk space worth a warning, in gigabytes.
  public var diskFreeWarning = 5.0
  /// The memory section, whose thresholds arm rules.
  public var memory = MemoryConfig()
  /// The storage section, whose thresholds arm rules.
  public var storage = StorageConfig()
  /// The thermal section, whose thresholds arm rules.
  public var thermal = ThermalConfig()
  /// The defaults.
  public init() {}
}
