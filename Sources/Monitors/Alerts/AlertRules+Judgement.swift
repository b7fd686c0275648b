extension AlertRules {
  private static let hour = 3600.0
  private static let never = 30 * 86400.0
  private static let lowScore = 50.0
  private static let namedScore = 40.0

  /// What is thought of it all together: what runs out, what presses, what holds the target back.
  static func judgementRules(_ settings: AlertsConfig = AlertsConfig()) -> [AlertRule] {
    let least = settings.diskFreeWarning
    return [
      runsOut("storage-full-soon", .critical, [.disk, .inodes], within: hour, least)
        .silencing("storage-filling", "disk-low", "inodes-low")
        .advising("2 Enter shows what is written there", "free some room, or stop what fills it"),
      runsOut("storage-filling", .warning, [.disk, .inodes], within: 24 * hour, least)
        .silencing("disk-low", "inodes-low")
        .advising("2 Enter shows what is written there"),
      runsOut("descriptors-filling", .warning, [.descriptors], within: 6 * hour, least)
        .advising("files or sockets are not closed; at the limit open() fails"),
      runsOut("throttling-soon", .info, [.throttling], within: hour, least)
        .advising("5 Enter shows sensors and coolers", "cool the machine, or ask less of it"),
      pressed("pressure-critical", .critical, .critical)
        .silencing("pressure-high", "target-pressure", "cpu-high", "system-memory-high"),
      pressed("pressure-high", .warning, .high)
        .silencing("target-pressure", "cpu-high", "system-memory-high"),
      targetPressed(), bottleneck(), lowScoring(),
    ]
  }

  private static func nearest(_ input: AlertsInput, _ kinds: [Forecast.Kind]) -> Forecast? {
    input.judgement.forecasts.first { $0.span != nil && kinds.contains($0.kind) }
  }

  /// What goes nowhere lasts for ever; where nobody can say, all is well as far as this rule knows.
  private static func runsOut(
    _ name: String, _ severity: Severity, _ kinds: [Forecast.Kind], within seconds: Double,
    _ least: Double
  ) -> AlertRule {
    AlertRule(
      name, severity, .resource, about: .target, .below(seconds),
      read: { input, _ in
        let untold = input.judgement.forecasts.first {
          $0.span != nil && kinds.contains($0.kind) && !isToldAsItIs($0, input, least)
        }
        return AlertRule.Evidence(min(never, untold?.median ?? never))
      },
      tell: { input, _, evidence in
        nearest(input, kinds)?.words ?? "in \(Forecast.Span.rough(evidence.value))"
      })
  }

  /// Where these begin to speak of what is left now, `disk-full` and `descriptors-high` say all there is to say.
  private static let fullShare = 0.1
  private static let highShare = 0.8

  private static func isToldAsItIs(
    _ forecast: Forecast, _ input: AlertsInput, _ least: Double
  ) -> Bool {
    switch forecast.kind {
    case .descriptors:
      guard let target = input.readings.sample.target.current,
        let open = target.root.descriptors.current,
        case .fresh(.some(let limit)) = target.descriptorLimit, limit > 0
      else { return false }
      return Double(open) / Double(limit) > highShare
    case .disk:
      guard
        let disk = input.readings.storage.filesystems.first(where: { $0.mount == forecast.place }),
        let space = disk.space.current, space.total > .zero
      else { return false }
      let total = Double(space.total.count) / 1e9
      let threshold = total <= 2 * least ? total * 0.1 : least
      return Double(space.available.count) / 1e9 < threshold * fullShare
    case .memory, .inodes, .throttling: return false
    }
  }

  /// Where all tasks wait for memory a graver rule speaks.
  private static func isStandstill(_ pressure: PressureSample?) -> Bool {
    (pressure?.full10 ?? 0) > emergencyStalls
  }

  private static func pressed(
    _ name: String, _ severity: Severity, _ level: PressureLevel
  ) -> AlertRule {
    AlertRule(
      name, severity, .resource, about: .machine, .above(Double(level.order) - 0.5),
      read: { input, _ in
        input.judgement.machine.map {
          AlertRule.Evidence(Double($0.level.order), isArmed: !isStandstill(machineStalls(input)))
        }
      },
      tell: { input, _, _ in
        guard let pressure = input.judgement.machine else { return "the machine is pressed" }
        return "the machine is under \(pressure.level.rawValue) pressure: \(pressure.cause)"
      }
    ).advising("J shows what holds the target back, and what helps")
  }

  /// Of its memory limit and of storage that holds it up other rules tell.
  private static func targetPressed() -> AlertRule {
    AlertRule(
      "target-pressure", .warning, .resource, about: .target,
      .above(Double(PressureLevel.high.order) - 0.5),
      read: { input, _ in
        guard let pressure = input.judgement.target else { return nil }
        let isTold =
          input.readings.memory.severity >= .warning || input.readings.storage.stall != nil
        let isGraver = isStandstill(groupStalls(input)) || isStandstill(machineStalls(input))
        return AlertRule.Evidence(Double(pressure.level.order), isArmed: !isTold && !isGraver)
      },
      tell: { input, _, _ in
        guard let pressure = input.judgement.target else { return "the target is pressed" }
        return "the target is under \(pressure.level.rawValue) pressure: \(pressure.cause)"
      }
    ).advising("J shows what holds it back, and what helps")
  }

  /// What another rule already says of it.
  private static func isTold(_ bottleneck: Bottleneck, _ input: AlertsInput) -> Bool {
    switch bottleneck.evidence {
    case .stalled, .throttled, .fallen: true
    case .room: input.readings.memory.severity >= .warning
    default: false
    }
  }

  private static func bottleneck() -> AlertRule {
    AlertRule(
      "bottleneck", .info, .performance, about: .target, .above(namedScore),
      read: { input, _ in
        guard let main = input.judgement.main else {
          return input.judgement.absence == nil ? AlertRule.Evidence(0, isArmed: false) : nil
        }
        return AlertRule.Evidence(main.score, isArmed: !isTold(main, input))
      },
      tell: { input, _, _ in input.judgement.holding }
    ).lasting(60, keeps: 120).silentWithoutData()
      .advising("J shows what it is told by, and what helps")
  }

  private static func lowScoring() -> AlertRule {
    AlertRule(
      "score-low", .info, .performance, about: .target, .below(lowScore),
      read: { input, _ in
        input.judgement.score.value.map { AlertRule.Evidence(Double($0)) }
      },
      tell: { input, _, evidence in
        let why = input.judgement.score.losses.first.map { ": \($0.why)" } ?? ""
        return "score \(Units.fixed(evidence.value, digits: 0)) of 100\(why)"
      }
    ).silentWithoutData().advising("J shows what it lost points for")
  }
}
