extension AlertRules {
  private static let fewestBatches = 5

  /// Memory, success and pace of batches; an unlinked target has none.
  static func batchingRules(_ settings: AlertsConfig) -> [AlertRule] {
    [batchMemory(settings), batchSuccess(settings), batchPace()]
  }

  private static func batchMemory(_ settings: AlertsConfig) -> AlertRule {
    AlertRule(
      "batch-memory-high", .info, .resource, about: .target,
      .above(settings.memory.warningThreshold),
      read: { input, facts in
        guard !facts.isLinkLost else { return nil }
        guard input.readings.sample.link.current != nil,
          let share = input.readings.batching.memoryShare
        else {
          return AlertRule.Evidence(0, isArmed: false)
        }
        return AlertRule.Evidence(share.value)
      },
      tell: { input, _, evidence in
        let limit = input.readings.batching.memoryLimit.map { " of \($0.text)" } ?? ""
        return
          "a batch of \(input.readings.batching.current ?? 0) brings memory to \(percent(evidence.value))\(limit)"
      }
    ).silentWithoutData().advising("smaller batches need less; 3 Enter shows which sizes were run")
  }

  /// By what is believable: of five batches one that fails proves nothing.
  private static func batchSuccess(_ settings: AlertsConfig) -> AlertRule {
    AlertRule(
      "batch-success-low", .warning, .performance, about: .target,
      .below(settings.batching.successRateWarning),
      read: { input, facts in
        guard !facts.isLinkLost else { return nil }
        guard let most = input.readings.batching.successAtMost,
          input.readings.batching.recent >= fewestBatches
        else {
          return AlertRule.Evidence(1, isArmed: false)
        }
        return AlertRule.Evidence(most.value)
      },
      tell: { input, _, _ in
        let rate = input.readings.batching.successRate?.value ?? 0
        return "\(percent(rate)) of the last \(input.readings.batching.recent) batches succeeded"
      }
    ).silentWithoutData().advising("3 Enter shows whether large batches fail more often")
  }

  private static func batchPace() -> AlertRule {
    AlertRule(
      "batch-throughput-falling", .info, .performance, about: .target, .above(0.15),
      read: { input, facts in
        facts.isLinkLost ? nil : AlertRule.Evidence(input.readings.batching.fallen?.value ?? 0)
      },
      tell: { input, _, evidence in
        "batches get \(percent(evidence.value)) less done than before, at the same size"
      }
    ).silentWithoutData().advising(
      "3 Enter shows throughput over time; 1, 2 and 5 show memory, storage and heat")
  }
}
