/// How hard something is pressed.
public enum PressureLevel: String, Sendable, CaseIterable, Comparable {
  case none, low, moderate, high, critical

  private var rank: Int {
    switch self {
    case .none: 0
    case .low: 1
    case .moderate: 2
    case .high: 3
    case .critical: 4
    }
  }

  /// The level of a place in the order, the nearest there is.
  init(rank: Int) {
    self =
      switch rank {
      case ...0: .none
      case 1: .low
      case 2: .moderate
      case 3: .high
      default: .critical
      }
  }

  /// Order by strength.
  public static func < (a: PressureLevel, b: PressureLevel) -> Bool { a.rank < b.rank }

  /// Where `value` stands among four rising steps: 0 below the first, 4 from the last on.
  static func step(_ value: Double, _ steps: [Double]) -> Int { steps.count { value >= $0 } }

  /// The place in the order.
  var order: Int { rank }
}

/// A level of pressure with what it comes from.
public struct Pressure: Sendable, Equatable {
  /// How hard.
  public var level: PressureLevel
  /// What weighs most: `memory stalls`, `processors`; empty where nothing presses.
  public var cause: Printable

  /// Makes one.
  public init(_ level: PressureLevel, cause: Printable = "") {
    self.level = level
    self.cause = cause
  }
}
