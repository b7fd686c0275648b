/// Measures perftop itself, over spans long enough to mean something.
struct OwnMeter {
  private let host: Host
  private var health = Health()
  private var last: (usage: OwnUsage, at: Moment)?
  private static let span = 10.0

  init(host: Host) { self.host = host }

  mutating func health(interval: Double, late: Int, at moment: Moment) -> Health {
    health.interval = interval
    health.lateTicks = late
    guard let last else {
      let usage = host.processes.ownUsage()
      health.resident = usage.resident
      self.last = (usage, moment)
      return health
    }
    let elapsed = moment.seconds(since: last.at)
    guard elapsed >= OwnMeter.span || (health.cpu == nil && elapsed >= interval / 2) else {
      return health
    }
    let usage = host.processes.ownUsage()
    let busy = Double(usage.cpuNanoseconds &- last.usage.cpuNanoseconds) / 1e9
    health.cpu = Ratio(busy / elapsed)
    health.resident = usage.resident
    self.last = (usage, moment)
    return health
  }

  mutating func finishTick(began: Moment) {
    health.probeSeconds = host.time.now().seconds(since: began)
  }
}
