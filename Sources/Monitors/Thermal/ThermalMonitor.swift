/// Judges how warm the machine is, and says in words what slows it down.
public struct ThermalMonitor: Monitor {
  /// Which of the six it is.
  public static let word = Word.thermal

  private var settings: ThermalConfig
  private var history = Series()
  private var throttles = ThrottleHistory()
  private var ranks = SensorRanks()
  private var spoken: (of: [ThrottleHistory.Entry], causes: [Printable]) = ([], [])

  /// Starts without a history.
  public init(_ settings: ThermalConfig) { self.settings = settings }

  /// Begins another graph; what has slowed the machine down is not forgotten.
  mutating func beginGraph() { history = Series() }

  /// Goes by other settings from now on.
  public mutating func configure(_ settings: ThermalConfig) { self.settings = settings }

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
    reading.slowedBy = words.slowedBy
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
