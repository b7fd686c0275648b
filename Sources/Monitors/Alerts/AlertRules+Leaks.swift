extension AlertRules {
  /// Leaks, and how soon they meet a limit. A verdict has waited long enough by itself, so these hardly do.
  static func leakRules() -> [AlertRule] {
    [
      deadline("memory-out-now", .emergency, minutes: 5)
        .silencing("memory-out-soon", "memory-leak", "memory-leak-suspected", "memory-growth"),
      deadline("memory-out-soon", .critical, minutes: 60)
        .silencing("memory-leak", "memory-leak-suspected", "memory-growth"),
      leak().silencing("memory-leak-suspected", "memory-growth"),
      suspected().silencing("memory-growth"),
      counted("fd-leak", "descriptors") { $0.descriptorLeak }
        .advising("files or sockets are not closed; 2 Enter shows which files are open"),
      counted("thread-leak", "threads") { $0.threadLeak }
        .advising("threads are started and never end"),
    ]
  }

  private static let (holds, keeps) = (5.0, 120.0)

  /// Minutes until the limit, where a leak is confirmed; far away where none is.
  private static func minutesLeft(_ input: AlertsInput) -> Double? {
    guard !input.readings.memory.resident.isStale else { return nil }
    guard let expected = input.readings.memory.exhaustion.expected, !expected.isSuspected else {
      return 1e9
    }
    return expected.seconds / 60
  }

  private static func deadline(_ name: String, _ severity: Severity, minutes: Double) -> AlertRule {
    AlertRule(
      name, severity, .resource, about: .target, .below(minutes),
      read: { input, _ in minutesLeft(input).map { AlertRule.Evidence($0) } },
      tell: { input, _, _ in
        "\(input.readings.memory.leak.words), \(input.readings.memory.exhaustion.words)"
      }
    ).lasting(holds, keeps: keeps)
      .advising("restart it in time, or raise its limit", "C collects, E evicts caches")
  }

  private static func leak() -> AlertRule {
    AlertRule(
      "memory-leak", .warning, .resource, about: .target, .above(0),
      read: { input, _ in verdict(input) { $0.verdict == .leak } },
      tell: { input, _, _ in
        let limit =
          input.readings.memory.exhaustion.expected.map { ", \($0.words)" as Printable } ?? ""
        return "\(input.readings.memory.leak.words)\(limit)"
      }
    ).lasting(holds, keeps: keeps).advising("1 Enter shows where, and what speaks for it")
  }

  private static func suspected() -> AlertRule {
    AlertRule(
      "memory-leak-suspected", .info, .resource, about: .target, .above(0),
      read: { input, _ in verdict(input) { $0.isSuspected } },
      tell: { input, _, _ in input.readings.memory.leak.words }
    ).lasting(holds, keeps: keeps).advising("1 Enter shows where; wait for the verdict")
  }

  private static func verdict(
    _ input: AlertsInput, _ matches: (MemoryLeak) -> Bool
  ) -> AlertRule.Evidence? {
    let leak = input.readings.memory.leak
    guard !input.readings.memory.resident.isStale else { return nil }
    guard matches(leak) else { return AlertRule.Evidence(0, isArmed: false) }
    return AlertRule.Evidence(max(1, (leak.slope?.value ?? 0) * 60))
  }

  private static func counted(
    _ name: String, _ what: Printable, _ leak: @escaping @Sendable (MemoryReading) -> CountLeak
  ) -> AlertRule {
    AlertRule(
      name, .warning, .resource, about: .target, .above(0),
      read: { input, _ in
        AlertRule.Evidence(leak(input.readings.memory).verdict == .leak ? 1 : 0)
      },
      tell: { input, _, _ in leak(input.readings.memory).words(of: what) ?? "\(what) do not leak" }
    ).lasting(holds, keeps: keeps)
  }
}
