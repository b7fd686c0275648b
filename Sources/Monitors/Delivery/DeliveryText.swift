/// A batch in words: short, and to be read on a telephone.
struct DeliveryText {
  let batch: DeliveryBatch

  private static let mostListed = 10
  private static let mostActions = 3

  private var host: Printable { batch.deliveries.first?.host ?? "localhost" }

  /// `CRITICAL on robot-7: memory 95 % of 8.00 GB`.
  var title: Printable {
    guard let worst = batch.worst else { return "perftop" }
    if batch.deliveries.count == 1 {
      return "\(DeliveryText.label(worst)) on \(host): \(worst.transition.alert.message)"
    }
    let note: Printable =
      switch batch.kind {
      case .plain: ""
      case .flood: " (flood)"
      case .digest: " (digest)"
      }
    return
      "\(batch.deliveries.count) alerts\(note) on \(host), worst \(DeliveryText.label(worst)): \(worst.transition.alert.message)"
  }

  /// The severity, or what happened where that says more.
  static func label(_ delivery: Delivery) -> Printable {
    let severity = delivery.transition.alert.severity.label
    switch delivery.transition.kind {
    case .resolved: return "OK"
    case .ended: return "ENDED"
    case .reopened: return "\(severity) again"
    case .repeated: return "\(severity) still"
    case .escalated: return "\(severity) (escalated)"
    case .fired, .acknowledged, .shelved, .undone, .noted: return severity
    }
  }

  /// The lines of a text.
  func lines(at now: Moment) -> [Printable] {
    if batch.deliveries.count == 1, let only = batch.deliveries.first {
      return DeliveryText.described(only, at: now)
    }
    var lines = [title, ""]
    let listed = ordered.prefix(DeliveryText.mostListed)
    for delivery in listed {
      let alert = delivery.transition.alert
      let attended: Printable = DeliveryText.attended(alert).map { ", \($0)" } ?? ""
      lines.append(
        "\(DeliveryText.label(delivery)): \(alert.message) (\(Printable(alert.id)))\(attended)")
    }
    let more = batch.deliveries.count - listed.count
    if more > 0 { lines.append("and \(more) more: perftop alerts") }
    if let worst = batch.worst, !worst.isEnd {
      lines += [""] + DeliveryText.described(worst, at: now).dropFirst()
    }
    return lines
  }

  /// The worst first, and among equals the newest.
  private var ordered: [Delivery] {
    batch.deliveries.sorted { first, second in
      let (a, b) = (first.transition, second.transition)
      return (first.isEnd ? 0 : 1, a.alert.severity, a.at)
        > (second.isEnd ? 0 : 1, b.alert.severity, b.at)
    }
  }

  private static func described(_ delivery: Delivery, at now: Moment) -> [Printable] {
    let alert = delivery.transition.alert
    let id = Printable(alert.id)
    var lines: [Printable] = ["\(label(delivery)): \(alert.message)"]
    let since = alert.firedAt ?? alert.since
    let age = max(0, now.seconds(since: since))
    lines.append(
      "since \(Printable(Units.timestamp(wall: since.wall))) (\(Printable(Units.span(seconds: age))))"
    )
    if alert.isMeasured {
      lines.append("value \(number(alert.value)), threshold \(number(alert.threshold))")
    }
    lines.append("\(delivery.host), \(target(alert))")
    if delivery.isEnd { return lines + ["id \(id)"] }
    lines += alert.actions.prefix(mostActions).map { "- \($0)" }
    if let attended = attended(alert) { return lines + [attended, "id \(id)"] }
    return lines + ["id \(id)", "perftop alerts ack \(id)"]
  }

  /// `accepted by ada`: who has it in hand.
  private static func attended(_ alert: Alert) -> Printable? {
    if let who = alert.acknowledgedBy { return "accepted by \(who)" }
    guard alert.state == .shelved, let until = alert.shelvedUntil else { return nil }
    let who: Printable = alert.shelvedBy.map { " by \($0)" } ?? ""
    return "shelved\(who) until \(Printable(Units.timestamp(wall: until.wall)))"
  }

  /// `process 4711`.
  static func target(_ alert: Alert) -> Printable {
    switch alert.subject {
    case .machine: "the machine"
    case .process(let pid, _): "process \(String(pid))"
    }
  }

  /// A number as short as a person wants it.
  static func number(_ value: Double) -> Printable {
    guard value.isFinite else { return "?" }
    if let whole = Int64(exactly: value) { return Printable(String(whole)) }
    let size = abs(value)
    return Printable(Units.fixed(value, digits: size >= 100 ? 0 : size >= 1 ? 2 : 4))
  }
}
