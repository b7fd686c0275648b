/// Says which level of quality the machine can carry now, and why.
///
/// A target that is not linked does not obey, so nothing comes back of what is suggested: there is no loop to
/// learn from. The controller then gets, each second, the pressure that is expected at the level it
/// suggests: the measured one, scaled by the usual cost of that level against the best, at which the target is
/// taken to run. Its smoothing, waiting times and memory of failed upgrades stay, so the suggestion can't
/// flap; what it learns about costs is switched off, because only the scaling would be learned. Before there
/// are five seconds to smooth, the suggestion is the best level that is expected to stay below 0.80.
public struct QualityMonitor: Monitor {
  /// Its word.
  public static var word: Word { .quality }

  private static let longestHold = 10
  private static let longestGap = 5.0
  private static let warmUp = 5
  private static let acceptable = 0.80

  private var settings: QualityConfig
  /// The levels that may be suggested, cheapest first.
  private var levels: [QualityLevel]
  private var terms: PressureTerms
  private var controller: GainAware
  private var filter = PressureFilter()
  private var second = Second()
  private var seconds = 0
  private var last: Moment?
  private var usual = 1.0
  private var history = Series()
  private var levelHistory = Series()
  private var spoken = Spoken()

  /// One second's mean, whatever the interval between samples is.
  private struct Second {
    var elapsed = 0.0
    var sum = 0.0
    var count = 0
  }

  /// The words, and what they were made for: they change seldom.
  private struct Spoken {
    var percent = -1
    var level: QualityLevel?
    var term: Printable = ""
    var reason: Printable = ""
    var headline: Printable = ""
  }

  /// Starts without a history.
  public init(_ settings: QualityConfig) { self.init(settings, ticksPerSecond: 100) }

  /// Starts without a history; `ticksPerSecond` is the unit of the kernel's processor times.
  public init(_ settings: QualityConfig, ticksPerSecond: Double) {
    self.settings = settings
    levels = QualityMonitor.usable(settings.offered)
    controller = QualityMonitor.controller(for: levels)
    terms = PressureTerms(
      warningCelsius: settings.warningCelsius, ticksPerSecond: ticksPerSecond)
  }

  /// Goes by other settings from now on; only other levels make it look afresh which of them suits.
  public mutating func configure(_ settings: QualityConfig) {
    self.settings = settings
    terms.warningCelsius = settings.warningCelsius
    let offered = QualityMonitor.usable(settings.offered)
    guard offered != levels else { return }
    levels = offered
    controller = QualityMonitor.controller(for: levels)
    seconds = 0
  }

  private static func usable(_ offered: [QualityLevel]) -> [QualityLevel] {
    offered.isEmpty ? QualityLevel.allCases : offered
  }

  /// The usual costs of the levels, the cheapest of them being the unit.
  private static func controller(
    for levels: [QualityLevel], level: Int? = nil
  ) -> GainAware {
    let costs = levels.map { usualCosts[$0.rawValue] }
    let unit = costs.first ?? 1
    return GainAware(prior: costs.map { $0 / unit }, level: level, learns: false)
  }

  private static let usualCosts = [1, 1.35, 1.75, 2.2, 2.8]

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> QualityReading {
    var reading = QualityReading()
    reading.terms = terms.update(sample)
    let greatest = reading.terms.first?.value.value
    advance(greatest, at: sample.moment)
    reading.pressure = filter.value
    reading.suggested = filter.value == nil ? nil : level
    reading.settings = reading.suggested.flatMap(settingsOf)
    conclude(&reading, isBlind: greatest == nil)
    history.append(greatest == nil ? nil : filter.value)
    levelHistory.append(reading.suggested.map { Double($0.rawValue) })
    reading.history = history
    reading.levelHistory = levelHistory
    return reading
  }

  private var level: QualityLevel {
    levels.indices.contains(controller.level) ? levels[controller.level] : .ultraHigh
  }

