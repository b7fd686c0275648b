/// What a person can set about heat.
public struct ThermalConfig: Sendable, Equatable {
  /// Worth a warning, in °C.
  public var warningCelsius = 70.0
  /// Critical, in °C.
  public var criticalCelsius = 80.0
  /// The defaults, which are those of a Raspberry Pi.
  public init() {}
}
