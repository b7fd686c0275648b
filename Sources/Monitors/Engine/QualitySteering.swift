/// Sends the levels that pressure calls for to the targets that obey, each once, and again where nothing comes of it.
struct QualitySteering {
  private static let repeatsAfter = 5.0
  /// Ids of orders that nobody gave begin here, so that they can't be taken for an operator's.
  private static let firstID: UInt64 = 1 << 63

  private struct Sent {
    var level: QualityLevel
    var at: Moment
  }

  private var sent: [ProcessKey: Sent] = [:]
  private var next = QualitySteering.firstID
  /// Takes an order to the target's controller.
  var send: ((Order) -> Void)?

  /// Looks at what one target should be told.
  mutating func steer(_ snapshot: Snapshot, isReadOnly: Bool) {
    guard let send, let root = snapshot.sample.target.value?.root else { return }
    let key = ProcessKey(pid: root.pid, startTicks: root.startTicks)
    guard let wanted = snapshot.quality.wanted, !isReadOnly else {
      sent[key] = nil
      return
    }
    let now = snapshot.sample.moment
    if let before = sent[key], before.level == wanted,
      now.seconds(since: before.at) < QualitySteering.repeatsAfter
    {
      return
    }
    sent[key] = Sent(level: wanted, at: now)
    var order = Order(id: next, action: .quality(.level(wanted.name)), target: key)
    order.isAutomatic = true
    next = next == .max ? QualitySteering.firstID : next + 1
    send(order)
  }
}
