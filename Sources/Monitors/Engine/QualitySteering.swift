/// Sends the levels that pressure calls for to the targets that obey, each once, and again where nothing comes of it.
struct QualitySteering {
  private static let repeatsAfter = 5.0
  private struct Sent {
    var level: QualityLevel
    var at: Moment
  }

  private var sent: [ProcessKey: Sent] = [:]
  private var next = Order.firstAutomatic

  /// What one target should be told now.
  mutating func order(for snapshot: Snapshot, isReadOnly: Bool) -> Order? {
    guard let root = snapshot.sample.target.value?.root else { return nil }
    let key = ProcessKey(pid: root.pid, startTicks: root.startTicks)
    guard let wanted = snapshot.quality.wanted, !isReadOnly else {
      sent[key] = nil
      return nil
    }
    let now = snapshot.sample.moment
    if let before = sent[key], before.level == wanted,
      now.seconds(since: before.at) < QualitySteering.repeatsAfter
    {
      return nil
    }
    sent[key] = Sent(level: wanted, at: now)
    var order = Order(id: next, action: .quality(.level(wanted.name)), target: key)
    order.isAutomatic = true
    order.reason =
      snapshot.quality.terms.first.flatMap { term in
        term.value.value.map { "\(term.name) \(Ratio($0).text)" }
      } ?? ""
    next = next == .max ? Order.firstAutomatic : next + 1
    return order
  }
}
