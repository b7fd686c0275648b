/// One tick after another: samples in, snapshots out. A value: whoever holds it owns it.
///
///     let held = try TargetFinder(host: host).attach(42, scratch: Scratch())
///     let targets = [WatchedTarget(.pid(42), first: held)]
///     let sampler = Sampler(host: host, config: config, targets: targets)
///     var engine = Engine(source: sampler, host: host, config: config)
///     let snapshots = engine.tick(at: host.time.now(), late: 0)
public struct Engine {
  var source: any SampleSource
  var sets: [MonitorSet] = []
  /// The place at which each set began to count.
  var beginnings: [Int] = []
  var snapshots: [Snapshot] = []
  var meter: OwnMeter
  var config: Config
  var place = 0
  var late = 0
  /// Where orders go and what came of them comes from; `nil` where nothing acts upon targets.
  public var actions: ActionPort?
  var steering = QualitySteering()
  /// Where alerts are shared and told of; `nil` where they stay here.
  public var desk: AlertDesk?
  var serial: UInt64 = 0
  var untold: [AlertTransition] = []
  var openAlerts: [AlertKey: Alert] = [:]
  var lastNews: AlertNews?
  var deliveryStanding: DeliveryStanding?
  var deeds = AlertDeeds()

  /// Starts without a history.
  public init(source: any SampleSource, host: Host, config: Config) {
    self.source = source
    self.config = config
    meter = OwnMeter(host: host)
  }

  /// Takes samples and judges them: one snapshot for each target.
  public mutating func tick(at moment: Moment, late: Int) -> [Snapshot] {
    let numbered = Moment(
      nanoseconds: moment.nanoseconds, wall: moment.wall, sequence: UInt64(place))
    let observations = source.observe(at: numbered, place: place)
    while sets.count < observations.count {
      sets.append(MonitorSet(config))
      beginnings.append(place)
      teach(sets.count - 1, at: moment)
    }
    let roster = source.roster(at: numbered)
    let health = meter.health(interval: config.interval, late: late, at: moment)
    snapshots = observations.indices.map { judge(observations[$0], for: $0, roster, health) }
    place += 1
    self.late = late
    steer(at: moment)
    tellAlerts()
    meter.finishTick(began: moment)
    return snapshots
  }

  /// A target that came later has a history that began later.
  mutating func judge(
    _ observation: Observation, for index: Int, _ roster: Roster?, _ health: Health
  ) -> Snapshot {
    var observation = observation
    if beginnings[index] != 0 { observation.sample.place = place - beginnings[index] }
    var snapshot = sets[index].judge(observation, health: health)
    if let roster { snapshot.roster = roster }
    return snapshot
  }

  /// Carries out a command; the snapshots that come back show it at once.
  public mutating func perform(_ command: Command, by operator: Printable, at moment: Moment)
    -> [Snapshot]
  {
    switch command {
    case .browse(let isOn): browse(isOn, at: moment)
    case .watch(let keys): watch(keys, by: `operator`, at: moment)
    case .interval(let seconds):
      config.interval = seconds
      for index in snapshots.indices { snapshots[index].health.interval = seconds }
    case .acknowledge, .acknowledgeAll, .shelve, .note, .undo:
      attend(command, by: `operator`, at: moment)
    case .act(let order):
      if let answer = send(order, by: `operator`, at: moment) { return note([answer]) }
    case .survey(let key): survey(key, by: `operator`)
    case .configure: break
    }
    return snapshots
  }

  /// Goes by other settings from the next tick on; the interval stays as it was commanded.
  public mutating func configure(_ config: Config) {
    let interval = self.config.interval
    self.config = config
    self.config.interval = interval
    source.configure(config)
    for index in sets.indices { sets[index].configure(config) }
    desk?.configure(config)
  }

  /// Seconds between ticks, as last commanded.
  public var interval: Double { config.interval }
}
