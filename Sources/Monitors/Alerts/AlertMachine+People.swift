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

  /// What began to fire while it was put aside: nobody hears of it, and the list has it. Says so once.
  mutating func firesAside() -> Bool {
    guard isFiring, shelf != nil, owesNotice, !wasAnnounced, !isHushed else { return false }
    owesNotice = false
    wasAnnounced = true
    return true
  }

  /// Takes over how the same alert stands elsewhere, and says whether that is the end of it.
  ///
  /// One that fires there and not here fires here too, without a word: it was told. One that never fired is not.
  mutating func adopt(_ alert: Alert, at now: Moment) -> Bool {
    guard isFiring || alert.firedAt != nil else { return false }
    if !isFiring { takeUp(alert, at: now) }
    isHushed = false
    firedAt = alert.firedAt ?? firedAt
    since = min(since, alert.since)
    count = max(count, alert.count)
    wasAnnounced = true
    owesNotice = false
    if raise(to: alert.severity) {
      isWidened = true
      attend(at: now)
    }
    follow(alert, at: now)
    return phase == .latched && acknowledgement != nil
  }

  private mutating func takeUp(_ alert: Alert, at now: Moment) {
    if phase == .well { episode += 1 }
    let wasOver = doubted.map { $0.nanoseconds == alert.firedAt?.nanoseconds } ?? false
    doubts = wasOver ? min(doubts + 1, AlertMachine.mostDoubts) : 0
    isHearsay = true
    phase = .firing
    clearingSince = alert.clearingSince
    goodFor = 0
    since = alert.since
    severity = severityAtFirst
    isWidened = raise(to: alert.severity)
    badFor = 0
    count = 1
    hasFired = true
    resumeWaiting(alert, at: now)
  }

  /// Age makes nothing an emergency, whatever others say.
  private mutating func raise(to other: Severity) -> Bool {
    guard other > severity, other <= .critical || severityAtFirst == .emergency else {
      return false
    }
    severity = other
    return true
  }

  /// Goes on waiting for attention where those stand who told of it before: what is told already is not told again.
  private mutating func resumeWaiting(_ alert: Alert, at now: Moment) {
    var told = min(alert.firedAt ?? now, now)
    repeats = 0
    if severity > severityAtFirst { told = min(told.later(by: pace.escalatesAfter), now) }
    if severity >= .critical, pace.repeatsAfter > 0 {
      let loud = min(
        Double(AlertMachine.soonRepeats), whole(now.seconds(since: told), pace.repeatsAfter))
      repeats = Int(loud)
      told = told.later(by: loud * pace.repeatsAfter)
    }
    if severity < .critical || repeats == AlertMachine.soonRepeats {
      let late = whole(now.seconds(since: told), AlertMachine.repeatsLater)
      told = told.later(by: late * AlertMachine.repeatsLater)
    }
    unattendedSince = told
  }

  private func whole(_ seconds: Double, _ period: Double) -> Double {
    max(0, (seconds / period).rounded(.down))
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
    guard !isHushed else { return }
    isHushed = true
    owesNotice = false
    badFor = 0
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
