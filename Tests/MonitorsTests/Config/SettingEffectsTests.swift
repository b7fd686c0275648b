import TestSupport
import Testing

@testable import Monitors

/// What each setting changes, shown by what is judged of the same machine with it and without.
@Suite("Every setting that has an effect has this one")
struct SettingEffectsTests {
  private static let judged: [(name: String, value: String, before: String, after: String)] = [
    ("profile", "raspberry_pi", "", "thermal-high"),
    ("memory.max_gb", "3", "limit 8.00 GB (memory.max_gb)", "limit 3.00 GB (memory.max_gb)"),
    ("memory.check_interval", "30", "7 looks", "3 looks"),
    ("memory.warning_threshold", "0.25", "", "memory-steady"),
    ("memory.critical_threshold", "0.28", "", "memory-critical"),
    ("memory.growth_warning_mb_per_min", "1", "", "memory-growth"),
    ("storage.throughput_warning_mbps", "10", "", "storage-slow"),
    ("storage.parquet_warning_mbps", "10", "", "parquet-slow"),
    ("storage.compression_level", "1", "try level 3 instead of 6", "try it without"),
    ("batching.default_size", "24", "suggests 10", "suggests 24"),
    ("batching.adaptive", "false", "suggests 100", "suggests none"),
    ("batching.min_size", "30", "suggests 5", "suggests 30"),
    ("batching.max_size", "50", "suggests 100", "suggests 50"),
    ("batching.memory_based", "false", "suggests at most 60", "suggests more"),
    ("batching.success_rate_warning", "0.5", "warning", "ok"),
    ("quality.levels", "[low, high]", "ultra_high 1.0 95.0 0", "high 0.85 85.0 0"),
    (
      "quality.resolution_scale", "[0.1, 0.2, 0.3, 0.4, 0.5]", "ultra_high 1.0 95.0 0",
      "ultra_high 0.5 95.0 0"
    ),
    (
      "quality.compression_quality", "[1, 2, 3, 4, 5]", "ultra_high 1.0 95.0 0",
      "ultra_high 1.0 5.0 0"
    ),
    ("quality.frame_skip", "[9, 9, 9, 9, 9]", "ultra_high 1.0 95.0 0", "ultra_high 1.0 95.0 9"),
    ("quality.region_of_interest", "[ultra_high]", "all of it", "a region"),
    ("quality.features", "[lanes, signs]", "left to the program", "lanes signs"),
    ("thermal.warning_celsius", "70", "", "thermal-high"),
    ("thermal.critical_celsius", "86", "", "thermal-critical"),
    ("alerts.disabled", "[cpu-high, no-data]", "51 rules", "49 rules"),
    ("alerts.rules", "[{name: no-data, enabled: false}]", "51 rules", "50 rules"),
    ("alerts.info_seconds", "10", "memory-growth after 120 s", "memory-growth after 10 s"),
    ("alerts.warning_seconds", "7", "cpu-high after 60 s", "cpu-high after 7 s"),
    ("alerts.critical_seconds", "3", "memory-critical after 20 s", "memory-critical after 3 s"),
    ("alerts.emergency_seconds", "0", "memory-emergency after 5 s", "memory-emergency after 0 s"),
    ("alerts.escalate_minutes", "2", "critical after 15 min", "critical after 2 min"),
    ("alerts.acknowledged_minutes", "5", "accepted for 30 min", "accepted for 5 min"),
    ("system.cpu_warning_percent", "15", "", "cpu-high"),
    ("system.memory_warning_percent", "30", "", "system-memory-steady"),
    ("system.disk_free_warning_gb", "50", "", "disk-low"),
    ("memory.gc_threshold_mb", "100", "", "heap-large"),
    ("operations.slow_seconds", "5", "", "operation-slow"),
    ("operations.failure_rate_warning", "0.01", "", "operation-failures"),
  ]

  // Swift 6.0 crashes on a closure among the arguments of a test.
  private static let judgedNames = judged.map(\.name)

  /// Those that the screen and the command line go by are tested beside them.
  private static let elsewhere: Set<String> = [
    "theme", "interval", "children", "palette", "ascii", "readonly", "keys", "targets",
    "alerts.channels", "alerts.history_days", "alerts.bell", "alerts.notify",
    "alerts.notify_severity",
  ]