  private func settingsOf(_ level: QualityLevel) -> QualitySettings? {
    settings.levels.indices.contains(level.rawValue) ? settings.levels[level.rawValue] : nil
  }

  /// The controller counts in seconds: faster samples are averaged, slower ones held.
  private mutating func advance(_ pressure: Double?, at moment: Moment) {
    let elapsed = last.map { moment.seconds(since: $0) } ?? 1
    last = moment
    guard !isGap(elapsed) else { return second = Second() }
    if let pressure {
      second.sum += pressure
      second.count += 1
    }
    second.elapsed += max(0, elapsed.isFinite ? elapsed : 0)
    let steps = Int(min(second.elapsed.rounded(), Double(QualityMonitor.longestHold)))
    guard steps > 0 else { return }
    let mean = second.count > 0 ? second.sum / Double(second.count) : .nan
    let rest = second.elapsed - Double(steps)
    second = Second(elapsed: rest < 1 ? rest : 0)
    for _ in 0..<steps { step(mean) }
  }

  /// What is measured across a gap is the gap's own mean, and nobody knows of which part of it.
  private mutating func isGap(_ elapsed: Double) -> Bool {
    defer { usual = elapsed }
    return elapsed > QualityMonitor.longestGap * max(1, usual)
  }

  private mutating func step(_ pressure: Double) {
    guard pressure.isFinite else {
      if seconds > QualityMonitor.warmUp { _ = controller.update(.nan) }
      return
    }
    _ = filter.update(pressure)
    seconds += 1
    if seconds <= QualityMonitor.warmUp {
      start(from: filter.recent.sorted()[filter.recent.count / 2])
    } else {
      _ = controller.update(pressure * cost(of: controller.level))
    }
  }

  /// Early readings are few and any of them may be a spike, so the controller begins at their median.
  private mutating func start(from median: Double) {
    let ratios = controller.ratios
    var first = ratios.indices.last { median * cost(of: $0) <= QualityMonitor.acceptable } ?? 0
    let before = controller.level
    let isStillRight =
      median * cost(of: before) <= 0.85 && (first <= before || median * cost(of: first) > 0.76)
    if seconds > 1, isStillRight { first = before }
    controller = QualityMonitor.controller(for: levels, level: first)
    for _ in 0..<QualityMonitor.warmUp {
      _ = controller.update(median * cost(of: controller.level))
    }
  }

  /// What a level is expected to leave of the pressure, the best one leaving all.
  private func cost(of level: Int) -> Double {
    let ratios = controller.ratios
    guard let best = ratios.last, ratios.indices.contains(level) else { return 1 }
    return ratios[level] / best
  }

  private mutating func conclude(_ reading: inout QualityReading, isBlind: Bool) {
    guard let pressure = reading.pressure, let suggested = reading.suggested else {
      reading.severity = .stale
      reading.headline = "no pressure can be read yet"
      reading.reason = "no pressure can be read yet"
      return
    }
    let expected = pressure * cost(of: controller.level)
    if isBlind {
      reading.severity = .stale
    } else if suggested == levels.first, expected > 0.85 {
      reading.severity = .warning
    } else {
      reading.severity = suggested == levels.last ? .ok : .info
    }
    speak(of: suggested, pressure: pressure, term: reading.terms.first?.name ?? "")
    reading.reason = spoken.reason
    reading.headline = spoken.headline
  }

  private mutating func speak(of level: QualityLevel, pressure: Double, term: Printable) {
    let percent = Int((pressure * 100).rounded())
    if percent == spoken.percent, level == spoken.level, term == spoken.term { return }
    spoken.percent = percent
    spoken.level = level
    spoken.term = term
    if level == levels.last {
      spoken.headline = "\(level.title) suggested"
      spoken.reason = "pressure \(percent) % (\(term)), room enough"
    } else {
      let share = Int((pressure * cost(of: controller.level) * 100).rounded())
      spoken.headline = "\(level.title) suggested: \(term)"
      spoken.reason = "pressure \(percent) %, about \(share) % at \(level.title)"
    }
  }
}
