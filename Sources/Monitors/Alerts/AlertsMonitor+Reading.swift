/// What is shown of alerts.
extension AlertsMonitor {
  /// The alert of a watch as it stands.
  func alert(_ spot: Spot) -> Alert {
    let rule = posts[spot.post].rule
    let watch = self[spot]
    let machine = watch.machine
    var alert = Alert(
      id: watch.id, rule: rule.name, severity: machine.severity, category: rule.category,
      state: machine.state, since: machine.since, value: watch.value, threshold: watch.threshold,
      message: watch.sentence(rule), actions: rule.actions)
    alert.acknowledgedBy = machine.acknowledgement?.by
    alert.acknowledgedAt = machine.acknowledgement?.at
    alert.shelvedUntil = machine.shelf?.until
    alert.shelvedBy = machine.shelf?.by
    alert.firedAt = machine.firedAt
    alert.clearingSince = machine.clearingSince
    alert.clearsIn = machine.clearsIn
    alert.worst = watch.worst?.value ?? watch.value
    alert.worstMessage = watch.worst?.message
    alert.note = watch.note
    alert.trace = watch.trace
    alert.label = watch.label.text
    alert.subject = subject(of: spot.post)
    alert.count = machine.count
    alert.isLatched = machine.pace.isLatching
    alert.group = rule.group
    alert.formerID = watch.formerID
    return alert
  }

  /// What is alarming now; asked for between ticks when an operator has done something.
  public func reading() -> AlertsReading {
    reading(activeAlerts(posts.indices.filter { posts[$0].isAwake }))
  }

  /// Alerts of watches that are not well, and that nothing else says more about.
  func activeAlerts(_ awake: [Int]) -> [Alert] {
    var active: [Alert] = []
    for post in awake {
      for watch in posts[post].watches.indices
      where posts[post].watches[watch].machine.phase != .well
        && !posts[post].watches[watch].isMuted
      {
        active.append(alert(Spot(post: post, watch: watch)))
      }
    }
    return active
  }

  func reading(_ active: [Alert]) -> AlertsReading {
    var reading = AlertsReading()
    reading.elsewhere = elsewhere()
    reading.active = reading.elsewhere.isEmpty ? active : active + reading.elsewhere
    reading.active.sort(by: AlertsMonitor.isBefore)
    reading.resolved = resolved
    reading.rules = watching
    let loud = reading.active.filter { $0.state == .firing || $0.state == .acknowledged }
    reading.severity = loud.map(\.severity).max() ?? .ok
    reading.headline = AlertsMonitor.headline(reading.active, loud: loud, rules: reading.rules)
    reading.history = history
    reading.newLately = firings.count
    reading.unwatched = unwatched()
    reading.standing = standing
    reading.delivery = delivery
    reading.isDeliveryFailing = isDeliveryFailing
    reading.journal = journal
    return reading
  }

  private func unwatched() -> [Printable] {
    var lines: [Printable] = []
    for post in posts.indices where posts[post].dropped > 0 {
      let (title, count) = (posts[post].rule.title, posts[post].dropped)
      lines.append(
        "\(title): \(count) more are in trouble than the \(AlertsMonitor.mostLabels) that it watches"
      )
    }
    return lines
  }

  /// What speaks before what is quiet, worst before better, trouble before what is only kept, oldest first.
  private static func isBefore(_ a: Alert, _ b: Alert) -> Bool {
    let (quietA, quietB) = (a.state.isQuiet, b.state.isQuiet)
    if quietA != quietB { return quietB }
    if a.severity != b.severity { return a.severity > b.severity }
    let (clearsA, clearsB) = (a.clearingSince != nil, b.clearingSince != nil)
    if clearsA != clearsB { return clearsB }
    return a.since == b.since ? a.id < b.id : a.since < b.since
  }

  private static func headline(_ active: [Alert], loud: [Alert], rules: Int) -> Printable {
    let shelved = active.count { $0.state == .shelved }
    let aside = shelved > 0 ? ", \(shelved) shelved" : ""
    guard let worst = loud.first else {
      let pending = active.count { $0.state == .pending }
      let what = pending > 0 ? "\(pending) pending" : "no alerts"
      return "\(what), \(rules) rules watch\(aside)"
    }
    let others = loud.count > 1 ? " and \(loud.count - 1) more" : ""
    return "\(worst.message)\(others)\(aside)"
  }
}

extension Alert.State {
  /// Whether it asks for nobody's attention now.
  var isQuiet: Bool {
    switch self {
    case .pending, .shelved, .resolved: true
    case .firing, .acknowledged: false
    }
  }
}
