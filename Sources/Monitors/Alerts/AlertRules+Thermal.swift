extension AlertRules {
  /// Heat and what it does.
  static func thermalRules(_ settings: AlertsConfig) -> [AlertRule] {
    let thermal = settings.thermal
    return [
      power(), throttled(),
      hot("thermal-critical", .critical, thermal.criticalCelsius).silencing("thermal-high"),
      hot("thermal-high", .warning, thermal.warningCelsius),
    ]
  }

  private static func hot(_ name: String, _ severity: Severity, _ limit: Double) -> AlertRule {
    AlertRule(
      name, severity, .thermal, about: .machine, .above(limit),
      read: { input, _ in
        guard let sensor = input.readings.thermal.hottest.current else { return nil }
        return sensor.celsius.current.map { AlertRule.Evidence($0.degrees) }
      },
      tell: { input, _, evidence in
        let name = input.readings.thermal.hottest.value?.name ?? "a sensor"
        return "\(name) at \(Celsius(evidence.value).text)"
      }
    ).advising("5 Enter shows sensors and coolers")
  }

  private static func starved(_ input: AlertsInput) -> [ThrottleSample] {
    input.readings.sample.thermal.throttles.filter { $0.now == true && $0.cause == .underVoltage }
  }

  /// Too little power is a matter of safety: machines reset and cards lose data. Too much of it only slows down.
  private static func power() -> AlertRule {
    AlertRule(
      "power-low", .critical, .safety, about: .machine, .above(0),
      read: { input, _ in AlertRule.Evidence(Double(starved(input).count)) },
      tell: { input, _, _ in
        let cause = starved(input).first
        return "\(cause?.cause.words ?? "under-voltage") (\(cause?.source ?? "firmware"))"
      }
    ).lasting(3, keeps: 180).advising("use a stronger power supply and a shorter, thicker cable")
  }

  private static func throttled() -> AlertRule {
    AlertRule(
      "throttled", .warning, .thermal, about: .machine, .above(0),
      read: { input, _ in
        guard let isThrottled = input.readings.thermal.throttledNow else { return nil }
        let isOther = starved(input).isEmpty
        return AlertRule.Evidence(isThrottled ? 1 : 0, isArmed: isOther)
      },
      tell: { input, _, _ in
        let causes = input.readings.thermal.slowedBy
        return causes.isEmpty ? "the machine is slowed down" : "slowed down: \(causes)"
      }
    ).lasting(10, keeps: 120).advising("5 Enter shows what slows it down")
  }
}
