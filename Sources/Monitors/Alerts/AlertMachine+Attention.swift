/// Who has to hear of an alert, and what becomes of it when nobody attends.
extension AlertMachine {
  /// What has to be said of it now, if anything; what is put aside says nothing.
  ///
  /// While another alert says more nobody could attend to this one: that time does not count.
  mutating func speak(at now: Moment, isMuted: Bool = false) -> Notice? {
    guard !isMuted else {
      unattendedSince = now
      return nil
    }
    guard isFiring, shelf == nil, !isHushed else { return nil }
    if owesNotice {
      owesNotice = false
      defer { wasAnnounced = true }
      return wasAnnounced ? .reopened : .fired
    }
    guard phase == .firing, clearingSince == nil, acknowledgement == nil else { return nil }
    let unattended = now.seconds(since: unattendedSince)
    if let worse = pace.escalatesTo, severity < worse, unattended >= pace.escalatesAfter {
      severity = worse
      isWidened = true
      attend(at: now)
      return .escalated
    }
    let isLoud = severity >= .critical && repeats < AlertMachine.soonRepeats
    let widens = pace.widens && !isWidened && unattended >= pace.escalatesAfter
    let isDue = unattended >= (isLoud ? pace.repeatsAfter : AlertMachine.repeatsLater)
    guard widens || isDue else { return nil }
    repeats += 1
    isWidened = isWidened || isLoud || widens
    unattendedSince = now
    return .repeated
  }

  /// Restarts the clock after which nobody's attention raises its voice.
  mutating func attend(at now: Moment) {
    unattendedSince = now
    repeats = 0
  }

  mutating func expire(at now: Moment) {
    if let aside = shelf, now >= aside.until {
      shelf = nil
      reopen(at: now)
    }
    if let accepted = acknowledgement,
      now.seconds(since: accepted.at) >= pace.acknowledgementLasts
    {
      acknowledgement = nil
      reopen(at: now)
    }
    if patience > 1, now.seconds(since: quietSince) >= AlertMachine.quietHour {
      patience /= 2
      quietSince = now
    }
  }

  private mutating func reopen(at now: Moment) {
    attend(at: now)
    owesNotice = isFiring && acknowledgement == nil
  }
}
