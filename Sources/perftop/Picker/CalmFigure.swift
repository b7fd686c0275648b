/// A measured number as a list shows it: it follows what can be seen and not each breath, so that a row that hardly changes costs the line nothing.
///
/// A figure that alternates is averaged; one that has moved for two readings is followed at once.
struct CalmFigure: Sendable, Equatable {
  /// How a kind of number moves and is rounded.
  struct Pace: Sendable, Equatable {
    /// How much of a difference is taken over at each reading; 1 takes all of it.
    var weight = 1.0
    /// A difference that is followed at once when it lasts: at least this much, and this share of the figure.
    var leap = 0.0
    var leapShare = 0.5
    /// Significant digits that are shown; `nil` shows whole numbers.
    var digits: Int?
    /// What is nearer to zero than this is zero.
    var least = 0.0
  }

  /// Stands for a number that is not there, below all others.
  static let missing = -Double.infinity
  /// How far what is shown may be off, in steps of its last digit, before it moves.
  private static let slack = 0.75

  private var latest = CalmFigure.missing
  private var steady = CalmFigure.missing
  /// The number as it is shown; `missing` where there is none.
  private(set) var shown = CalmFigure.missing

  /// The number as it is shown.
  var value: Double? { shown == CalmFigure.missing ? nil : shown }

  /// Takes the next reading.
  mutating func settle(_ reading: Double?, _ pace: Pace) {
    guard let reading, reading.isFinite else {
      self = CalmFigure()
      return
    }
    if reading == latest, reading == steady { return }
    steady = follow(reading, pace)
    latest = reading
    show(pace)
  }

  private func follow(_ reading: Double, _ pace: Pace) -> Double {
    guard steady != CalmFigure.missing, pace.weight < 1 else { return reading }
    let leap = max(pace.leap, pace.leapShare * abs(steady))
    let (now, before) = (reading - steady, latest - steady)
    let lasts = abs(now) > leap && abs(before) > leap && (now > 0) == (before > 0)
    if lasts { return (reading + latest) / 2 }
    if reading == 0, latest == 0 { return 0 }
    return steady + pace.weight * now
  }

  private mutating func show(_ pace: Pace) {
    guard abs(steady) >= pace.least else {
      shown = 0
      return
    }
    let step = CalmFigure.step(steady, pace.digits)
    guard shown == CalmFigure.missing || abs(steady - shown) > CalmFigure.slack * step else {
      return
    }
    shown = (steady / step).rounded() * step
  }

  /// What the last digit shown stands for.
  private static func step(_ value: Double, _ digits: Int?) -> Double {
    guard let digits else { return 1 }
    let largest = 1e18
    var limit = 10.0
    for _ in 1..<max(2, digits) { limit *= 10 }
    var step = 1.0
    while abs(value) >= limit * step, step < largest { step *= 10 }
    return step
  }
}
