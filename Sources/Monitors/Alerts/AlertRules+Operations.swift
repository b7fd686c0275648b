extension AlertRules {
  /// Of fewer one that fails proves nothing.
  private static let fewestOperations = 20.0
  private static let window = 60.0

  /// What only the program can tell: operations that hang or fail, and a heap that has grown large.
  static func operationRules(_ settings: AlertsConfig) -> [AlertRule] {
    [
      slowOperation(settings.operations), failingOperation(settings.operations),
      regression(), largeHeap(settings.memory),
    ]
  }

  /// How long one took, or has been under way already.
  private static func length(_ row: OperationRow) -> Double {
    max(row.oldest ?? 0, row.p95 ?? 0)
  }

  private static func slowOperation(_ settings: OperationsConfig) -> AlertRule {
    AlertRule(
      "operation-slow", .info, .performance, about: .target, .above(settings.slowSeconds),
      read: { input, facts in
        guard !facts.isLinkLost else { return nil }
        return AlertRule.Evidence(input.readings.operations.rows.map(length).max() ?? 0)
      },
      tell: { input, _, evidence in
        let row = input.readings.operations.rows.max { length($0) < length($1) }
        let name = row?.name ?? "an operation"
        let seconds = Units.span(seconds: evidence.value)
        let isUnderWay = row?.oldest == evidence.value
        return isUnderWay
          ? "\(name) has been under way for \(seconds)" : "\(name) takes \(seconds) (p95)"
      }
    ).lasting(0, keeps: 60).silentWithoutData().advising("o shows what is under way")
  }

  private static func isProven(_ row: OperationRow) -> Bool {
    (row.perSecond ?? 0) * window >= fewestOperations
  }

  private static func failingOperation(_ settings: OperationsConfig) -> AlertRule {
    AlertRule(
      "operation-failures", .warning, .performance, about: .target,
      .above(settings.failureRateWarning),
      read: { input, facts in
        guard !facts.isLinkLost else { return nil }
        let shares = input.readings.operations.rows.filter(isProven).compactMap {
          $0.failures?.value
        }
        return AlertRule.Evidence(shares.max() ?? 0)
      },
      tell: { input, _, evidence in
        let rows = input.readings.operations.rows.filter(isProven)
        let row = rows.max { ($0.failures?.value ?? 0) < ($1.failures?.value ?? 0) }
        let name = row?.name ?? "an operation"
        return "\(percent(evidence.value)) of \(name) fail"
      }
    ).silentWithoutData().advising("o shows errors and times of each operation")
  }

  /// Less than that is worth a word in the list, but nobody's attention.
  private static let worthTelling = 0.1
  /// What has been so for as long is how it is.
  private static let newsSeconds = 3600.0

  private static func worst(_ input: AlertsInput) -> OperationRegression? {
    input.readings.operations.regressions.first {
      $0.isWorse && input.readings.sample.moment.seconds(since: $0.told) < newsSeconds
    }
  }

  /// The detector itself waits until a change has lasted; what gets better is in the list of operations.
  private static func regression() -> AlertRule {
    AlertRule(
      "operation-regression", .warning, .performance, about: .target, .above(worthTelling),
      read: { input, facts in
        facts.isLinkLost ? nil : AlertRule.Evidence(worst(input)?.size ?? 0)
      },
      tell: { input, _, _ in worst(input)?.words ?? "an operation has changed" }
    ).lasting(0, keeps: 60).silentWithoutData().advising(
      "o shows each operation and since when",
      "1, 2 and 5 show memory, storage and heat at that time")
  }

  private static func largeHeap(_ settings: MemoryConfig) -> AlertRule {
    let megabyte = 1e6
    return AlertRule(
      "heap-large", .info, .resource, about: .target, .above(settings.collectThreshold),
      read: { input, facts in
        guard !facts.isLinkLost else { return nil }
        guard let used = input.readings.memory.heap.current?.used.current else {
          return AlertRule.Evidence(0, isArmed: false)
        }
        return AlertRule.Evidence(Double(used.count) / megabyte)
      },
      tell: { _, _, evidence in
        let size = Units.scaled(evidence.value * megabyte, unit: "B")
        return "the heap holds \(size): collecting may give some of it back"
      }
    ).silentWithoutData().advising(
      "C collects garbage", "smaller batches or caches need less: 3, E")
  }
}
