/// Turns what is known about heat into severity, causes, a headline and advice.
struct ThermalWords {
  private let reading: ThermalReading
  private let entries: [ThrottleHistory.Entry]
  private let settings: ThermalConfig

  /// Takes the facts.
  init(reading: ThermalReading, entries: [ThrottleHistory.Entry], settings: ThermalConfig) {
    self.reading = reading
    self.entries = entries
    self.settings = settings
  }

  private var degrees: Double? { reading.hottest.value?.celsius.value?.degrees }
  private var acting: [ThrottleHistory.Entry] { entries.filter { $0.isNow && !$0.isStanding } }
  private var standing: [ThrottleHistory.Entry] { entries.filter { $0.isNow && $0.isStanding } }

  /// A sensor that has reached the temperature at which the machine stops itself.
  private var stopping: SensorSample? {
    reading.sensors.first { sensor in
      guard let limit = sensor.criticalLimit, let celsius = sensor.celsius.value else {
        return false
      }
      return celsius >= limit
    }
  }

  /// How bad it is.
  var severity: Severity {
    let isStarved = acting.contains { $0.sign.cause == .underVoltage }
    if isStarved || stopping != nil || (degrees ?? 0) >= settings.criticalCelsius {
      return .critical
    }
    if !acting.isEmpty || (degrees ?? 0) >= settings.warningCelsius { return .warning }
    if reading.hottest.isStale { return .stale }
    let hasPast = reading.throttledWhileWatched || reading.throttledSinceBoot == true
    if hasPast || !standing.isEmpty { return .info }
    return degrees == nil && reading.throttledNow == nil ? .stale : .ok
  }

  /// What acts now, without saying when.
  var slowedBy: Printable { acting.isEmpty ? "" : Printable(list(acting)) }

  /// Each cause with its sources and when: now, while watched, since boot.
  var causes: [Printable] {
    let now = merged(entries.filter(\.isNow), "now")
    let watched = merged(entries.filter { !$0.isNow && $0.wasWatched }, "while watched")
    let boot = merged(
      entries.filter { !$0.isNow && !$0.wasWatched && $0.sign.sinceBoot == true }, "since boot")
    return now + watched + boot
  }

  /// One line a cause: `under-voltage now (raspberrypi firmware, rpi_volt alarm)`.
  private func merged(_ entries: [ThrottleHistory.Entry], _ when: Printable) -> [Printable] {
    var order: [Printable] = []
    var sources: [Printable: [String]] = [:]
    for entry in entries {
      let words = entry.sign.key.words
      if sources[words] == nil { order.append(words) }
      sources[words, default: []].append(source(of: entry))
    }
    return order.map { "\($0) \(when) (\((sources[$0] ?? []).joined(separator: ", ")))" }
  }

  private func source(of entry: ThrottleHistory.Entry) -> String {
    let source = entry.sign.origin.text
    guard let count = entry.sign.count else { return source }
    let number = entry.events > 0 ? entry.events : count
    return "\(source): \(number) \(number == 1 ? "event" : "events")"
  }

  /// What matters most, in one sentence.
  var headline: Printable {
    guard let degrees else {
      let reason = reading.hottest.absence?.sentence ?? "no sensor answers"
      return throttling.map { "\($0); \(reason)" } ?? reason
    }
    let celsius = Celsius(degrees).text
    if !acting.isEmpty, let throttling { return "\(throttling); \(celsius)" }
    let rest =
      throttling.map { "; \($0)" } ?? (reading.throttledNow == nil ? "" : ", not throttled")
    if let stopping, let own = stopping.celsius.value, let limit = stopping.criticalLimit {
      return "critical: \(stopping.name) \(own.text), its limit is \(limit.text)\(rest)"
    }
    if degrees >= settings.criticalCelsius {
      return "critical: \(celsius), limit \(Celsius(settings.criticalCelsius).text)\(rest)"
    }
    if degrees >= settings.warningCelsius {
      return "hot: \(celsius), limit \(Celsius(settings.warningCelsius).text)\(rest)"
    }
    return "\(celsius)\(rest)"
  }

  /// What slows or slowed the machine down; `nil` when nothing did.
  private var throttling: Printable? {
    if !acting.isEmpty { return "throttled now: \(list(acting))" }
    if !standing.isEmpty { return "frequency capped: \(Printable(sources(standing)))" }
    let watched = entries.filter(\.wasWatched)
    if reading.throttledWhileWatched {
      let span = reading.throttledSeconds
      let long = span > 0 ? " \(Units.span(seconds: span))" : ""
      return watched.isEmpty
        ? "throttled\(long) while watched"
        : "throttled\(long) while watched: \(list(watched))"
    }
    let past = entries.filter { $0.sign.sinceBoot == true }
    return past.isEmpty ? nil : "throttled since boot: \(list(past))"
  }

  /// Causes with their sources, the causes named once each.
  private func list(_ entries: [ThrottleHistory.Entry]) -> String {
    var words: [String] = []
    for entry in entries where !words.contains(entry.sign.key.words.text) {
      words.append(entry.sign.key.words.text)
    }
    return "\(words.joined(separator: ", ")) (\(sources(entries)))"
  }

  private func sources(_ entries: [ThrottleHistory.Entry]) -> String {
    var found: [String] = []
    for entry in entries where !found.contains(entry.sign.origin.text) {
      found.append(entry.sign.origin.text)
    }
    return found.joined(separator: ", ")
  }

  /// What a person can do about the worst of it; empty when nothing is wrong.
  var advice: Printable {
    let troubled = acting.isEmpty ? entries.filter(\.wasWatched) : acting
    let past = troubled.isEmpty ? entries.filter { $0.sign.sinceBoot == true } : troubled
    let causes = Set(past.map(\.sign.cause))
    if causes.contains(.underVoltage) { return "use a better power supply or cable" }
    if causes.contains(.overCurrent) {
      return "choose a lower power mode or a stronger supply; spread the load"
    }
    let isHot = severity >= .warning && acting.isEmpty
    if isHot || !causes.isDisjoint(with: [.temperature, .softTemperature, .throttled]) {
      return "cool it: a fan, a heat sink, free air, or less load"
    }
    if causes.contains(.power) { return "raise the power limit or lower the load" }
    if causes.contains(.frequencyCap) { return "look for heat or weak supply: something caps it" }
    return standing.isEmpty
      ? "" : "a power mode or a setting caps the frequency; change it if you did not"
  }
}
