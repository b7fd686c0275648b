/// Who was told of an alert, and who has still to be: a screen knows its own channels and no others.
extension AlertJournal {
  /// So long, in nanoseconds, the end of an alert is told to those who were not told of it when it came.
  private static let tellsEndWithin: Int64 = 86_400_000_000_000
  private static let troubles = kinds(where: \.tellsOfTrouble)
  private static let ends = kinds(where: \.isEnd)

  private static func kinds(where isSo: (AlertTransition.Kind) -> Bool) -> String {
    AlertTransition.Kind.allCases.filter(isSo).map { "'\($0.rawValue)'" }.joined(separator: ", ")
  }

  /// The channels that were ever owed a message about an alert; `nil` where its beginning is not in this journal.
  func told(of alert: Int64) throws(JournalError) -> Set<String>? {
    let beginning = try database.integer(
      "SELECT seq FROM events WHERE alert = ? AND kind IN (\(AlertJournal.troubles)) LIMIT 1",
      .integer(alert))
    guard beginning != nil else { return nil }
    let found = try deliveries(
      "WHERE event IN (SELECT seq FROM events WHERE alert = ?)", [.integer(alert)])
    return Set(found.map(\.channel))
  }

  /// Sees to it that those hear of it who did not when another screen wrote down the same; what somebody attends to is
  /// told to nobody more.
  func tell(
    _ transition: AlertTransition, of row: AlertRow,
    _ owed: (AlertTransition, AlertTransition) -> [Owed]
  ) throws(JournalError) {
    let isEnd = transition.kind.isEnd
    let isWanted =
      isEnd
      ? !row.isOpen
      : transition.kind.tellsOfTrouble && row.isOpen && !row.alert.isAttended(at: transition.at)
    guard isWanted else { return }
    let kinds = isEnd ? AlertJournal.ends : AlertJournal.troubles
    guard
      let event = try events(
        "WHERE alert = ? AND kind IN (\(kinds)) ORDER BY seq DESC LIMIT 1", [.integer(row.seq)]
      ).first
    else { return }
    var recorded = transition
    recorded.kind = event.transition.kind
    recorded.alert = row.alert
    recorded.told = isEnd ? try told(of: row.seq) : nil
    let missing = try missing(owed(recorded, transition), of: event)
    try owe(missing, event: event.seq, at: transition.at)
  }

  private func missing(_ owed: [Owed], of event: EventRow) throws(JournalError) -> [Owed] {
    guard !owed.isEmpty else { return [] }
    let known = Set(
      try deliveries("WHERE event = ?", [.integer(event.seq)]).map(\.channel))
    return owed.filter { !known.contains($0.channel) }
  }

  /// Tells the ends that other programs have written to those who were told of the beginning: who closes an alert need
  /// not know the channels of who raised it.
  func tellEnds(
    _ events: [EventRow], at now: Moment, recipients: (AlertTransition) -> [String]
  ) throws(JournalError) {
    var untold: [EventRow] = []
    for event in events where event.transition.kind.isEnd && event.writer != writer {
      let age = now.wall &- event.transition.at.wall
      guard age < AlertJournal.tellsEndWithin, try !missing(ofEnd: event, recipients).isEmpty
      else { continue }
      untold.append(event)
    }
    guard !untold.isEmpty else { return }
    try transaction { () throws(JournalError) in
      for event in untold {
        try owe(try missing(ofEnd: event, recipients), event: event.seq, at: now)
      }
    }
  }

  private func missing(ofEnd event: EventRow, _ recipients: (AlertTransition) -> [String])
    throws(JournalError) -> [Owed]
  {
    var transition = event.transition
    transition.told = try told(of: event.alert) ?? []
    return try missing(recipients(transition).map { Owed(channel: $0) }, of: event)
  }
}
