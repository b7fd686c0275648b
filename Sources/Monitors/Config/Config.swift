/// Everything a person can set: a section for each of the six, and the general.
public struct Config: Sendable, Equatable {
  /// Section `memory:`.
  public var memory = MemoryConfig()
  /// Section `storage:`.
  public var storage = StorageConfig()
  /// Section `batching:`.
  public var batching = BatchingConfig()
  /// Section `quality:`.
  public var quality = QualityConfig()
  /// Section `thermal:`.
  public var thermal = ThermalConfig()
  /// Section `alerts:`, with what the others arm.
  public var alerts = AlertsConfig()
  /// Seconds between samples.
  public var interval = 1.0
  /// Whether children of the target count.
  public var includesChildren = true
  /// The defaults.
  public init() {}
}
