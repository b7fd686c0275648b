/// Says which level of quality the machine can carry now, and why; a linked target that obeys is steered to it.
public struct QualityMonitor: Monitor {
  /// Its word.
  public static var word: Word { .quality }

  private static let longestHold = 10
  private static let longestGap = 5.0
  static let frames: Printable = "frames"

  private(set) var settings: QualityConfig
  /// The levels that may be suggested, cheapest first.
  private(set) var levels: [QualityLevel]
  private var terms: PressureTerms
  private var forecast: QualityForecast
  private(set) var loop: QualityLoop?
  private var rates = FrameRates()
  private var effects = QualityEffects()
  private var filter = PressureFilter()
  private var second = Second()
  private var last: Moment?
  private var usual = 1.0
  private var linked: Linked?
  private var history = Series()
  private var levelHistory = Series()
  var spoken = Spoken()

  /// One second's mean, whatever the interval between samples is.
  private struct Second {
    var elapsed = 0.0
    var sum = 0.0
    var count = 0
  }

  /// How a linked target runs that obeys.
  struct Linked: Sendable, Equatable {
    var level: QualityLevel
    var isManual: Bool
    var isOffered: Bool
    var process: ProcessKey?
  }

  /// The words, and what they were made for: they change seldom.
  struct Spoken: Sendable {
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
    forecast = QualityForecast(levels)
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
    forecast = QualityForecast(levels)
    loop = nil
  }

  private static func usable(_ offered: [QualityLevel]) -> [QualityLevel] {
    offered.isEmpty ? QualityLevel.allCases : offered
  }

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> QualityReading {
    var reading = QualityReading()
    follow(sample)
    reading.isLinked = sample.link.value != nil
    reading.linkTrouble = sample.link.value == nil ? QualityMonitor.trouble(sample) : nil
    reading.terms = terms.update(sample)
    weighFrames(sample, into: &reading.terms)
    // Before the second reading there is no use of processors, and what is left would pass for calm.
    let isEarly = reading.terms.contains { $0.name == "cpu" && $0.value.absence == .notYet }
    let greatest = isEarly ? nil : reading.terms.first?.value.value
    advance(greatest, at: sample.moment)
    reading.pressure = filter.value
    if linked == nil {
      concludeUnlinked(&reading, isBlind: greatest == nil)
    } else {
      concludeLinked(&reading, sample, isBlind: greatest == nil)
    }
    history.append(greatest == nil ? nil : filter.value)
    levelHistory.append((reading.level ?? reading.suggested).map { Double($0.rawValue) })
    reading.history = history
    reading.levelHistory = levelHistory
    return reading
  }

  /// What keeps a link that is there from telling anything.
  private static func trouble(_ sample: Sample) -> Printable? {
    guard let why = sample.link.absence?.sentence, why.text.hasPrefix("linked, but") else {
      return nil
    }
    return why
  }

  /// Learns from the link how the target runs; one that obeys is steered from then on.
  private mutating func follow(_ sample: Sample) {
    let before = linked
    linked = Linked(sample)
    guard let linked else {
      if before != nil { loseTarget() }
      return
    }
    if before?.process != linked.process { effects.interrupt() }
    if before?.level != linked.level { rates.move() }
    if loop == nil {
      loop = QualityLoop(prior: QualityForecast.costs(levels), level: place(linked.level))
    }
  }

  private mutating func loseTarget() {
    loop?.lose()
    effects.interrupt()
    rates.move()
    spoken = Spoken()
  }

  /// Where a level stands among those that may be suggested, or the next cheaper one.
  private func place(_ level: QualityLevel) -> Int { levels.lastIndex { $0 <= level } ?? 0 }

