/// What a person can set that judgement goes by; all of it belongs to other sections.
public struct JudgementConfig: Sendable, Equatable {
  /// Where a machine slows down that does not say where, in °C.
  public var criticalCelsius = 80.0
  /// Where heat is worth a warning, in °C.
  public var warningCelsius = 70.0
  /// The level that advice about compression starts from.
  public var compressionLevel = 6
  /// Size of the heap from which collecting is advised, in megabytes.
  public var collectThreshold = 1000.0
  /// The defaults.
  public init() {}
}
