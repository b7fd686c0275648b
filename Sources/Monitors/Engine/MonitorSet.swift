/// The six monitors of one target, judging in order: alerts come last because they judge the others.
public struct MonitorSet: Sendable {
  private var vitals: VitalsMonitor
  private var memory: MemoryMonitor
  private var storage: StorageMonitor
  private var batching: BatchingMonitor
  private var quality: QualityMonitor
  private var thermal: ThermalMonitor
  private var alerts: AlertsMonitor
  private var operations = OperationsMonitor()
  private var judgement: JudgementMonitor
  private var timeline = Timeline()
  private var receipts: [Receipt] = []
  private var evictables: [Evictable]?
  private var pace = WorkPace()
  private var history = LinkedHistory()
  private static let receiptsKept = 32

  /// Starts without a history.
  public init(_ config: Config) {
    vitals = VitalsMonitor()
    memory = MemoryMonitor(config.memory)
    storage = StorageMonitor(config.storage)
    batching = BatchingMonitor(config.batching)
    quality = QualityMonitor(config.quality)
    thermal = ThermalMonitor(config.thermal)
    alerts = AlertsMonitor(config.alerts)
    judgement = JudgementMonitor(config.judgement)
  }

  /// Starts without a history of its target, but with what is known of the machine and was done about it.
  init(_ config: Config, onMachineOf other: MonitorSet?) {
    self.init(config)
    guard let other else { return }
    alerts = other.alerts.forAnotherTarget()
    thermal = other.thermal
    thermal.beginGraph()
  }

  /// Goes by other settings from now on, without forgetting anything.
  public mutating func configure(_ config: Config) {
    memory.configure(config.memory)
    storage.configure(config.storage)
    batching.configure(config.batching)
    quality.configure(config.quality)
    thermal.configure(config.thermal)
    alerts.configure(config.alerts)
    judgement.configure(config.judgement)
  }

  /// Judges one observation.
  public mutating func judge(_ observation: Observation, health: Health) -> Snapshot {
    let sample = observation.sample
    let vitals = vitals.judge(sample)
    let memory = memory.judge(sample)
    let storage = storage.judge(sample)
    let batching = batching.judge(sample)
    let quality = quality.judge(sample)
    let thermal = thermal.judge(sample)
    pace.take(sample)
    let operations = operations.judge(sample)
    let readings = Readings(
      sample: sample, interval: health.interval, vitals: vitals, memory: memory, storage: storage,
      batching: batching, quality: quality, thermal: thermal, operations: operations)
    let judgement = judgement.judge(readings)
    let alerts = alerts.judge(
      AlertsInput(readings, target: .init(observation.watching), judgement: judgement))
    timeline.note(observation, quality: quality, interval: health.interval)
    noteOthers(sample)
    for transition in self.alerts.transitions { timeline.note(transition, at: sample) }
    var snapshot = Snapshot(
      sample: sample, vitals: vitals, memory: memory, storage: storage, batching: batching,
      quality: quality, thermal: thermal, alerts: alerts, health: health, marks: timeline.marks,
      receipts: receipts, watching: observation.watching, times: timeline.times,
      operations: operations, judgement: judgement)
    snapshot.evictables = evictables
    return snapshot
  }

  /// Carries out what an operator wants of the alerts; `nil` if it is not about them.
  public mutating func perform(
    _ command: Command, by operator: Printable, at moment: Moment
  ) -> Printable? {
    alerts.perform(command, by: `operator`, at: moment)
  }

  /// What happened to alerts and was told to nobody yet, each with a serial.
  mutating func stampAlerts(from serial: inout UInt64) -> [AlertTransition] {
    alerts.stamp(from: &serial)
  }

  /// Takes over what others did to alerts.
  mutating func learn(_ news: AlertNews, at moment: Moment) { alerts.learn(news, at: moment) }

  /// The same, shown in the last snapshot at once, and how the delivery of alerts goes.
  mutating func learn(
    _ news: AlertNews?, _ delivery: DeliveryStanding?, in snapshot: inout Snapshot,
    at moment: Moment
  ) {
    if let news { learn(news, at: moment) }
    alerts.delivery = delivery?.line ?? ""
    alerts.isDeliveryFailing =
      delivery.map { $0.lack != nil || $0.channels.contains(where: \.isFailing) } ?? false
    snapshot.alerts = alerts.reading()
  }

  /// Keeps what became of a command, and shows it in the last snapshot at once.
  ///
  /// What is said of an order a second time takes the place of what was said before.
  public mutating func note(_ receipt: Receipt, in snapshot: inout Snapshot) {
    var receipt = receipt
    if receipt.order != 0, let place = receipts.firstIndex(where: { $0.order == receipt.order }) {
      receipt.before?.operationsPerSecond = receipts[place].before?.operationsPerSecond
      receipt.after?.operationsPerSecond = pace.rate(since: receipts[place].at)
      receipts[place] = receipt
    } else {
      receipt.before?.operationsPerSecond = pace.rate()
      receipts.append(receipt)
      if receipts.count > MonitorSet.receiptsKept { receipts.removeFirst() }
    }
    if timeline.note(receipt, at: snapshot.sample) { snapshot.marks = timeline.marks }
    snapshot.alerts = alerts.reading()
    snapshot.receipts = receipts
  }

  /// Keeps what others did to the target; what was done before it was watched has no place on the graphs.
  private mutating func noteOthers(_ sample: Sample) {
    let ownChange = receipts.last {
      $0.isOwnDoing && $0.road != nil && $0.action.text.hasPrefix("quality")
    }
    let others = history.receipts(sample, ownChange: ownChange?.at)
    guard !others.isEmpty else { return }
    let lately = max(MonitorSet.lately, 3 * timeline.interval)
    for receipt in others where sample.moment.seconds(since: receipt.at) < lately {
      timeline.noteOther(receipt, at: sample)
    }
    let sorted = (receipts + others).enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    receipts = sorted.suffix(MonitorSet.receiptsKept).map(\.element)
  }

  private static let lately = 5.0

  /// Shows what could be evicted, as of now.
  mutating func show(_ found: [Evictable], in snapshot: inout Snapshot) {
    evictables = found
    snapshot.evictables = found
  }
}
