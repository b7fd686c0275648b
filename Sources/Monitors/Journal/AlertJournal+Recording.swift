extension AlertJournal {
  /// So soon after its end an alert that fires again is the same one.
  static let reopensWithin = 300.0
  /// So soon after one another the same thing from two screens is one thing.
  static let echoesWithin = 60.0

  /// A channel that is to be told, and what became of that where it was tried before the file could be written.
  struct Owed {
    var channel: String
    var before: DeliveryRow?
  }

  /// Writes down what happened, all of it or nothing, and answers how each alert stands then.
  ///
  /// What the journal knows already, from another screen, is not written again: the alert that is open there is taken
  /// over, with its id and what people did to it, and only who was not told of it yet is told.
  @discardableResult
  public func record(
    _ transitions: [AlertTransition], recipients: (AlertTransition) -> [String]
  ) throws(JournalError) -> [Alert] {
    try record(transitions) { recorded, _ in recipients(recorded).map { Owed(channel: $0) } }
  }

  /// The same, where the second thing that `owed` is shown is what came, and the first what is written of it.
  @discardableResult
  func record(
    _ transitions: [AlertTransition], owed: (AlertTransition, AlertTransition) -> [Owed]
  ) throws(JournalError) -> [Alert] {
    guard !transitions.isEmpty else { return [] }
    return try transaction { () throws(JournalError) in
      var stand: [Alert] = []
      let revision = try nextRevision()
      for transition in transitions {
        let latest = try meant(by: transition)
        guard let change = change(transition, latest) else {
          if let latest {
            stand.append(latest.alert)
            try tell(transition, of: latest, owed)
          }
          continue
        }
        let row = try apply(change, to: latest, revision: revision)
        stand.append(row.alert)
        guard change.isEvent else { continue }
        var recorded = transition
        recorded.kind = change.kind
        recorded.alert = row.alert
        recorded.told = change.kind.isEnd ? try told(of: row.seq) : nil
        let event = try add(recorded, to: row)
        try owe(owed(recorded, transition), event: event, at: transition.at)
      }
      return stand
    }
  }

  /// What one transition means to an alert of the journal.
  private struct Change {
    var kind: AlertTransition.Kind
    var alert: Alert
    /// Whether it is an alert of its own, and not the one before it.
    var isNew = false
    /// Whether it is told.
    var isEvent = true
  }

  /// The alert that a transition is about.
  ///
  /// Whoever took up what an earlier boot, or another container, left open speaks of it by its id. What fires, fires
  /// here; but what still waits for a person from an earlier boot is the same trouble.
  private func meant(by transition: AlertTransition) throws(JournalError) -> AlertRow? {
    let key = transition.alert.key
    let latest = try latest(of: key)
    guard transition.kind == .fired else {
      return try newest(key, "id = ? AND ended IS NULL", [.text(transition.alert.id)]) ?? latest
    }
    if let latest, latest.isOpen { return latest }
    let earlier = try newest(
      key, "boot <> ? AND boot <> '' AND ended IS NULL", [.text(boot.boot)])
    return earlier.flatMap { waitsForPerson($0) ? $0 : nil } ?? latest
  }

  private func waitsForPerson(_ row: AlertRow) -> Bool {
    !boot.boot.isEmpty && row.alert.isLatched && row.alert.acknowledgedBy == nil
  }

  /// The newest alert of a key, in this boot and among these process numbers.
  private func latest(of key: AlertKey) throws(JournalError) -> AlertRow? {
    try newest(key, "boot = ? AND numbering = ?", [.text(boot.boot), .text(boot.numbering)])
  }

  private func newest(
    _ key: AlertKey, _ condition: String, _ values: [Database.Value]
  ) throws(JournalError) -> AlertRow? {
    let damaged = damage
    let found = try alerts(
      """
      WHERE rule = ? AND subject = ? AND label = ? AND \(condition) ORDER BY seq DESC LIMIT 1
      """,
      [.text(key.rule), .text(key.subject.record), .text(key.label)] + values)
    guard damage == damaged else { throw .damaged("a row is not what was written") }
    return found.first
  }

  /// Whether it was left by an earlier boot, or by another container.
  private func isForeign(_ row: AlertRow) -> Bool {
    row.boot != boot.boot || row.numbering != boot.numbering
  }

  private func change(_ transition: AlertTransition, _ latest: AlertRow?) -> Change? {
    let alert = transition.alert
    if transition.isLearned { return nil }
    guard let latest else {
      return alert.ended == nil && !transition.kind.isEnd
        ? Change(kind: transition.kind, alert: alert, isNew: true) : nil
    }
    if latest.isOpen { return changeOpen(transition, latest) }
    guard transition.kind.tellsOfTrouble else { return nil }
    let sinceEnd = latest.alert.ended.map { transition.at.seconds(since: $0) } ?? .infinity
    guard sinceEnd <= AlertJournal.reopensWithin else {
      return Change(kind: .fired, alert: alert, isNew: true)
    }
    var again = alert
    again.count = max(alert.count, latest.alert.count + 1)
    again.note = alert.note ?? latest.alert.note
    return Change(kind: .reopened, alert: again)
  }

  private func changeOpen(_ transition: AlertTransition, _ latest: AlertRow) -> Change? {
    let known = latest.alert
    var alert = transition.alert
    alert.count = max(alert.count, known.count)
    alert.note = alert.note ?? known.note
    switch transition.kind {
    case .fired:
      guard isForeign(latest) else { return nil }
      alert.count = max(alert.count, known.count + 1)
      return Change(kind: .reopened, alert: alert)
    case .resolved, .ended:
      if transition.isHearsay, isSeenElsewhere(latest) { return nil }
      alert.keepDeeds(of: known)
      alert.ended = alert.ended ?? transition.at
      alert.state = .resolved
      return Change(kind: transition.kind, alert: alert)
    case .escalated, .repeated:
      // Somebody has taken care of it, and this screen did not know that yet.
      if known.isAttended(at: transition.at) { return nil }
      if transition.kind == .escalated, known.severity >= alert.severity { return nil }
    case .acknowledged:
      // Who came first stays.
      if known.acknowledgedBy != nil { return nil }
      alert.keepDeeds(of: known)
    case .shelved, .noted:
      alert.keepDeeds(of: known)
      if transition.kind == .noted { alert.state = known.state }
    case .reopened, .undone: break
    }
    return isEcho(transition, of: latest) ? nil : Change(kind: transition.kind, alert: alert)
  }

  /// Whether somebody else who lives has told of the trouble: who has not seen it can't say that it is over.
  ///
  /// Others may watch another process by now; what they have told of one counts where they had to open it again.
  private func isSeenElsewhere(_ row: AlertRow) -> Bool {
    let events = try? events(
      "WHERE alert = ? AND boot = ? ORDER BY seq DESC", [.integer(row.seq), .text(boot.boot)])
    var told = (events ?? []).filter { $0.transition.kind.tellsOfTrouble }
    if row.alert.subject != .machine {
      told = told.prefix(1).filter { $0.transition.kind == .reopened }
    }
    return told.contains { event in
      guard event.writer != writer, let holder = LeaseHolder(event.writer),
        holder.numbering == boot.numbering
      else { return false }
      return !isHolderDead(holder.pid, holder.startTicks)
    }
  }

  /// Whether the last thing that happened to the alert was the same, said by another screen.
  private func isEcho(_ transition: AlertTransition, of row: AlertRow) -> Bool {
    let last = try? lastEvent(of: row)
    guard let last, last.transition.kind == transition.kind,
      last.transition.by == transition.by, last.writer != writer
    else { return false }
    return abs(transition.at.seconds(since: last.transition.at)) < AlertJournal.echoesWithin
  }

  private func lastEvent(of row: AlertRow) throws(JournalError) -> EventRow? {
    try events("WHERE alert = ? ORDER BY seq DESC LIMIT 1", [.integer(row.seq)]).first
  }

  private func apply(_ change: Change, to latest: AlertRow?, revision: Int64) throws(JournalError)
    -> AlertRow
  {
    var alert = change.alert
    if !change.isNew, let latest {
      alert.id = latest.alert.id
      var row = latest
      // From now on its times are of this clock, and it is seen to here.
      if row.boot != boot.boot || alert.subject == .machine { row.numbering = boot.numbering }
      row.boot = boot.boot
      row.alert = alert
      row.revision = revision
      try write(row)
      return row
    }
    alert.id = "\(alert.rule)-\(try number(of: alert.rule))"
    let seq = try database.integer("SELECT max(seq) FROM alerts") ?? 0
    let row = AlertRow(seq: seq &+ 1, boot: boot, revision: revision, alert: alert)
    try write(row)
    return row
  }

  /// Sees to it that no later alert of the rule gets this one's id.
  func count(_ alert: Alert) throws(JournalError) {
    let prefix = "\(alert.rule)-"
    guard alert.id.hasPrefix(prefix), let number = Int64(alert.id.dropFirst(prefix.count)) else {
      return
    }
    try self.number(alert.rule, atLeast: number)
  }

  func number(_ rule: String, atLeast last: Int64) throws(JournalError) {
    try database.run(
      """
      INSERT INTO numbers VALUES (?, ?) ON CONFLICT (rule) DO UPDATE SET last = max(last, excluded.last)
      """, .text(rule), .integer(last))
  }

  private func number(of rule: String) throws(JournalError) -> Int64 {
    try database.run(
      """
      INSERT INTO numbers VALUES (?, 1) ON CONFLICT (rule) DO UPDATE SET last = last + 1
      """, .text(rule))
    return try database.integer("SELECT last FROM numbers WHERE rule = ?", .text(rule)) ?? 1
  }

  /// Adds what happened; answers its row.
  func add(_ transition: AlertTransition, to row: AlertRow) throws(JournalError) -> Int64 {
    let seq = (try database.integer("SELECT max(seq) FROM events") ?? 0) &+ 1
    let event = EventRow(
      seq: seq, alert: row.seq, transition: transition, boot: boot.boot, host: boot.host.text,
      writer: writer)
    try write(event)
    return seq
  }

  func write(_ event: EventRow) throws(JournalError) {
    try database.run(
      """
      INSERT INTO events (\(EventRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, all: event.values)
  }

  /// Puts alerts that are open into a journal that knows nothing of them, as they stand; nobody is told.
  func restore(_ alerts: [Alert]) throws(JournalError) {
    guard !alerts.isEmpty else { return }
    try transaction { () throws(JournalError) in
      let revision = try nextRevision()
      for alert in alerts where try latest(of: alert.key) == nil {
        let seq = (try database.integer("SELECT max(seq) FROM alerts") ?? 0) &+ 1
        try write(AlertRow(seq: seq, boot: boot, revision: revision, alert: alert))
        try count(alert)
      }
    }
  }
}

extension AlertTransition.Kind {
  /// Whether the alert is over with it.
  var isEnd: Bool { self == .resolved || self == .ended }

  /// Whether it says that the trouble is there, and not what people do about it.
  var tellsOfTrouble: Bool {
    switch self {
    case .fired, .reopened, .escalated, .repeated: true
    case .resolved, .ended, .acknowledged, .shelved, .undone, .noted: false
    }
  }
}

extension Alert {
  /// Whether a person has accepted it or put it aside.
  func isAttended(at now: Moment) -> Bool {
    acknowledgedBy != nil || shelvedUntil.map { $0 > now } ?? false
  }

  /// What people did to it stays, where this one knows nothing of it.
  mutating func keepDeeds(of known: Alert) {
    if acknowledgedBy == nil {
      acknowledgedBy = known.acknowledgedBy
      acknowledgedAt = known.acknowledgedAt
    }
    if shelvedBy == nil {
      shelvedBy = known.shelvedBy
      shelvedUntil = known.shelvedUntil
    }
  }
}
