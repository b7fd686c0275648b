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
        guard let sensor = input.thermal.hottest.current else { return nil }
        return sensor.celsius.current.map { AlertRule.Evidence($0.degrees) }
      },
      tell: { input, _, evidence in
        let name = input.thermal.hottest.value?.name ?? "a sensor"
        return "\(name) at \(Celsius(evidence.value).text)"
      }
    ).advising("5 Enter shows sensors and coolers")
  }

  private static func causes(_ input: AlertsInput, ofPower: Bool) -> [ThrottleSample] {
    input.sample.thermal.throttles.filter { throttle in
      let isPower = throttle.cause == .underVoltage || throttle.cause == .overCurrent
      return throttle.now == true && isPower == ofPower
    }
  }

  /// Too little power is a matter of safety: machines reset and cards lose data.
  private static func power() -> AlertRule {
    AlertRule(
      "power-low", .critical, .safety, about: .machine, .above(0),
      read: { input, _ in AlertRule.Evidence(Double(causes(input, ofPower: true).count)) },
      tell: { input, _, _ in
        let cause = causes(input, ofPower: true).first
        return "\(cause?.cause.words ?? "under-voltage") now (\(cause?.source ?? "firmware"))"
      }
    ).lasting(3, keeps: 180).advising("use a stronger power supply and a shorter, thicker cable")
  }

  private static func throttled() -> AlertRule {
    AlertRule(
      "throttled", .warning, .thermal, about: .machine, .above(0),
      read: { input, _ in
        guard let isThrottled = input.thermal.throttledNow else { return nil }
        let isOther = causes(input, ofPower: true).isEmpty
        return AlertRule.Evidence(isThrottled ? 1 : 0, isArmed: isOther)
      },
      tell: { input, _, _ in
        let cause = input.thermal.causes.first ?? "the machine"
        return "slowed down: \(cause)"
      }
    ).lasting(10, keeps: 120).advising("5 Enter shows what slows it down")
  }
}
