/// Telling a journal, and learning from it what others have done.
extension AlertsMonitor {
  private static let keptOthers = 256

  /// What happened in this tick, and what people did since, each with a serial; what has one is not told again.
  public mutating func stamp(from serial: inout UInt64) -> [AlertTransition] {
    var told: [AlertTransition] = []
    for place in transitions.indices where transitions[place].serial == 0 {
      serial &+= 1
      transitions[place].serial = serial
      told.append(transitions[place])
    }
    for place in owed.indices where owed[place].serial == 0 {
      serial &+= 1
      owed[place].serial = serial
      told.append(owed[place])
    }
    for var transition in learned {
      serial &+= 1
      transition.serial = serial
      told.append(transition)
    }
    learned.removeAll()
    for transition in told {
      guard let spot = spot(of: transition.alert.key) else { continue }
      self[spot].lastSerial = transition.serial
      self[spot].isUntold = false
    }
    return told
  }

  /// Takes over what a journal tells; what happened here since it looked comes first.
  public mutating func learn(_ news: AlertNews, at now: Moment) {
    standing = news.standing
    journal = news.history
    for alert in news.alerts {
      let isOpen = alert.state != .resolved && alert.ended == nil
      guard let spot = spot(of: alert.key) ?? newSpot(of: alert, isOpen) else {
        isOpen ? keep(alert) : drop(alert)
        continue
      }
      guard self[spot].lastSerial <= news.through, !self[spot].isUntold else { continue }
      isOpen ? adopt(alert, spot, at: now) : leave(alert, spot)
    }
  }

  /// A thing of which nothing was seen here yet, and that a rule here is about.
  private mutating func newSpot(of alert: Alert, _ isOpen: Bool) -> Spot? {
    guard isOpen, let post = places[alert.rule], posts[post].rule.readEach != nil,
      posts[post].isEnabled, subject(of: post) == alert.subject,
      posts[post].watches.count < AlertsMonitor.mostLabels
    else { return nil }
    posts[post].watches.append(
      Watch(posts[post].rule, pace: posts[post].pace, label: Printable(alert.label)))
    return Spot(post: post, watch: posts[post].watches.count - 1)
  }

  private mutating func adopt(_ alert: Alert, _ spot: Spot, at now: Moment) {
    guard posts[spot.post].isEnabled else { return keep(alert) }
    guard self[spot].machine.isFiring || alert.firedAt != nil else { return }
    others[alert.key] = nil
    held.remove(alert.key)
    let isNew = !self[spot].machine.isFiring
    let severity = self[spot].machine.severity
    let isOver = self[spot].machine.adopt(alert, at: now)
    if isNew {
      self[spot].value = alert.value
      self[spot].threshold = alert.threshold
      self[spot].message = alert.worstMessage ?? alert.message
      self[spot].worst = (alert.worst, self[spot].message)
      self[spot].episode = self[spot].machine.episode
    }
    self[spot].note = alert.note
    rename(spot, alert.id, isNew: isNew)
    if isNew || self[spot].machine.severity > severity {
      var transition = transition(isNew ? .fired : .escalated, spot, nil, at: now, by: nil)
      transition.isLearned = true
      learned.append(transition)
    }
    guard isOver else { return }
    let ended = ended(spot, self.alert(spot), at: now)
    remember(ended)
    owe(.resolved, spot, ended, at: now)
    _ = self[spot].machine.close(at: now)
    self[spot].worst = nil
  }

  /// The journal counts for all; the next alert here comes after those that it knows.
  private mutating func rename(_ spot: Spot, _ id: String, isNew: Bool) {
    if self[spot].id != id {
      if !isNew { self[spot].formerID = self[spot].id }
      self[spot].id = id
    }
    let beginning = posts[spot.post].rule.name + "-"
    guard id.hasPrefix(beginning), let number = Int(id.dropFirst(beginning.count)) else { return }
    posts[spot.post].number = max(posts[spot.post].number, min(number, 1_000_000_000))
  }

  /// Others have closed what still fires here: it goes on here without a word, until its trouble has lasted on.
  private mutating func leave(_ alert: Alert, _ spot: Spot) {
    guard self[spot].id == alert.id, self[spot].machine.isFiring else { return }
    self[spot].machine.hush()
    guard self[spot].machine.phase == .latched else { return }
    // It only waited for a person, who was elsewhere.
    remember(alert)
    _ = self[spot].machine.close(at: last ?? alert.since)
    self[spot].worst = nil
  }
}

/// Alerts that nothing here watches.
extension AlertsMonitor {
  /// Remembers one for when its subject is watched.
  mutating func keep(_ alert: Alert) {
    guard others[alert.key] != nil || others.count < AlertsMonitor.keptOthers else { return }
    others[alert.key] = alert
  }

  private mutating func drop(_ alert: Alert) {
    others[alert.key] = nil
    held.remove(alert.key)
  }

  /// Goes on with what was open about a target that is watched now.
  mutating func takeUpOthers(at now: Moment) {
    guard !others.isEmpty else { return }
    for alert in others.values.sorted(by: { $0.id < $1.id }) {
      guard let spot = spot(of: alert.key) ?? newSpot(of: alert, true) else { continue }
      adopt(alert, spot, at: now)
    }
  }

  /// Latched alerts that nobody accepted, and that nothing here is about.
  func elsewhere() -> [Alert] {
    guard !others.isEmpty else { return [] }
    return others.values.filter { alert in
      let isOurs = spot(of: alert.key).map { self[$0].machine.isFiring } ?? false
      return alert.isLatched && alert.acknowledgedBy == nil && !isOurs
    }.sorted { $0.id < $1.id }
  }

  /// Accepts one of them; what has ended is over with it.
  mutating func acknowledgeElsewhere(
    _ id: String, by who: Printable, at now: Moment
  ) -> Printable? {
    guard var alert = elsewhere().first(where: { $0.id == id }) else { return nil }
    alert.acknowledgedBy = who
    alert.acknowledgedAt = now
    alert.state = .acknowledged
    owed.append(AlertTransition(.acknowledged, at: now, alert: alert, by: who))
    if held.remove(alert.key) != nil {
      others[alert.key] = nil
      alert.state = .resolved
      alert.ended = now
      alert.clearingSince = nil
      remember(alert)
      owed.append(AlertTransition(.ended, at: now, alert: alert))
    } else {
      others[alert.key] = alert
    }
    let title = Printable(String(alert.rule.map { $0 == "-" ? " " : $0 }))
    return "acknowledged: \(title) (by \(who))"
  }
}
