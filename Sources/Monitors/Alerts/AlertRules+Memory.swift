extension AlertRules {
  /// Stalls for want of memory that make a high level a danger, in percent of the last minute.
  static let armingStalls = 5.0
  private static let emergencyStalls = 30.0

  /// The target's memory against its limit.
  static func memoryRules(_ settings: AlertsConfig) -> [AlertRule] {
    let memory = settings.memory
    return [killed(), emergency(), critical(memory), high(memory), steady(memory)]
      + leakRules() + [growth(memory)]
  }

  /// Stalls in the target's group, or on the machine where the group does not say.
  private static func stalls(_ input: AlertsInput) -> PressureSample? {
    input.readings.sample.target.current?.cgroup.current?.memoryPressure.current
      ?? input.readings.sample.system.memoryPressure.current
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

  private static func emergency() -> AlertRule {
    AlertRule(
      "memory-emergency", .emergency, .resource, about: .machine, .above(emergencyStalls),
      read: { input, _ in stalls(input).map { AlertRule.Evidence($0.full10) } },
      tell: { _, _, evidence in
        "all tasks wait for memory \(Units.fixed(evidence.value, digits: 0)) % of the time"
      }
    ).silencing("memory-critical", "memory-high", "memory-steady", "memory-growth")
      .advising("free memory now: end what is not needed before the kernel does")
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
