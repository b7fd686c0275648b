extension AlertJournal {
  /// What is kept whatever its age: a wall clock that was wrong must not empty the list.
  static let keptEvents: Int64 = 1000
  static let mostEvents: Int64 = 50_000
  static let mostRemoved: Int64 = 2000
  /// Removed at once, not one by one.
  private static let slack: Int64 = 256

  /// Closes alerts that nobody else can: of processes that are gone, and of boots that are over.
  ///
  /// One that stays until a person has accepted it stays. Answers how many were closed.
  @discardableResult
  public func closeDead(
    at now: Moment, recipients: (AlertTransition) -> [String],
    hasEnded: (_ pid: Int32, _ startTicks: UInt64) -> Bool
  ) throws(JournalError) -> Int {
    let dead = try alerts("WHERE ended IS NULL").filter { isDead($0, hasEnded) }
    guard !dead.isEmpty else { return 0 }
    return try transaction { () throws(JournalError) in
      let revision = try nextRevision()
      var closed = 0
      for old in dead {
        // It may have been closed in the meantime.
        guard var row = try alerts("WHERE seq = ?", [.integer(old.seq)]).first, row.isOpen else {
          continue
        }
        row.alert.ended = now
        row.alert.state = .resolved
        row.revision = revision
        try write(row)
        var transition = AlertTransition(.ended, at: now, alert: row.alert)
        transition.told = try told(of: row.seq)
        let event = try add(transition, to: row)
        try owe(recipients(transition).map { Owed(channel: $0) }, event: event, at: now)
        closed += 1
      }
      return closed
    }
  }

  private func isDead(_ row: AlertRow, _ hasEnded: (Int32, UInt64) -> Bool) -> Bool {
    if row.alert.isLatched, row.alert.acknowledgedBy == nil { return false }
    // Where the kernel does not name its boots, none is known to be over.
    if !boot.boot.isEmpty, !row.boot.isEmpty, row.boot != boot.boot { return true }
    guard row.boot == boot.boot, row.numbering == boot.numbering else { return false }
    guard case .process(let pid, let startTicks) = row.alert.subject else { return false }
    return hasEnded(pid, startTicks)
  }

  /// Removes what is over for longer than that and was delivered, a bounded number at a time.
  public func forget(olderThanDays days: Double, at now: Moment) throws(JournalError) {
    let oldest = now.wall &- Int64(min(max(days, 1), 36_500) * 86_400e9)
    let last = try database.integer("SELECT max(seq) FROM events") ?? 0
    guard let first = try database.integer("SELECT min(seq) FROM events"),
      try database.integer("SELECT time FROM events WHERE seq = ?", .integer(first)) ?? 0 < oldest
        || last &- first > AlertJournal.mostEvents
    else { return }
    try transaction { () throws(JournalError) in
      try database.run(
        """
        DELETE FROM events WHERE seq IN (
          SELECT seq FROM events WHERE seq < ? AND (time < ? OR seq < ?)
            AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.seq = events.alert AND ended IS NULL)
            AND NOT EXISTS (SELECT 1 FROM deliveries WHERE event = events.seq AND state = 'pending'
              AND time > ?)
          ORDER BY seq LIMIT ?)
        """, .integer(last &- AlertJournal.keptEvents), .integer(oldest),
        .integer(last &- AlertJournal.mostEvents), .integer(oldest),
        .integer(AlertJournal.mostRemoved))
      guard database.changes > 0 else { return }
      try forgetWithoutEvents()
    }
  }

  /// Removes the oldest of what happened, so that hardly more than that stays; what was not sent of it is not sent.
  func forget(beyond most: Int64) throws(JournalError) {
    guard let last = try database.integer("SELECT max(seq) FROM events"),
      let first = try database.integer("SELECT min(seq) FROM events"),
      last &- first >= most + AlertJournal.slack
    else { return }
    try transaction { () throws(JournalError) in
      try database.run("DELETE FROM events WHERE seq <= ?", .integer(last &- most))
      try forgetWithoutEvents()
    }
  }

  private func forgetWithoutEvents() throws(JournalError) {
    try database.run(
      """
      DELETE FROM alerts WHERE ended IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM events WHERE events.alert = alerts.seq)
      """)
    try database.run(
      "DELETE FROM deliveries WHERE NOT EXISTS (SELECT 1 FROM events WHERE seq = event)")
  }

  /// Reads all of it; whatever is not what was written is thrown.
  public func examine() throws(JournalError) {
    let words = try database.rows("PRAGMA quick_check(1)") { $0.text(0) }.first ?? "no answer"
    guard words == "ok" else { throw .damaged(Printable(words)) }
    let before = damage
    // One after the other: all of them at once would take room.
    for (table, columns) in [
      ("alerts", AlertRow.columns), ("events", EventRow.columns),
      ("deliveries", DeliveryRow.columns),
    ] {
      try database.each("SELECT \(columns) FROM \(table)") { row in
        let isWell: Bool
        switch table {
        case "alerts": isWell = AlertRow(row) != nil
        case "events": isWell = EventRow(row) != nil
        default: isWell = DeliveryRow(row) != nil
        }
        if !isWell { damage += 1 }
        return true
      }
    }
    guard damage == before else { throw .damaged("rows that are not what was written") }
  }
}
