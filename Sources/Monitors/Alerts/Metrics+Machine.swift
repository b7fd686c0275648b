extension Metrics {
  private static func watched(_ input: AlertsInput) -> TargetSample? {
    input.readings.sample.target.current
  }

  static let target: [Metric] = [
    .word("target.state", ProcessSample.stateWords, "what its first thread does") {
      watched($0)?.root.stateWord.text
    },
    .flag("target.linked", "whether it tells of itself") { input in
      watched(input).map { _ in input.readings.sample.link.value != nil }
    },
    .number("target.uptime", .seconds, "how long it has been running") { watched($0)?.uptime },
    .number("target.threads", .count, "its threads") {
      watched($0).map { Double($0.root.threads) }
    },
    .number("target.fds", .count, "its open descriptors") {
      watched($0)?.root.descriptors.current.map { Double($0) }
    },
    .number("target.generation", .count, "how often it has begun anew, and once") {
      watched($0).map { Double($0.generation) }
    },
  ]

  static let system: [Metric] =
    [
      .number("system.cpu_percent", .percent, "processors that are busy", about: .machine) {
        $0.readings.vitals.cpu.current?.percent
      },
      .number("system.load", .count, "load average of a minute", about: .machine) {
        $0.readings.sample.system.load.current
      },
      .number(
        "system.memory_available_bytes", .bytes, "memory that can still be had", about: .machine
      ) { bytes($0.readings.sample.system.memoryAvailable) },
      .number("system.swap_free_bytes", .bytes, "swap that is free", about: .machine) {
        bytes($0.readings.sample.system.swapFree)
      },
      .number("system.oom_kills", .count, "kills for want of memory since boot", about: .machine) {
        $0.readings.sample.system.oomKills.current.map { Double($0) }
      },
      stalls("cpu", "a processor") { $0.cpuPressure },
      stalls("memory", "memory") { $0.memoryPressure },
      stalls("io", "storage") { $0.ioPressure },
    ] + disks + gpus

  static func bytes(_ value: Measured<Bytes>) -> Double? { value.current.map { Double($0.count) } }

  private static func stalls(
    _ name: String, _ what: String,
    _ read: @escaping @Sendable (SystemSample) -> Measured<PressureSample>
  ) -> Metric {
    .number(
      "system.pressure.\(name)", .percent, "tasks that wait for \(what), of the last 10 s",
      about: .machine
    ) { read($0.readings.sample.system).current?.some10 }
  }

  /// Only those that the target writes to are read: another screen may see others.
  private static let disk = MetricFamily(
    path: "system.disks[NAME]", key: "mount",
    items: { $0.readings.storage.filesystems }, name: { $0.mount })
  private static let disks: [Metric] = [
    disk.number(".available_bytes", .bytes, "room left there") {
      $0.space.current.map { Double($0.available.count) }
    },
    disk.number(".inodes_free", .count, "inodes left there") {
      $0.space.current.map { Double($0.inodesFree) }
    },
  ]

  private static let gpu = MetricFamily(
    path: "system.gpus[NAME]", key: "name", subject: .machine,
    items: { $0.readings.sample.system.gpus.current ?? [] }, name: { $0.name })
  private static let gpus: [Metric] = [
    gpu.number(".utilization_percent", .percent, "time it is busy") {
      $0.utilization.current?.percent
    },
    gpu.number(".memory_used_bytes", .bytes, "its memory in use") { bytes($0.memoryUsed) },
    gpu.number(".celsius", .degrees, "its temperature") { $0.temperature.current?.degrees },
    gpu.number(".watts", .watts, "the power it takes") { $0.watts.current },
    gpu.number(".megahertz", .count, "its clock") { $0.megahertz.current },
  ]

  static let thermal: [Metric] =
    [
      .number("thermal.celsius", .degrees, "the hottest sensor", about: .machine) {
        $0.readings.thermal.hottest.current?.celsius.current?.degrees
      },
      .flag("thermal.throttled.now", "whether the machine is slowed down", about: .machine) {
        $0.readings.thermal.throttledNow
      },
      .flag("thermal.throttled.since_boot", "whether it was, since boot", about: .machine) {
        $0.readings.thermal.throttledSinceBoot
      },
      .flag("thermal.throttled.while_watched", "whether it was, while watched", about: .machine) {
        $0.readings.thermal.watchedThrottling
      },
      .number("thermal.throttled.seconds", .seconds, "for how long, while watched", about: .machine)
      {
        $0.readings.thermal.watchedThrottling == nil ? nil : $0.readings.thermal.throttledSeconds
      },
      .status("thermal", about: .machine) { $0.readings.thermal.severity },
    ] + sensors

  private static func family<Item>(
    _ list: String, _ items: @escaping @Sendable (AlertsInput) -> [Item],
    _ name: @escaping @Sendable (Item) -> Printable
  ) -> MetricFamily<Item> {
    MetricFamily(
      path: "thermal.\(list)[NAME]", key: "name", subject: .machine, items: items, name: name)
  }

  private static let sensor = family("sensors", { $0.readings.thermal.sensors }, { $0.name })
  private static let policy = family(
    "frequencies", { $0.readings.thermal.frequencies }, { $0.name })
  private static let cooler = family("cooling", { $0.readings.thermal.cooling }, { $0.name })
  private static let rail = family("power", { $0.readings.thermal.power }, { $0.name })
  private static let sensors: [Metric] = [
    sensor.number(".celsius", .degrees, "temperature of one sensor") {
      $0.celsius.current?.degrees
    },
    policy.number(".current_hz", .hertz, "frequency of some processors") {
      $0.current.current.map { Double($0) * 1000 }
    },
    policy.number(".allowed_hz", .hertz, "the most they may run at") {
      $0.allowed.current.map { Double($0) * 1000 }
    },
    cooler.number(".state", .count, "how hard a cooler works") { Double($0.state) },
    cooler.number(".rpm", .count, "turns of a fan a minute") { $0.rpm.map { Double($0) } },
    rail.number(".watts", .watts, "power there") { $0.watts.current },
    rail.number(".charge_percent", .percent, "charge of a battery") { $0.charge?.percent },
  ]
}
