/// The values at the lower and the upper edge of a graph.
struct GraphScale: Sendable, Equatable {
  /// How the edges are found.
  enum Kind: Sendable, Equatable {
    /// From zero to a round number, at least this one.
    case fromZero(atLeast: Double)
    /// Round numbers around the values, at least this far apart: shows a slow change of something large.
    case fitted(atLeast: Double)
  }

  let bottom: Double
  let top: Double

  init(_ kind: Kind, lowest: Double, highest: Double) {
    switch kind {
    case .fromZero(let least):
      bottom = 0
      top = GraphScale.round(max(highest, least))
    case .fitted(let least):
      let (bottom, top) = GraphScale.fit(lowest, highest, least: max(least, abs(highest) / 50))
      self.bottom = bottom
      self.top = top
    }
  }

  /// Where a value stands between the edges, from 0 to 1.
  func share(_ value: Double) -> Double {
    top > bottom ? min(max(0, (value - bottom) / (top - bottom)), 1) : 0
  }

  private static func fit(_ lowest: Double, _ highest: Double, least: Double) -> (Double, Double) {
    var span = round(max((highest - lowest) * 1.2, least))
    for _ in 0..<4 {
      let bottom = (lowest / span * 2).rounded(.down) * span / 2
      if bottom <= 0 || lowest <= span { return (0, round(highest)) }
      if bottom + span >= highest { return (bottom, bottom + span) }
      span = round(span * 1.5)
    }
    return (0, round(highest))
  }

  /// The smallest of 1, 2, 5, 10, 20 … that is not less.
  static func round(_ value: Double) -> Double {
    guard value.isFinite, value > 1e-9, value < 1e18 else { return value >= 1e18 ? 1e18 : 1 }
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    for factor in [1.0, 2, 5] where power * factor >= value * 0.999_999 { return power * factor }
    return power * 10
  }
}
