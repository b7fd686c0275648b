import Monitors

/// What a tick of alerts costs: the usual rules and ten thousand more, on a calm machine and with some of them firing.
struct AlertCost {
  func run() {
    var table = Table(["rules", "µs a tick"])
    table.add(["the usual ones, all well", time(AlertsMonitor(AlertsConfig()), AlertCost.calm)])
    table.add(["the usual ones, three fire", time(AlertsMonitor(AlertsConfig()), AlertCost.busy)])
    for (name, every) in [("one in a hundred fires", 100), ("all fire", 1)] {
      let monitor = AlertsMonitor(AlertCost.many(10_000, firing: every))
      table.add(["10,000 more, \(name)", time(monitor, ticks: 40, AlertCost.calm)])
    }
    table.show("Judging the alerts of a tick, the best of 15 rounds")
  }

  private func time(
    _ monitor: AlertsMonitor, ticks: Int = 400, _ change: (inout AlertsInput) -> Void
  ) -> String {
    var monitor = monitor
    var second = 0
    let clock = ContinuousClock()
    var best = Duration.seconds(100)
    for _ in 0..<15 {
      let inputs = (0..<ticks).map { _ in
        second += 1
        return AlertCost.input(second, change)
      }
      best = min(
        best, clock.measure { for input in inputs { MicroBenchmark.keep(monitor.judge(input)) } })
    }
    return (best.seconds * 1e6 / Double(ticks)).short
  }

  static func calm(_ input: inout AlertsInput) {}

  private static let paths = [
    "system.cpu_percent", "memory.rss_bytes", "memory.used_ratio", "thermal.celsius",
    "storage.write_bytes_per_s", "target.fds", "thermal.sensors[cpu].celsius",
    "system.disks[/data].available_bytes", "memory.private_bytes", "thermal.throttled.seconds",
  ]

  /// Rules over all kinds of metrics, some of which are always in trouble.
  private static func many(_ count: Int, firing every: Int) -> AlertsConfig {
    var settings = AlertsConfig()
    settings.rules = (0..<count).map { number in
      var rule = RuleSettings("rule-\(number)")
      rule.metric = paths[number % paths.count]
      rule.test = number % every == 0 ? .above(-1) : .above(1e15)
      rule.holds = 5
      return rule
    }
    return settings
  }

  static func busy(_ input: inout AlertsInput) {
    input.readings.vitals.cpu = .fresh(Ratio(0.97))
    input.readings.memory.used = Ratio(0.97)
    input.readings.thermal.hottest = .fresh(
      SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(99))))
  }

  static func input(_ second: Int, _ change: (inout AlertsInput) -> Void) -> AlertsInput {
    var sample = Sample(
      moment: Moment(nanoseconds: Int64(second) * 1_000_000_000), place: second)
    var root = ProcessSample(pid: 42)
    root.startTicks = 1
    root.descriptors = .fresh(10)
    var target = TargetSample(pid: 42, root: root)
    target.descriptorLimit = .fresh(1024)
    sample.target = .fresh(target)
    sample.system.oomKills = .fresh(3)
    var input = AlertsInput(Readings(sample: sample, interval: 1), target: .watched)
    input.readings.vitals.cpu = .fresh(Ratio(0.2))
    input.readings.vitals.memory = .fresh(Ratio(0.4))
    input.readings.memory.used = Ratio(0.3)
    input.readings.memory.resident = .fresh(Bytes(2_400_000_000))
    input.readings.memory.owned = .fresh(Bytes(2_000_000_000))
    input.readings.memory.growth = .fresh(BytesPerSecond(0))
    input.readings.storage.writeRate = .fresh(BytesPerSecond(0))
    input.readings.storage.filesystems = ["/", "/data", "/home"].map {
      FilesystemSample(
        mount: $0, kind: "ext4",
        space: .fresh(
          SpaceSample(
            total: Bytes(500_000_000_000), available: Bytes(200_000_000_000), inodes: 1_000_000,
            inodesFree: 500_000)))
    }
    var sensor = SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(50)))
    sensor.passiveLimit = Celsius(85)
    input.readings.thermal.hottest = .fresh(sensor)
    input.readings.thermal.sensors = [sensor]
    input.readings.thermal.throttledNow = false
    change(&input)
    return input
  }
}
