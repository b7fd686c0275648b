extension AlertJournal: DeliveryStore {
  private static let tallied: Int64 = 86_400_000_000_000
  /// No rule has such a name.
  private static let deliveryCounter = "deliveries of all"

  /// Writes down who is to be told of an event.
  func owe(_ owed: [Owed], event: Int64, at now: Moment) throws(JournalError) {
    for one in owed {
      let seq = try deliveryNumber()
      var row =
        one.before
        ?? DeliveryRow(
          seq: seq, id: "\(uuid)-\(seq)", channel: one.channel, event: event, boot: boot.boot,
          due: now.nanoseconds, time: now.wall)
      row.seq = seq
      row.event = event
      try write(row)
    }
  }

  /// One that was never given out, not for a row that was forgotten since either: receivers know messages by it.
  private func deliveryNumber() throws(JournalError) -> Int64 {
    let name = Database.Value.text(AlertJournal.deliveryCounter)
    let last = max(
      try database.integer("SELECT last FROM numbers WHERE rule = ?", name) ?? 0,
      try database.integer("SELECT max(seq) FROM deliveries") ?? 0)
    try number(AlertJournal.deliveryCounter, atLeast: last &+ 1)
    return last &+ 1
  }

  func write(_ row: DeliveryRow) throws(JournalError) {
    try database.run(
      """
      INSERT OR REPLACE INTO deliveries (\(DeliveryRow.columns))
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, all: row.values)
  }

  func deliveries(_ rest: String, _ values: [Database.Value]) throws(JournalError) -> [DeliveryRow]
  {
    try database.rows("SELECT \(DeliveryRow.columns) FROM deliveries \(rest)", values) { row in
      let found = DeliveryRow(row)
      if found == nil { damage += 1 }
      return found
    }
  }

  /// Who was owed a message of one transition of this program, and what became of that; `nil` where nothing was written of it.
  func owed(serial: UInt64) throws(JournalError) -> [Owed]? {
    guard
      let event = try events(
        "WHERE serial = ? AND writer = ? ORDER BY seq DESC LIMIT 1",
        [.integer(Int64(clamping: serial)), .text(writer)]
      ).first
    else { return nil }
    return try deliveries("WHERE event = ? ORDER BY seq", [.integer(event.seq)]).map {
      Owed(channel: $0.channel, before: $0)
    }
  }

  /// Deliveries of these channels that are due; a time of another boot is long past.
  private func due(_ channels: [String], at now: Moment, limit: Int) throws(JournalError)
    -> [DeliveryRow]
  {
    let places = channels.map { _ in "?" }.joined(separator: ", ")
    return try deliveries(
      """
      WHERE state = 'pending' AND channel IN (\(places)) AND (due <= ? OR boot <> ?)
      ORDER BY seq LIMIT ?
      """,
      channels.map { .text($0) } + [
        .integer(now.nanoseconds), .text(boot.boot), .integer(Int64(limit)),
      ])
  }

  func claim(
    channels: [String], owner: String, lease seconds: Double, at now: Moment, limit: Int
  ) throws(JournalError) -> [Delivery] {
    guard !channels.isEmpty, limit > 0 else { return [] }
    try releaseDead(at: now)
    guard try !due(channels, at: now, limit: 1).isEmpty else {
      return []
    }
    return try transaction { () throws(JournalError) in
      var claimed: [Delivery] = []
      for var row in try due(channels, at: now, limit: limit) {
        guard
          let event = try events("WHERE seq = ?", [.integer(row.event)]).first
        else {
          // What it was to tell of can't be read any more.
          row.state = .given
          row.why = "what it tells of is lost"
          try write(row)
          continue
        }
        row.owner = owner
        row.boot = boot.boot
        row.due = now.later(by: seconds).nanoseconds
        try write(row)
        claimed.append(
          row.delivery(
            of: event.transition(in: boot, at: now), on: Printable(event.host)))
      }
      return claimed
    }
  }

  /// Frees what somebody claimed who was killed before he could say what became of it.
  private func releaseDead(at now: Moment) throws(JournalError) {
    let held = "WHERE state = 'pending' AND boot = ? AND due > ? AND owner"
    let values: [Database.Value] = [.text(boot.boot), .integer(now.nanoseconds)]
    let owners = try database.rows(
      "SELECT DISTINCT owner FROM deliveries \(held) IS NOT NULL", values
    ) { $0.text(0) }
    let dead = owners.filter { owner in
      guard let holder = LeaseHolder(owner), holder.numbering == boot.numbering else {
        return false
      }
      return isHolderDead(holder.pid, holder.startTicks)
    }
    guard !dead.isEmpty else { return }
    try transaction { () throws(JournalError) in
      for owner in dead {
        for var row in try deliveries("\(held) = ?", values + [.text(owner)]) {
          row.take(.released, boot: boot.boot, at: now)
          try write(row)
        }
      }
    }
  }

  /// Writes down what became of them; of what somebody else has claimed by now, only that it has arrived.
  func settle(_ outcomes: [String: DeliveryOutcome], by owner: String?, at now: Moment)
    throws(JournalError)
  {
    guard !outcomes.isEmpty else { return }
    try transaction { () throws(JournalError) in
      for (id, outcome) in outcomes.sorted(by: { $0.key < $1.key }) {
        guard var row = try deliveries("WHERE id = ?", [.text(id)]).first, row.state == .pending,
          owner == nil || row.owner == owner || outcome == .sent
        else { continue }
        row.take(outcome, boot: boot.boot, at: now)
        try write(row)
      }
    }
  }

  func tallies(at now: Moment) throws(JournalError) -> [String: DeliveryTally] {
    var tallies: [String: DeliveryTally] = [:]
    let rows = try deliveries(
      "WHERE state = 'pending' OR time > ? ORDER BY seq DESC",
      [.integer(now.wall &- AlertJournal.tallied)])
    for row in rows { tallies[row.channel, default: DeliveryTally()].take(row) }
    for (channel, tally) in tallies where tally.pending > 0 {
      let oldest = rows.last { $0.channel == channel && $0.state == .pending }
      let event = try oldest.flatMap { row throws(JournalError) in
        try events("WHERE seq = ?", [.integer(row.event)]).first
      }
      tallies[channel]?.oldest = event?.transition(in: boot, at: now).at
    }
    return tallies
  }

  func next(_ channels: [String], at now: Moment) throws(JournalError) -> Moment? {
    guard !channels.isEmpty else { return nil }
    let places = channels.map { _ in "?" }.joined(separator: ", ")
    let rows = try database.rows(
      """
      SELECT min(CASE boot WHEN ? THEN due ELSE 0 END), count(*) FROM deliveries
      WHERE state = 'pending' AND channel IN (\(places))
      """, [.text(boot.boot)] + channels.map { .text($0) }
    ) { ($0.integer(0), $0.integer(1)) }
    guard let (due, count) = rows.first, count > 0 else { return nil }
    return Moment(nanoseconds: max(Moment.reckonable(due), now.nanoseconds), wall: now.wall)
  }

  /// Takes deliveries that are due; none where the journal can't be used now.
  public func claimDeliveries(
    channels: [String], owner: String, lease seconds: Double, at now: Moment, limit: Int
  ) -> [Delivery] {
    (try? claim(channels: channels, owner: owner, lease: seconds, at: now, limit: limit)) ?? []
  }

  /// The same, with what people have done about their alerts since; as they are where that can't be read.
  public func attended(_ deliveries: [Delivery], at now: Moment) -> [Delivery] {
    deliveries.map { delivery in
      let told = delivery.transition.alert
      guard !delivery.isEnd, let now = try? alert(told.id, at: now)?.alert, now.key == told.key
      else {
        return delivery
      }
      var delivery = delivery
      delivery.transition.alert.takeAttention(of: now)
      return delivery
    }
  }

  /// Says what became of some; what can't be written is tried again when its lease is over.
  public func settleDeliveries(
    _ outcomes: [String: DeliveryOutcome], by owner: String? = nil, at now: Moment
  ) {
    try? settle(outcomes, by: owner, at: now)
  }

  /// How each channel stands.
  public func deliveryTallies(at now: Moment) -> [String: DeliveryTally] {
    (try? tallies(at: now)) ?? [:]
  }

  /// When the next delivery is due; the end of a lease counts, for then anybody may have it.
  public func nextDelivery(channels: [String], at now: Moment) -> Moment? {
    (try? next(channels, at: now)) ?? nil
  }
}

extension DeliveryRow {
  mutating func take(_ outcome: DeliveryOutcome, boot: String, at now: Moment) {
    owner = nil
    time = now.wall
    switch outcome {
    case .sent:
      state = .sent
      attempts += 1
      why = nil
    case .retry(let moment, let reason):
      attempts += 1
      self.boot = boot
      due = moment.nanoseconds
      why = reason.text
    case .givenUp(let reason):
      state = .given
      attempts += 1
      why = reason.text
    case .putOff(let moment):
      self.boot = boot
      due = moment.nanoseconds
      why = DeliveryRow.putOff
    case .released: due = now.nanoseconds
    }
  }

  /// How a row says that it failed at nothing.
  private static let putOff = "put together with others: the channel has had its share"

  /// The same for who sends it.
  func delivery(of transition: AlertTransition, on host: Printable) -> Delivery {
    var delivery = Delivery(
      id: id, channel: channel, transition: transition, host: host, attempts: attempts,
      lastFailure: failure)
    delivery.isPutOff = why == DeliveryRow.putOff
    return delivery
  }

  fileprivate var failure: Printable? {
    why.flatMap { $0 == DeliveryRow.putOff ? nil : Printable($0) }
  }
}

extension DeliveryTally {
  fileprivate mutating func take(_ row: DeliveryRow) {
    switch row.state {
    case .sent: sent += 1
    case .given: givenUp += 1
    case .pending:
      pending += 1
      lastFailure = lastFailure ?? row.failure
    }
  }
}
