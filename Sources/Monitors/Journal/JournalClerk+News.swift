extension JournalClerk {
  /// Reads what changed since it was read last.
  mutating func look(at now: Moment) {
    guard failure == nil, let place = plan.place else { return }
    do throws(JournalError) {
      try look(place, at: now)
    } catch .moved {
      file = nil
      do throws(JournalError) { try look(place, at: now) } catch { fail(error, at: now) }
    } catch { fail(error, at: now) }
  }

  private mutating func look(_ place: JournalPlace, at now: Moment) throws(JournalError) {
    // One that was there and is gone is begun anew, with what is open.
    guard let journal = try opened(place, making: !open.isEmpty && seen.uuid != nil, at: now)
    else {
      if seen.uuid != nil { begin(anew: "it was removed") }
      return
    }
    if seen.uuid == nil { try journal.examine() }
    try meet(journal, at: now)
    try read(journal, at: now)
  }

  private mutating func begin(anew why: Printable) {
    seen = Seen()
    pending.remark = "the journal is another one: \(why)"
    hasNews = true
  }

  /// What is in the file and was not told yet.
  mutating func read(_ journal: AlertJournal, at now: Moment) throws(JournalError) {
    if seen.uuid != journal.uuid {
      if seen.uuid != nil, pending.remark == nil { begin(anew: "it was removed or replaced") }
      seen = Seen()
      seen.uuid = journal.uuid
      pending.history = []
      hasNews = true
    }
    let revision = try journal.revision()
    guard revision != seen.revision else { return }
    let isFirst = seen.revision == 0
    let entries =
      try isFirst
      ? journal.openAlerts(at: now) : journal.changes(since: seen.revision, at: now)
    let events = try journal.events(after: seen.event, limit: JournalClerk.keptRecent)
    guard journal.damage == 0 else { throw .damaged("rows that are not what was written") }
    try journal.tellEnds(events, at: now, recipients: plan.recipients)
    seen.revision = revision
    seen.event = events.last?.seq ?? seen.event
    note(entries.map(\.alert))
    recall(events.reversed().map { $0.transition(in: boot, at: now) } + pending.history)
    outlets.waiting.offer(true)
  }

  /// Alerts that are to be told, each as it stands.
  mutating func note(_ alerts: [Alert]) {
    guard !alerts.isEmpty else { return }
    hasNews = true
    for alert in alerts {
      open[alert.key] = alert.ended == nil ? alert : nil
      pending.alerts.removeAll { $0.key == alert.key }
      pending.alerts.append(alert)
    }
  }

  mutating func recall(_ history: [AlertTransition]) {
    pending.history = Array(history.prefix(JournalClerk.keptRecent))
    hasNews = true
  }

  /// Tells what there is to tell.
  mutating func tell() {
    guard hasNews else { return }
    hasNews = false
    pending.standing = standing
    outlets.news.offer(pending) { older, newer in newer.joined(to: older) }
    pending.alerts = []
    pending.remark = nil
  }

  private var standing: JournalStanding {
    if let failure { return .failing(why: failure.why, since: failure.since) }
    guard let place = plan.place, seen.uuid != nil else { return .none }
    return place.standing
  }

  /// Looks for something in the whole history.
  mutating func answer(_ search: JournalSearch, at now: Moment) {
    write(at: now)
    var answer = JournalAnswer(search: search)
    if let journal = memory ?? file(at: now) {
      do throws(JournalError) {
        answer.found = try journal.history(search, at: now)
        if journal.damage > 0 { fail(.damaged("rows that are not what was written"), at: now) }
      } catch { answer.failure = error.sentence }
    } else if let failure {
      answer.failure = failure.why
    }
    outlets.answers.offer(answer)
  }
}

extension AlertNews {
  /// These, and what nobody took of the news before.
  func joined(to older: AlertNews) -> AlertNews {
    var joined = self
    let keys = Set(alerts.map(\.key))
    joined.alerts = older.alerts.filter { !keys.contains($0.key) } + alerts
    joined.through = max(through, older.through)
    joined.remark = remark ?? older.remark
    return joined
  }
}
