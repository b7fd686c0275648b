/// The level that a machine could carry whose program does not obey.
///
/// Nothing comes back of what is suggested, so there is no loop to learn from: the controller gets, each second,
/// the pressure that is expected at the level it suggests, which is the measured one scaled by the usual cost of that
/// level against the best, at which the target is taken to run. Its smoothing, waiting times and memory of failed
/// upgrades stay, so the suggestion can't flap; what it learns about costs is switched off, because only the scaling
/// would be learned. Before there are five seconds to smooth, the suggestion is the best level that is expected to
/// stay below 0.80.
struct QualityForecast: Sendable {
  private static let warmUp = 5
  private static let acceptable = 0.80
  private static let usualCosts = [1, 1.35, 1.75, 2.2, 2.8]

  private let prior: [Double]
  private var controller: GainAware
  private var recent = PressureFilter()
  private var seconds = 0

  init(_ levels: [QualityLevel]) {
    prior = QualityForecast.costs(levels)
    controller = GainAware(prior: prior, learns: false)
  }

  /// The usual costs of levels, the cheapest of them being the unit.
  static func costs(_ levels: [QualityLevel]) -> [Double] {
    let costs = levels.map { usualCosts[$0.rawValue] }
    let unit = costs.first ?? 1
    return costs.map { $0 / unit }
  }

  /// Where the suggestion stands among the levels.
  var level: Int { controller.level }

  /// What the suggested level is expected to leave of the pressure.
  var remainder: Double { cost(of: controller.level) }

  /// Takes the pressure of one second.
  mutating func step(_ pressure: Double) {
    guard pressure.isFinite else {
      if seconds > QualityForecast.warmUp { _ = controller.update(.nan) }
      return
    }
    _ = recent.update(pressure)
    seconds += 1
    if seconds <= QualityForecast.warmUp {
      start(from: recent.recent.sorted()[recent.recent.count / 2])
    } else {
      _ = controller.update(pressure * cost(of: controller.level))
    }
  }

  /// Early readings are few and any of them may be a spike, so the controller begins at their median.
  private mutating func start(from median: Double) {
    let places = controller.ratios.indices
    var first = places.last { median * cost(of: $0) <= QualityForecast.acceptable } ?? 0
    let before = controller.level
    let isStillRight =
      median * cost(of: before) <= 0.85 && (first <= before || median * cost(of: first) > 0.76)
    if seconds > 1, isStillRight { first = before }
    controller = GainAware(prior: prior, level: first, learns: false)
    for _ in 0..<QualityForecast.warmUp {
      _ = controller.update(median * cost(of: controller.level))
    }
  }

  /// What a level is expected to leave of the pressure, the best one leaving all.
  private func cost(of level: Int) -> Double {
    let ratios = controller.ratios
    guard let best = ratios.last, ratios.indices.contains(level) else { return 1 }
    return ratios[level] / best
  }
}