  /// Frames that are lost are pressure too, where parts tell how many they make.
  private mutating func weighFrames(_ sample: Sample, into terms: inout [PressureTerm]) {
    guard let linked, let components = sample.link.value?.components, !components.isEmpty else {
      return
    }
    let skips = settings.levels.map(\.frameSkip)
    let lost = rates.update(components, level: linked.level.rawValue, skips: skips)
    let value: Measured<Double> = lost.map { .fresh(min(2, max(0, $0))) } ?? .missing(.notYet)
    let place = terms.firstIndex { ($0.value.value ?? -1) < (value.value ?? -1) } ?? terms.count
    terms.insert(PressureTerm(name: QualityMonitor.frames, value: value), at: place)
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
    if pressure.isFinite { _ = filter.update(pressure) }
    guard let linked else { return forecast.step(pressure) }
    let target = QualityLoop.Target(
      level: place(linked.level), isManual: linked.isManual, isOffered: linked.isOffered,
      isReached: !settings.isReadOnly)
    loop?.step(pressure, target)
  }

  private func level(at place: Int) -> QualityLevel {
    levels.indices.contains(place) ? levels[place] : .ultraHigh
  }

  private mutating func concludeUnlinked(_ reading: inout QualityReading, isBlind: Bool) {
    reading.suggested = filter.value == nil ? nil : level(at: forecast.level)
    reading.settings = reading.suggested.flatMap { settings.settings($0) }
    reading.changes = effects.changes
    guard let pressure = reading.pressure, let suggested = reading.suggested else {
      reading.severity = .stale
      reading.headline = "no pressure can be read yet"
      reading.reason = "no pressure can be read yet"
      return
    }
    let expected = pressure * forecast.remainder
    if isBlind {
      reading.severity = .stale
    } else if suggested == levels.first, expected > 0.85 {
      reading.severity = .warning
    } else {
      reading.severity = suggested == levels.last ? .ok : .info
    }
    speak(
      of: suggested, pressure: pressure, term: reading.terms.first?.name ?? "",
      remainder: forecast.remainder)
    reading.reason = spoken.reason
    reading.headline = spoken.headline
  }

  private mutating func concludeLinked(
    _ reading: inout QualityReading, _ sample: Sample, isBlind: Bool
  ) {
    guard let linked, let link = sample.link.value else { return }
    reading.level = linked.level
    reading.mode = linked.isManual ? .manual : .auto
    let called = loop?.wanted.map { level(at: $0) }
    reading.wanted = settings.isReadOnly ? nil : called
    reading.suggested = called ?? linked.level
    reading.settings = settings.settings(linked.level)
    reading.components = parts(linked.level, link.components)
    effects.update(linked.level, measure(reading, sample), at: sample.moment)
    reading.changes = effects.changes
    let isIgnored = loop?.isIgnored == true && !linked.isManual
    speak(of: linked, &reading, isBlind: isBlind, isIgnored: isIgnored)
  }

  private func parts(_ level: QualityLevel, _ components: [ComponentSample]) -> [ComponentQuality] {
    guard !components.isEmpty else { return [] }
    let skips = settings.levels.map(\.frameSkip)
    return settings.parts(level, components).map { part in
      var part = part
      part.efficiency = rates.share(part.name, level: level.rawValue, skips: skips)
        .map { Ratio($0) }
      return part
    }
  }

  private func measure(_ reading: QualityReading, _ sample: Sample) -> QualityMeasure {
    var measure = QualityMeasure()
    measure.pressure = reading.pressure
    let first = reading.components.first { $0.framesPerSecond != nil }
    measure.framesPerSecond = first?.framesPerSecond
    measure.latency = first?.latency
    if let target = sample.target.value {
      let resident = target.root.resident.value.map { Double($0.count) }
      measure.resident = resident.map { own in
        target.children.reduce(own) { $0 + Double($1.resident.value?.count ?? 0) }
      }
    }
    return measure
  }
}

extension QualityMonitor.Linked {
  /// What the link says, where it names a level there is.
  fileprivate init?(_ sample: Sample) {
    guard let link = sample.link.value, let quality = link.quality,
      let level = QualityLevel.allCases.first(where: { $0.name == quality.level.text })
    else { return nil }
    self.level = level
    isManual = quality.isManual
    isOffered = link.offers.contains(.quality)
    process = sample.target.value.map {
      ProcessKey(pid: $0.root.pid, startTicks: $0.root.startTicks)
    }
  }
}
