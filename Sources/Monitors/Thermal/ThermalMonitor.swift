/// Judges how warm the machine is, and says in words what slows it down.
public struct ThermalMonitor: Monitor {
  /// Which of the six it is.
  public static let word = Word.thermal

  private let settings: ThermalConfig
  private var history = Series()
  private var throttles = ThrottleHistory()
  private var ranks = SensorRanks()
  private var spoken: (of: [ThrottleHistory.Entry], causes: [Printable]) = ([], [])

  /// Starts without a history.
  public init(_ settings: ThermalConfig) { self.settings = settings }

  /// Takes one sample in and says what it means.
  public mutating func judge(_ sample: Sample) -> ThermalReading {
    var reading = ThermalReading()
    reading.isSimulated = sample.host.isSimulated
    reading.frequencies = sample.thermal.frequencies
    reading.cooling = sample.thermal.cooling
    reading.power = sample.thermal.power
    reading.gpus = sample.system.gpus
    setSensors(sample, in: &reading)
    history.append(reading.hottest.value?.celsius.value?.degrees)
    reading.history = history
    throttles.update(ThrottleSign.all(in: sample), at: sample.moment)
    reading.throttledNow = throttles.isNow
    reading.throttledSinceBoot = throttles.isSinceBoot
    reading.throttledWhileWatched = throttles.wasThrottled
    reading.throttledSeconds = throttles.seconds
    let words = ThermalWords(reading: reading, entries: throttles.current, settings: settings)
    reading.causes = causes(words)
    reading.severity = words.severity
    reading.headline = words.headline
    reading.advice = words.advice
    return reading
  }

  /// The causes in words, put together anew only when something has changed.
  private mutating func causes(_ words: ThermalWords) -> [Printable] {
    let entries = throttles.current
    let isUnchanged =
      entries.count == spoken.of.count
      && zip(entries, spoken.of).allSatisfy { $0.saysTheSame(as: $1) }
    if !isUnchanged { spoken = (entries, words.causes) }
    return spoken.causes
  }

  private mutating func setSensors(_ sample: Sample, in reading: inout ThermalReading) {
    switch sample.thermal.sensors {
    case .missing(let absence):
      reading.hottest = .missing(absence)
    case .fresh(let sensors), .stale(let sensors, _):
      reading.sensors = sensors.sorted {
        ($0.celsius.value?.degrees ?? -.infinity) > ($1.celsius.value?.degrees ?? -.infinity)
      }
      let best = ranks.mostTelling(reading.sensors)
      reading.hottest =
        best.map { .fresh($0) }
        ?? .missing(sensors.first?.celsius.absence ?? .because("no sensor answers"))
      if let best, case .stale(_, let since) = sample.thermal.sensors {
        reading.hottest = .stale(best, since: since)
      }
    }
  }
}

/// Which sensor speaks for the machine: the one by which it slows itself down, where there is one.
struct SensorRanks: Sendable {
  private static let mostNames = 256
  private var known: [Printable: Int] = [:]

  /// The warmest of those that tell most, given the warmest first; `nil` where none has a temperature.
  mutating func mostTelling(_ sensors: [SensorSample]) -> SensorSample? {
    var best: (sensor: SensorSample, rank: Int)?
    for sensor in sensors where sensor.celsius.value != nil {
      let rank = rank(of: sensor.name)
      if best.map({ rank < $0.rank }) ?? true { best = (sensor, rank) }
    }
    return best?.sensor
  }

  private mutating func rank(of name: Printable) -> Int {
    if let rank = known[name] { return rank }
    if known.count >= SensorRanks.mostNames { known.removeAll() }
    let rank = SensorRanks.rank(name.text.lowercased())
    known[name] = rank
    return rank
  }

  /// A Jetson's junction, then a board's processor, then an x86 package, then anything.
  private static func rank(_ name: String) -> Int {
    if name.hasPrefix("tj") { return 0 }
    if name.hasPrefix("cpu-therm") || name.hasPrefix("cpu_therm") || name.hasPrefix("soc_therm")
      || name.hasPrefix("soc-therm") || name == "bcm2835_thermal"
    {
      return 1
    }
    if name.hasPrefix("package id") || name == "tdie" { return 1 }
    // The zone repeats the package without its limit, and the control value of old parts has an offset.
    if name == "x86_pkg_temp" || name == "tctl" { return 2 }
    return name.hasPrefix("core ") || name.hasPrefix("tccd") ? 3 : 4
  }
}
