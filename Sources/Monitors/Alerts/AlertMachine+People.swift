/// What people do about an alert, here or on another screen.
extension AlertMachine {
  /// Accepts it, and says whether that is the end of it.
  mutating func acknowledge(by: Printable, at now: Moment) -> Bool {
    acknowledgement = Acknowledgement(by: by, at: now)
    owesNotice = false
    wasAnnounced = true
    return phase == .latched
  }

  /// Takes the acceptance back.
  mutating func withdrawAcknowledgement(at now: Moment) {
    acknowledgement = nil
    attend(at: now)
  }

  /// Puts it aside, or takes that back with `nil`.
  mutating func shelve(_ shelf: Shelf?, at now: Moment) {
    self.shelf = shelf
    if shelf == nil { attend(at: now) }
  }

  /// Takes over how the same alert stands elsewhere, and says whether that is the end of it.
  ///
  /// One that fires there and not here fires here too, without a word: it was told.
  mutating func adopt(_ alert: Alert, at now: Moment) -> Bool {
    if !isFiring { takeUp(alert, at: now) }
    firedAt = alert.firedAt ?? firedAt
    since = min(since, alert.since)
    count = max(count, alert.count)
    wasAnnounced = true
    owesNotice = false
    if alert.severity > severity, alert.severity <= .critical || severityAtFirst == .emergency {
      severity = alert.severity
      isWidened = true
      attend(at: now)
    }
    follow(alert, at: now)
    return phase == .latched && acknowledgement != nil
  }

  private mutating func takeUp(_ alert: Alert, at now: Moment) {
    if phase == .well { episode += 1 }
    phase = .firing
    since = alert.since
    severity = severityAtFirst
    badFor = 0
    count = 1
    hasFired = true
    isHushed = false
    isWidened = false
    // Nobody has looked since it fired, or somebody has, at a time that is not known.
    attend(at: alert.severity == severityAtFirst ? alert.firedAt ?? now : now)
  }

  private mutating func follow(_ alert: Alert, at now: Moment) {
    let accepted = alert.acknowledgedBy.map {
      Acknowledgement(by: $0, at: alert.acknowledgedAt ?? now)
    }
    if accepted != acknowledgement {
      if accepted == nil { attend(at: now) }
      acknowledgement = accepted
    }
    let aside = alert.shelvedUntil.flatMap { until in
      until > now ? Shelf(by: alert.shelvedBy ?? "", until: until) : nil
    }
    if aside != shelf { shelve(aside, at: now) }
  }

  /// Others have closed it: what is left of it here is not told.
  mutating func hush() {
    isHushed = true
    owesNotice = false
  }
}

extension AlertMachine {
  /// What a person is shown.
  var state: Alert.State {
    guard isFiring else { return shelf == nil ? .pending : .shelved }
    if shelf != nil { return .shelved }
    return acknowledgement == nil ? .firing : .acknowledged
  }
}
