/// The rules that watch by default; those that silence others stand before them.
public enum AlertRules {
  /// All of them, armed by what a person has set.
  public static func defaults(_ settings: AlertsConfig) -> [AlertRule] {
    let rules =
      targetRules() + memoryRules(settings) + judgementRules(settings) + systemRules(settings)
      + storageRules(settings) + thermalRules(settings) + batchingRules(settings)
      + operationRules(settings) + [noData(), noTargetData()]
    return rules.map { patient($0, settings) }
  }

  /// The names of all rules.
  public static let names = defaults(AlertsConfig()).map(\.name)

  /// A rule without durations of its own takes those that a person has set for its severity.
  private static func patient(_ rule: AlertRule, _ settings: AlertsConfig) -> AlertRule {
    var rule = rule
    if !rule.hasOwnDurations { rule.holds = settings.patience.seconds(rule.severity) }
    return rule
  }

  /// Percent for a sentence.
  static func percent(_ share: Double) -> String { Units.fixed(share * 100, digits: 0) + " %" }

  /// How many ticks in a row may fail before that itself is worth a note.
  private static let patientTicks = 5.0

  private static func noData() -> AlertRule {
    silence("no-data", "no data", about: .machine) { $0.missingTicks }
  }

  private static func noTargetData() -> AlertRule {
    silence("no-target-data", "no data of the target", about: .target) { $0.missingTargetTicks }
  }

  private static func silence(
    _ name: String, _ what: Printable, about subject: AlertRule.Subject,
    _ ticks: @escaping @Sendable (AlertFacts) -> Int
  ) -> AlertRule {
    AlertRule(
      name, .info, .system, about: subject, .above(patientTicks - 1),
      read: { _, facts in AlertRule.Evidence(Double(ticks(facts))) },
      tell: { input, facts, _ in
        let seconds = Units.span(seconds: Double(ticks(facts)) * input.readings.interval)
        return "\(what) for \(seconds): what was measured before can't be read"
      }
    ).lasting(0, keeps: 5).advising("perftop doctor says which source does not answer")
  }
}

extension Measured {
  /// The value where it is from this tick; an old one proves nothing about now.
  var current: Value? {
    if case .fresh(let value) = self { value } else { nil }
  }
}
