/// What a person can set about quality.
public struct QualityConfig: Sendable, Equatable {
  /// The settings of the five levels, cheapest first.
  public var levels: [QualitySettings] = [
    QualitySettings(resolutionScale: 0.3, compressionQuality: 30, frameSkip: 3),
    QualitySettings(resolutionScale: 0.5, compressionQuality: 50, frameSkip: 2),
    QualitySettings(resolutionScale: 0.7, compressionQuality: 70, frameSkip: 1),
    QualitySettings(resolutionScale: 0.85, compressionQuality: 85, frameSkip: 0),
    QualitySettings(resolutionScale: 1.0, compressionQuality: 95, frameSkip: 0),
  ]
  /// The levels that may be suggested, cheapest first.
  public var offered = QualityLevel.allCases
  /// The levels at which only the region of interest is worked on.
  public var regionOfInterest: [QualityLevel] = [.ultraLow, .low]
  /// Features of the program, those that matter most first; none leaves them to the program.
  public var features: [String] = []
  /// The warning temperature of the thermal section: the limit where a sensor names none itself, in °C.
  public var warningCelsius = 70.0
  /// Whether no action may reach a target: then a level is suggested and never asked for.
  public var isReadOnly = false
  /// The defaults.
  public init() {}
}
