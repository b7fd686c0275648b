/// What a person does to an alert, from outside of any screen.
public enum JournalDeed: Sendable, Equatable {
  case acknowledge
  case shelve(seconds: Double)
  /// Takes the shelf back that holds, else the acceptance.
  case undo
  case note(Printable)
}

/// Why a person's deed was not done.
public enum JournalRefusal: Error, Sendable, Equatable {
  /// No such alert; the nearest id that there is.
  case unknown(near: String?)
  /// It can't be done to it now, and why.
  case refused(Printable)
  /// The journal can't be written.
  case journal(JournalError)
}

extension AlertJournal {
  /// So long an alert can be shelved.
  public static let longestShelf = 8.0 * 3600

  /// Does it, and answers how the alert stands then.
  @discardableResult
  public func perform(
    _ deed: JournalDeed, on id: String, by who: Printable, at now: Moment,
    recipients: (AlertTransition) -> [String] = { _ in [] }
  ) throws(JournalRefusal) -> Alert {
    var refusal: JournalRefusal?
    var stand: Alert?
    do throws(JournalError) {
      try transaction { () throws(JournalError) in
        guard var row = try row(id) else {
          let open = try openAlerts(at: now).map(\.alert.id)
          refusal = .unknown(near: Nearest.match(id, among: open))
          return
        }
        guard row.isOpen else {
          refusal = .refused("it is over")
          return
        }
        let known = row.boot == boot.boot ? row.alert : row.alert.placed(by: now)
        let (kind, alert, why) = AlertJournal.done(deed, to: known, by: who, at: now)
        if let why {
          refusal = .refused(why)
          return
        }
        row.alert = alert
        row.revision = try nextRevision()
        try write(row)
        let transition = AlertTransition(kind, at: now, alert: alert, by: who)
        let event = try add(transition, to: row)
        let owed = recipients(transition).map { Owed(channel: $0) }
        try owe(owed, event: event, at: now)
        stand = alert
      }
    } catch { throw .journal(error) }
    if let refusal { throw refusal }
    guard let stand else { throw .refused("nothing was done") }
    return stand
  }

  private static func done(
    _ deed: JournalDeed, to alert: Alert, by who: Printable, at now: Moment
  ) -> (AlertTransition.Kind, Alert, Printable?) {
    var alert = alert
    switch deed {
    case .acknowledge:
      if let earlier = alert.acknowledgedBy {
        return (.acknowledged, alert, "already acknowledged by \(earlier)")
      }
      if alert.shelvedUntil.map({ $0 > now }) == true {
        return (.acknowledged, alert, "it is shelved")
      }
      alert.acknowledgedBy = who
      alert.acknowledgedAt = now
      alert.state = .acknowledged
      return (.acknowledged, alert, nil)
    case .shelve(let seconds):
      alert.shelvedBy = who
      alert.shelvedUntil = now.later(by: min(seconds, longestShelf))
      alert.state = .shelved
      return (.shelved, alert, nil)
    case .undo: return undone(alert, at: now)
    case .note(let text):
      let note = Printable(String(text.text.prefix(AlertsMonitor.longestNote)))
      alert.note = note.isEmpty ? nil : note
      return (.noted, alert, nil)
    }
  }

  private static func undone(_ alert: Alert, at now: Moment) -> (
    AlertTransition.Kind, Alert, Printable?
  ) {
    var alert = alert
    guard alert.acknowledgedBy != nil || alert.shelvedBy != nil else {
      return (.undone, alert, "it is neither acknowledged nor shelved")
    }
    let isShelved = alert.shelvedUntil.map { $0 > now } ?? false
    if !isShelved {
      alert.acknowledgedBy = nil
      alert.acknowledgedAt = nil
    }
    // One whose time is over goes along.
    alert.shelvedBy = nil
    alert.shelvedUntil = nil
    alert.state = alert.acknowledgedBy == nil ? .firing : .acknowledged
    return (.undone, alert, nil)
  }
}
