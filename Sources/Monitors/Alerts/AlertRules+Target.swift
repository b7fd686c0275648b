extension AlertRules {
  /// How the target ended; while it is gone nothing else is said about it.
  static func targetRules() -> [AlertRule] {
    [
      ending("target-failed", .critical) { $0 == true },
      ending("target-gone", .warning) { $0 == nil },
      ending("target-finished", .info) { $0 == false },
      descriptors(),
    ]
  }

  private static func ending(
    _ name: String, _ severity: Severity, when matches: @escaping @Sendable (Bool?) -> Bool
  ) -> AlertRule {
    AlertRule(
      name, severity, .component, about: .machine, .above(0),
      read: { input, _ in
        guard case .ended(_, _, let isFailure) = input.target, matches(isFailure) else {
          return AlertRule.Evidence(0)
        }
        return AlertRule.Evidence(1)
      },
      tell: { input, _, _ in
        guard case .ended(let who, let how, _) = input.target else { return "it runs again" }
        return "\(who) \(how)"
      }
    ).lasting(0, keeps: 0).advising("start it again, or watch another: perftop -p PID")
  }

  private static func descriptors() -> AlertRule {
    AlertRule(
      "descriptors-high", .warning, .resource, about: .target, .above(0.8),
      read: { input, _ in
        guard let target = input.readings.sample.target.current,
          let limit = target.descriptorLimit.value,
          let open = target.root.descriptors.current
        else { return nil }
        guard let limit, limit > 0 else { return AlertRule.Evidence(0, isArmed: false) }
        return AlertRule.Evidence(Double(open) / Double(limit))
      },
      tell: { input, _, evidence in
        let open = input.readings.sample.target.value?.root.descriptors.value ?? 0
        return "\(open) descriptors open, \(percent(evidence.value)) of the limit"
      }
    ).silencing("descriptors-filling", "fd-leak")
      .advising("files or sockets are not closed; at the limit open() fails")
  }
}
