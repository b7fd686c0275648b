/// Takes single spikes and noise out of a pressure: median of the last five, then a moving average.
struct PressureFilter: Sendable, Equatable {
  private static let weight = 0.35
  /// The last five as they came.
  private(set) var recent: [Double] = []
  /// The smoothed value; `nil` before the first.
  private(set) var value: Double?

  /// Takes one reading a second.
  mutating func update(_ pressure: Double) -> Double {
    if recent.count == 5 { recent.removeFirst() }
    recent.append(pressure)
    let median = recent.sorted()[recent.count / 2]
    let before = value ?? median
    let smoothed = before + PressureFilter.weight * (median - before)
    value = smoothed
    return smoothed
  }

  /// The least of the last three; `nil` before there are three.
  var floor: Double? { recent.count >= 3 ? recent.suffix(3).min() : nil }
}
