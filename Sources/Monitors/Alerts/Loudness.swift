/// What fires in a tick so badly that lesser alerts about the same have nothing to add.
struct Loudness: Sendable {
  private struct Voice {
    var severity: Severity
    var label: Printable
    var subject: AlertRule.Subject
  }

  private var byMetric: [String: [Voice]] = [:]
  private var emergencies: [String: [Voice]] = [:]

  mutating func begin() {
    if !byMetric.isEmpty { byMetric.removeAll(keepingCapacity: true) }
    if !emergencies.isEmpty { emergencies.removeAll(keepingCapacity: true) }
  }

  /// Takes an alert that fires; the worst come first.
  mutating func add(_ rule: AlertRule, _ spot: AlertsMonitor.Spot, _ label: Printable) {
    let voice = Voice(severity: rule.severity, label: label, subject: rule.subject)
    if rule.severity == .emergency,
      emergencies[rule.group]?.contains(where: { $0.subject == rule.subject && $0.label == label })
        != true
    {
      emergencies[rule.group, default: []].append(voice)
    }
    guard !rule.metric.isEmpty, rule.severity > .info else { return }
    let known = byMetric[rule.metric] ?? []
    if !known.contains(where: { $0.label == label }) {
      byMetric[rule.metric, default: []].append(voice)
    }
  }

  /// Whether a lesser alert says nothing new: its rule's critical hides its warning, and an emergency all about the same resource.
  func mutes(_ rule: AlertRule, _ label: Printable) -> Bool {
    if !byMetric.isEmpty, !rule.metric.isEmpty, let worse = byMetric[rule.metric],
      worse.contains(where: { $0.severity > rule.severity && $0.label == label })
    {
      return true
    }
    // What has happened is no lesser trouble of the same kind.
    guard !emergencies.isEmpty, rule.severity < .emergency, !rule.tellsOfEvent,
      let emergency = emergencies[rule.group]
    else { return false }
    return emergency.contains {
      ($0.subject == .machine || rule.subject == .target) && ($0.label.isEmpty || $0.label == label)
    }
  }
}