  @Test("a setting is shown to change something, or says that it does not yet")
  func complete() {
    let shown = Set(Self.judged.map(\.name)).union(Self.elsewhere)
    let acting = Settings.all.filter { $0.effect != .later }.map(\.name)
    #expect(shown == Set(acting))
  }

  @Test("it changes what is judged", arguments: judgedNames)
  func effect(_ name: String) throws {
    let row = try #require(Self.judged.first { $0.name == name })
    let setting = try #require(Settings.named(name))
    let before = try observed(setting, in: loaded("").config)
    #expect(before == row.before)
    let found = loaded(setting.file(row.value) + companion(name))
    #expect(found.problems == [])
    #expect(try observed(setting, in: found.config) == row.after)
  }

  /// What must be set beside it, for the two to make sense together.
  private func companion(_ name: String) -> String {
    switch name {
    case "memory.critical_threshold": "  warning_threshold: 0.28\n"
    case "thermal.critical_celsius": "  warning_celsius: 86\n"
    case "batching.min_size": "  default_size: 40\n"
    default: ""
    }
  }

  private func observed(_ setting: Setting, in config: Config) throws -> String {
    switch setting.name {
    case "memory.max_gb": limit(config)
    case "memory.check_interval": try looks(config)
    case "storage.compression_level": advice(config)
    case "alerts.disabled", "alerts.rules": "\(AlertsMonitor(config.alerts).reading().rules) rules"
    case "alerts.escalate_minutes": escalation(config)
    case "alerts.acknowledged_minutes": acceptance(config)
    default:
      switch setting.section {
      case "batching": batching(setting.key, config)
      case "quality": quality(setting.name, config)
      case "alerts": delay(setting.key, config)
      default: alerts(setting.name, config)
      }
    }
  }

  /// The rule that fires on a machine that is just below the threshold in question.
  private func alerts(_ name: String, _ config: Config) -> String {
    var day = AlertsDay(config.alerts)
    day.run(400) { input in
      switch name {
      case "memory.growth_warning_mb_per_min":
        input.readings.memory.growth = .fresh(BytesPerSecond(50_000))
      case "storage.throughput_warning_mbps":
        input.readings.storage.writeRate = .fresh(BytesPerSecond(5e6))
      case "storage.parquet_warning_mbps":
        input.readings.storage.formats = [
          FormatRate(
            format: "parquet", files: 1, writeRate: BytesPerSecond(7e6),
            written: Bytes(Int64(input.readings.sample.moment.seconds * 7e6)))
        ]
      case "system.disk_free_warning_gb":
        input.readings.storage.filesystems = [AlertRulesTests.filesystem(40, of: 500)]
      case "profile", "thermal.warning_celsius":
        input.readings.thermal.hottest = .fresh(Self.sensor(75))
      case "memory.gc_threshold_mb":
        var heap = HeapSample()
        heap.used = .fresh(Bytes(500_000_000))
        input.readings.memory.heap = .fresh(heap)
      case "operations.slow_seconds", "operations.failure_rate_warning":
        input.readings.operations.rows = [Self.operation()]
      case "thermal.critical_celsius": input.readings.thermal.hottest = .fresh(Self.sensor(90))
      default: break
      }
    }
    let names = day.last.active.map(\.rule)
    // 90 °C is hot before it is critical.
    if name == "thermal.critical_celsius", names == ["thermal-high"] { return "" }
    return names.joined(separator: " ")
  }

  private static func operation() -> OperationRow {
    var row = OperationRow(name: "download")
    row.perSecond = 2
    row.failures = Ratio(0.02)
    row.oldest = 12
    return row
  }

