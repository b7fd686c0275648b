extension AlertRules {
  /// The machine's processors and memory.
  static func systemRules(_ settings: AlertsConfig) -> [AlertRule] {
    [
      machineKilled(), processors(settings), systemMemory(settings), systemMemorySteady(settings),
    ]
  }

  private static func machineKilled() -> AlertRule {
    AlertRule(
      "machine-oom-kill", .warning, .system, about: .machine, .above(0),
      read: { _, facts in
        AlertRule.Evidence(facts.machineKills, isArmed: facts.groupKills == 0)
      },
      tell: { _, _, _ in "the kernel killed a process on this machine for want of memory" }
    ).lasting(0, keeps: 300).tellingOfEvent()
  }

  private static func processors(_ settings: AlertsConfig) -> AlertRule {
    AlertRule(
      "cpu-high", .warning, .performance, about: .machine, .above(settings.cpuWarningPercent),
      read: { input, _ in input.readings.vitals.cpu.current.map { AlertRule.Evidence($0.percent) }
      },
      tell: { _, _, evidence in
        "processors \(Units.fixed(evidence.value, digits: 0)) % busy"
      }
    ).advising("4 shows the quality level that this load calls for")
  }

  private static func systemMemory(_ settings: AlertsConfig) -> AlertRule {
    AlertRule(
      "system-memory-high", .warning, .system, about: .machine,
      .above(settings.memoryWarningPercent),
      read: { input, facts in
        let stalls = input.readings.sample.system.memoryPressure.current?.some60 ?? 0
        let isEndangered = facts.isMachineRising || stalls > armingStalls
        return input.readings.vitals.memory.current.map {
          AlertRule.Evidence($0.percent, isArmed: isEndangered)
        }
      },
      tell: { _, facts, evidence in
        let why = facts.isMachineRising ? "and rising" : "and tasks wait for memory"
        return "the machine's memory is \(Units.fixed(evidence.value, digits: 0)) % used \(why)"
      }
    ).silencing("system-memory-steady")
      .advising("end what is not needed, or lower the target's caches")
  }

  private static func systemMemorySteady(_ settings: AlertsConfig) -> AlertRule {
    AlertRule(
      "system-memory-steady", .info, .system, about: .machine,
      .above(settings.memoryWarningPercent),
      read: { input, _ in
        input.readings.vitals.memory.current.map { AlertRule.Evidence($0.percent) }
      },
      tell: { _, _, evidence in
        "the machine's memory is \(Units.fixed(evidence.value, digits: 0)) % used, steady"
      })
  }
}
