/// Judges the target and the machine as a whole, from what the others found.
///
/// Each tick adds to means; what they amount to is judged every few seconds, and stands until then.
public struct JudgementMonitor: Sendable {
  private static let period = 5.0
  /// Who has just begun to watch sees what there is at once.
  private static let beginning = 12.0
  private static let longestGap = 60.0

  private var settings: JudgementConfig
  private var trends = TrendBook()
  private var forecasts = ForecastBook()
  private var pressure = PressureWatch()
  private var signs = BottleneckSigns()
  private var queues = QueueWatch()
  private var bottlenecks = BottleneckWatch()
  private var efficiency = Efficiency()
  private var identity: Identity?
  private var begun: Double?
  private var last: Double?
  private var judged: Double?
  private var reading = JudgementReading()

  /// Whose history it is.
  private struct Identity: Equatable {
    var pid: Int32
    var startTicks: UInt64
    var generation: Int
  }

  /// Starts without a history.
  public init(_ settings: JudgementConfig) { self.settings = settings }

  /// Goes by other settings from now on.
  public mutating func configure(_ settings: JudgementConfig) { self.settings = settings }

  /// Takes one tick in.
  public mutating func judge(_ input: Readings) -> JudgementReading {
    let seconds = input.sample.moment.seconds
    let isAnother = follow(input)
    let elapsed = pass(to: seconds)
    trends.update(input)
    forecasts.update(input, settings)
    let isPressed = pressure.update(input)
    signs.update(input, over: elapsed)
    queues.update(input.sample.link.fresh?.components ?? [], over: elapsed)
    efficiency.update(input, over: elapsed)
    let isEarly = seconds - (begun ?? seconds) < JudgementMonitor.beginning
    let isDue = judged.map { seconds < $0 || seconds - $0 >= JudgementMonitor.period } ?? true
    if isDue || isEarly || isPressed || isAnother { conclude(input, at: seconds) }
    return reading
  }

  /// Seconds since the last tick; nothing where nobody was looking in between.
  private mutating func pass(to seconds: Double) -> Double {
    defer { last = seconds }
    guard let last, seconds > last else { return 0 }
    return seconds - last > max(JudgementMonitor.longestGap, 0) ? 0 : seconds - last
  }

  /// Another program begins with a clean record; of the machine everything is kept.
  private mutating func follow(_ input: Readings) -> Bool {
    let now = input.sample.target.value.map {
      Identity(pid: $0.pid, startTicks: $0.root.startTicks, generation: $0.generation)
    }
    if begun == nil { begun = input.sample.moment.seconds }
    guard now != identity else { return false }
    identity = now
    begun = input.sample.moment.seconds
    trends.forgetTarget()
    forecasts.forgetTarget()
    pressure.forgetTarget()
    signs = BottleneckSigns()
    queues.forget()
    bottlenecks.forget()
    efficiency.forget()
    return true
  }

  private mutating func conclude(_ input: Readings, at seconds: Double) {
    judged = seconds
    if trends.takeChange() { reading.trends = trends.trends }
    reading.forecasts = forecasts.forecasts(memory: Forecast(memory: input.memory))
    reading.machine = pressure.machine
    reading.target = pressure.target
    reading.components = efficiency.components
    reading.absence = input.sample.target.value == nil ? input.sample.target.absence : nil
    if input.target != nil {
      let scores = BottleneckScores(
        input: input, signs: signs, trends: trends.trends, pile: queues.worst)
      let found = scores.all
      bottlenecks.update(found, at: seconds)
      reading.bottlenecks = bottlenecks.named.map { bottleneck in
        var bottleneck = bottleneck
        bottleneck.advise(input, signs, settings)
        return bottleneck
      }
      reading.score = Score(facts(input, canTell: !found.isEmpty))
    } else {
      bottlenecks.forget()
      reading.bottlenecks = []
      reading.score = Score()
    }
  }

  /// Points are lost for what is named, and for nothing else: the reader sees the same list.
  private func facts(_ input: Readings, canTell: Bool) -> ScoreFacts {
    var facts = ScoreFacts()
    facts.machine = pressure.machine.map { Double($0.level.order) }
    facts.target = pressure.target.map { Double($0.level.order) }
    facts.bottleneck = canTell ? bottlenecks.named.first?.score ?? 0 : nil
    facts.bottlenecks = bottlenecks.named.map(\.kind)
    facts.used = input.memory.used?.value
    facts.leak = input.memory.leakConfidence
    let known = reading.forecasts.contains { if case .unknown = $0.outlook { false } else { true } }
    facts.runsOut = known ? reading.nearest?.span?.median ?? .infinity : nil
    facts.resource = reading.nearest.map { "\($0.resource) \($0.failure)" } ?? ""
    facts.throttled = signs.throttled.value
    if let celsius = input.thermal.hottest.fresh?.celsius.fresh {
      facts.heat = celsius.degrees - settings.warningCelsius
    }
    facts.failures = failures(input)
    if input.storage.unseen == nil { facts.stalled = input.storage.stall?.seconds ?? 0 }
    facts.efficiency = efficiency.overall
    facts.regression = input.operations.regression
    return facts
  }

  /// The greater of the shares of operations and of batches that fail, where there are enough of them.
  private func failures(_ input: Readings) -> Double? {
    let fewest = 20.0 / 60
    var share: Double?
    for row in input.operations.rows where (row.perSecond ?? 0) >= fewest {
      if let failed = row.failures { share = max(share ?? 0, failed.value) }
    }
    if let least = input.batching.successAtMost, input.batching.recent > 0 {
      share = max(share ?? 0, 1 - least.value)
    }
    return share
  }
}