  private static func sensor(_ celsius: Double) -> SensorSample {
    SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(celsius)))
  }

  private func limit(_ config: Config) -> String {
    var monitor = MemoryMonitor(config.memory)
    var root = ProcessSample(pid: 42)
    root.anonymous = .fresh(Bytes(1_000_000_000))
    root.shared = .fresh(.zero)
    root.swapped = .fresh(.zero)
    root.resident = root.anonymous
    var sample = Sample(moment: Moment(nanoseconds: 1_000_000_000), place: 0)
    sample.target = .fresh(TargetSample(pid: 42, root: root))
    let limit = monitor.judge(sample).limit
    return "limit \(limit?.bytes.text ?? "none") (\(limit?.origin ?? ""))"
  }

  /// How often mappings are read in 65 s of memory that moves.
  private func looks(_ config: Config) throws -> String {
    let machine = FakeMachine()
    let held = try TargetFinder(host: machine.host).attach(42, scratch: Scratch())
    var sampler = Sampler(
      host: machine.host, config: config, targets: [WatchedTarget(.pid(42), first: held)],
      inlineWorkers: true)
    var looks: Set<Int64> = []
    for second in 0..<65 {
      machine.time.advance(by: 1)
      machine.robot { $0.residentKilobytes = UInt64(200_000 + second * 20_000) }
      let seen = sampler.observe(at: machine.time.now(), place: second)
      if let at = seen.first?.sample.target.value?.mappings.value?.at {
        looks.insert(at.nanoseconds)
      }
    }
    return "\(looks.count) looks"
  }

  private func advice(_ config: Config) -> String {
    let rule = AlertRules.defaults(config.alerts).first { $0.name == "storage-slow" }
    return rule?.actions.last?.text.split(separator: ",").last.map { String($0.dropFirst()) } ?? ""
  }

  private func quality(_ name: String, _ config: Config) -> String {
    var machine = QualityMonitorTests.Machine(monitor: QualityMonitor(config.quality))
    guard let last = machine.run(30, cpu: 0.2).last, let settings = last.settings else { return "" }
    if name == "quality.region_of_interest" {
      return settings.regionOfInterest ? "a region" : "all of it"
    }
    if name == "quality.features" {
      return settings.features?.map(\.text).joined(separator: " ") ?? "left to the program"
    }
    return "\(last.suggested?.name ?? "") \(settings.resolutionScale) "
      + "\(settings.compressionQuality) \(settings.frameSkip)"
  }

  /// Where a program ends that runs what is suggested.
  private func batching(_ key: String, _ config: Config) -> String {
    var settings = config.batching
    if key == "memory_based" { settings.maximumMemory = Bytes(60_000_000) }
    var day = BatchingDay(settings)
    if key == "default_size" { return "suggests \(day.tick().suggested.map { "\($0)" } ?? "none")" }
    if key == "success_rate_warning" {
      var turn = 0
      return day.run(30) { batch in
        turn += 1
        batch.isDone = turn % 3 > 0
      }.severity.rawValue
    }
    var reading = BatchingReading()
    for _ in 0..<80 {
      reading = day.run(1) { batch in
        // Large batches do not pay where the least size is in question.
        if key == "min_size" { batch.seconds = batch.size * batch.size / 100 + 0.3 }
      }
      day.size = reading.suggested ?? day.size
    }
    guard let suggested = reading.suggested else { return "suggests none" }
    if key == "memory_based" { return suggested <= 60 ? "suggests at most 60" : "suggests more" }
    return "suggests \(suggested)"
  }

  /// How long it takes until the alert of a severity fires.
  private func delay(_ key: String, _ config: Config) -> String {
    var day = AlertsDay(config.alerts)
    for second in 0..<200 {
      day.tick { input in
        switch key {
        case "info_seconds": input.readings.memory.growth = .fresh(BytesPerSecond(500_000))
        case "warning_seconds": busy(&input)
        case "critical_seconds": input.readings.memory.used = Ratio(0.97)
        default:
          input.readings.sample.system.memoryPressure = AlertRulesTests.stalls(
            some60: 0, full10: 45)
        }
      }
      if let fired = day.transitions.first { return "\(fired.alert.rule) after \(second) s" }
    }
    return ""
  }

  private func escalation(_ config: Config) -> String {
    var day = AlertsDay(config.alerts)
    day.run(61, busy)
    for second in 1..<2000 {
      day.tick(busy)
      if day.last.severity == .critical { return "critical after \(second / 60) min" }
    }
    return ""
  }

  private func acceptance(_ config: Config) -> String {
    var day = AlertsDay(config.alerts)
    day.run(70, busy)
    _ = day.perform(.acknowledge("cpu-high-1"))
    for second in 1..<2000 {
      day.tick(busy)
      if day.alert("cpu-high")?.acknowledgedBy == nil { return "accepted for \(second / 60) min" }
    }
    return ""
  }
}
