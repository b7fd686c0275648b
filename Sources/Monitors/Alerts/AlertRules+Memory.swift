extension AlertRules {
  /// Stalls for want of memory that make a high level a danger, in percent of the last minute.
  static let armingStalls = 5.0
  static let emergencyStalls = 30.0

  /// The target's memory against its limit.
  static func memoryRules(_ settings: AlertsConfig) -> [AlertRule] {
    let memory = settings.memory
    return [
      killed(), emergency(), stalled(), critical(memory), high(memory), steady(memory),
    ]
      + leakRules() + [growth(memory)]
  }

  static func groupStalls(_ input: AlertsInput) -> PressureSample? {
    input.readings.sample.target.current?.cgroup.current?.memoryPressure.current
  }

  static func machineStalls(_ input: AlertsInput) -> PressureSample? {
    input.readings.sample.system.memoryPressure.current
  }

  /// Stalls in the target's group, or on the machine where the group does not say.
  private static func stalls(_ input: AlertsInput) -> PressureSample? {
    groupStalls(input) ?? machineStalls(input)
  }

  private static func share(_ input: AlertsInput) -> Double? {
    guard !input.readings.memory.resident.isStale else { return nil }
    return input.readings.memory.used?.value
  }

  private static func isEndangered(_ input: AlertsInput, _ facts: AlertFacts) -> Bool {
    facts.isTargetRising || (stalls(input)?.some60 ?? 0) > armingStalls
  }

  private static func level(_ input: AlertsInput, _ share: Double) -> String {
    guard let limit = input.readings.memory.limit else { return "memory \(percent(share))" }
    return "memory \(percent(share)) of \(limit.bytes.text) (\(limit.origin))"
  }

  private static func killed() -> AlertRule {
    AlertRule(
      "oom-kill", .critical, .resource, about: .target, .above(0),
      read: { _, facts in AlertRule.Evidence(facts.groupKills) },
      tell: { _, _, _ in "the kernel killed a process of the target's group for want of memory" }
    ).lasting(0, keeps: 180).tellingOfEvent().advising(
      "raise the group's memory limit or let it use less")
  }

  /// What is about the machine goes by what every screen of it sees.
  private static func emergency() -> AlertRule {
    standstill("memory-emergency", "all tasks wait", about: .machine, machineStalls)
      .silencing(
        "memory-stalled", "memory-critical", "memory-high", "memory-steady", "memory-growth"
      )
      .advising("free memory now: end what is not needed before the kernel does")
  }

  /// A group can stand still at its own limit while the machine has memory to spare.
  private static func stalled() -> AlertRule {
    standstill("memory-stalled", "the target's group waits", about: .target, groupStalls)
      .silencing("memory-critical", "memory-high", "memory-steady", "memory-growth")
      .advising("raise the group's memory limit or let it use less, before the kernel ends it")
  }

  private static func standstill(
    _ name: String, _ who: Printable, about subject: AlertRule.Subject,
    _ stalls: @escaping @Sendable (AlertsInput) -> PressureSample?
  ) -> AlertRule {
    AlertRule(
      name, .emergency, .resource, about: subject, .above(emergencyStalls),
      read: { input, _ in stalls(input).map { AlertRule.Evidence($0.full10) } },
      tell: { _, _, evidence in
        "\(who) for memory \(Units.fixed(evidence.value, digits: 0)) % of the time"
      })
  }

  private static func critical(_ memory: MemoryConfig) -> AlertRule {
    AlertRule(
      "memory-critical", .critical, .resource, about: .target, .above(memory.criticalThreshold),
      read: { input, _ in share(input).map { AlertRule.Evidence($0) } },
      tell: { input, _, evidence in Printable(level(input, evidence.value)) }
    ).silencing("memory-high", "memory-steady")
      .advising("1 Enter shows what it owns", "restart it in time, or raise its limit")
  }

  /// High alone is no trouble: it takes a floor that rises, or stalls.
  private static func high(_ memory: MemoryConfig) -> AlertRule {
    AlertRule(
      "memory-high", .warning, .resource, about: .target, .above(memory.warningThreshold),
      read: { input, facts in
        share(input).map { AlertRule.Evidence($0, isArmed: isEndangered(input, facts)) }
      },
      tell: { input, facts, evidence in
        let why = facts.isTargetRising ? "and its floor rises" : "and tasks wait for memory"
        return "\(level(input, evidence.value)) \(why)"
      }
    ).silencing("memory-steady", "memory-growth")
      .advising("1 Enter shows which mapping grows")
  }

  private static func steady(_ memory: MemoryConfig) -> AlertRule {
    AlertRule(
      "memory-steady", .info, .resource, about: .target, .above(memory.warningThreshold),
      read: { input, _ in share(input).map { AlertRule.Evidence($0) } },
      tell: { input, _, evidence in "\(level(input, evidence.value)), steady" })
  }

  private static func growth(_ memory: MemoryConfig) -> AlertRule {
    AlertRule(
      "memory-growth", .info, .resource, about: .target, .above(memory.growthWarningPerMinute),
      read: { input, _ in
        input.readings.memory.growth.current.map { AlertRule.Evidence($0.value * 60 / 1e6) }
      },
      tell: { _, _, evidence in
        "memory grows by \(BytesPerSecond(evidence.value * 1e6 / 60).perMinuteText)"
      }
    ).advising("1 Enter shows which mapping grows")
  }
}
