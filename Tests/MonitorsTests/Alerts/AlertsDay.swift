import Monitors

/// A machine whose readings a test sets, tick by tick, and the alerts that come of it.
struct AlertsDay {
  var monitor: AlertsMonitor
  var seconds = 10_000.0
  var wall = 1_790_000_000.0
  var place = 0
  var interval = 1.0
  var target = AlertsInput.Target.watched
  var generation: UInt64 = 1
  var transitions: [AlertTransition] = []
  private(set) var last = AlertsReading()

  init(_ settings: AlertsConfig = AlertsConfig()) { monitor = AlertsMonitor(settings) }

  init(rules: [AlertRule]) { monitor = AlertsMonitor(rules: rules) }

  var now: Moment {
    Moment(
      nanoseconds: Int64(seconds * 1e9), wall: Int64(wall * 1e9), sequence: UInt64(place))
  }

  /// A target that is well, on a machine that is well.
  static func calm(_ input: inout AlertsInput) {
    input.readings.vitals.cpu = .fresh(Ratio(0.2))
    input.readings.vitals.memory = .fresh(Ratio(0.4))
    input.readings.memory.used = Ratio(0.3)
    input.readings.memory.resident = .fresh(Bytes(2_400_000_000))
    input.readings.memory.owned = .fresh(Bytes(2_000_000_000))
    input.readings.memory.limit = MemoryLimit(bytes: Bytes(8_000_000_000), origin: "machine")
    input.readings.memory.growth = .fresh(BytesPerSecond(0))
    input.readings.storage.writeRate = .fresh(BytesPerSecond(0))
    input.readings.sample.system.oomKills = .fresh(3)
    var sensor = SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(50)))
    sensor.passiveLimit = Celsius(85)
    input.readings.thermal.hottest = .fresh(sensor)
    input.readings.thermal.throttledNow = false
  }

  @discardableResult
  mutating func tick(
    after elapsed: Double? = nil, _ change: (inout AlertsInput) -> Void = { _ in }
  ) -> AlertsReading {
    seconds += elapsed ?? interval
    wall += elapsed ?? interval
    place += 1
    var sample = Sample(moment: now, place: place)
    if target == .watched {
      var root = ProcessSample(pid: 42)
      root.startTicks = generation
      root.descriptors = .fresh(10)
      var watched = TargetSample(pid: 42, root: root)
      watched.descriptorLimit = .fresh(1024)
      sample.target = .fresh(watched)
    } else {
      sample.target = .missing(.gone)
    }
    var input = AlertsInput(Readings(sample: sample, interval: interval), target: target)
    AlertsDay.calm(&input)
    change(&input)
    last = monitor.judge(input)
    transitions += monitor.transitions
    return last
  }

  @discardableResult
  mutating func run(
    _ ticks: Int, _ change: (inout AlertsInput) -> Void = { _ in }
  ) -> AlertsReading {
    for _ in 0..<ticks { tick(change) }
    return last
  }

  mutating func perform(_ command: Command) -> String? {
    monitor.perform(command, by: "pi", at: now)?.text
  }

  func alert(_ rule: String) -> Alert? { last.active.first { $0.rule == rule } }

  func count(_ kind: AlertTransition.Kind, _ rule: String? = nil) -> Int {
    transitions.count { $0.kind == kind && (rule == nil || $0.alert.rule == rule) }
  }

  /// Alerts that ask for someone's attention.
  var alarms: [Alert] {
    last.active.filter { $0.state == .firing && $0.severity >= .warning }
  }
}

/// Busy processors, which raise `cpu-high` after a minute.
func busy(_ input: inout AlertsInput) { input.readings.vitals.cpu = .fresh(Ratio(0.97)) }
