/// The five levels of quality, from the cheapest.
public enum QualityLevel: Int, Sendable, CaseIterable, Comparable {
  case ultraLow, low, medium, high, ultraHigh

  /// `ultra_low`: the name in configuration, JSON and on the wire.
  public var name: String {
    switch self {
    case .ultraLow: "ultra_low"
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .ultraHigh: "ultra_high"
    }
  }

  /// `ultra low`: the name on the screen.
  public var title: Printable {
    switch self {
    case .ultraLow: "ultra low"
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .ultraHigh: "ultra high"
    }
  }

  /// Order from the cheapest.
  public static func < (a: QualityLevel, b: QualityLevel) -> Bool { a.rawValue < b.rawValue }
}

/// Who decides about the level.
public enum QualityMode: String, Sendable, CaseIterable {
  case auto, manual
}

/// Which level the machine can carry now, and why.
public struct QualityReading: Reading {
  /// How bad it is.
  public var severity: Severity = .ok
  /// One sentence.
  public var headline: Printable = ""
  /// Whether the target is linked at all.
  public var isLinked = false
  /// Why nothing is known of a target though it is linked; `nil` where it tells, or is not linked.
  public var linkTrouble: Printable?
  /// The level the target runs at; `nil` where it tells none.
  public var level: QualityLevel?
  /// Who decides: the pressure, until somebody sets a level by hand.
  public var mode = QualityMode.auto
  /// The level that the pressure calls for.
  public var suggested: QualityLevel?
  /// Smoothed pressure, 1 being all the machine has.
  public var pressure: Double?
  /// What the pressure is made of, greatest first.
  public var terms: [PressureTerm] = []
  /// The level the target should be told to run at now; `nil` where there is nothing to tell it.
  public var wanted: QualityLevel?
  /// What the level means that the target runs at; where it is not linked, what the suggested one does.
  public var settings: QualitySettings?
  /// What the level means for each part, where parts are told.
  public var components: [ComponentQuality] = []
  /// Changes of the level and what they achieved, newest last.
  public var changes: [QualityChange] = []
  /// Why this level, in words.
  public var reason: Printable = ""
  /// Pressure over time.
  public var history = Series()
  /// Level over time, 0 to 4; where the target is not linked, the suggested one.
  public var levelHistory = Series()

  /// Knows nothing yet.
  public init() {}
}

/// One part of the pressure.
public struct PressureTerm: Sendable, Equatable {
  /// `cpu`, `memory`, `temperature`, `cpu stalls`, `memory stalls`, `io stalls`, `target cpu`, `frames`.
  public var name: Printable
  /// How much, 1 being all; missing where it can't be read.
  public var value: Measured<Double>

  /// Makes one.
  public init(name: Printable, value: Measured<Double>) {
    self.name = name
    self.value = value
  }
}
