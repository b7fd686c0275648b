/// One alert as it stands in the journal.
struct AlertRow {
  var seq: Int64
  var boot: String
  var numbering: String
  var revision: Int64
  var alert: Alert

  static let columns = """
    seq, id, rule, label, subject, boot, numbering, revision, ended, body, sum
    """

  init(seq: Int64, boot: BootIdentity, revision: Int64, alert: Alert) {
    self.seq = seq
    self.boot = boot.boot
    numbering = boot.numbering
    self.revision = revision
    self.alert = alert
  }

  /// Reads one; `nil` where it is not what was written.
  init?(_ row: Database.Row) {
    seq = row.integer(0)
    boot = row.text(5)
    numbering = row.text(6)
    revision = row.integer(7)
    let ended = row.isNull(8) ? nil : row.integer(8)
    let body = row.text(9)
    let sum = AlertRow.sum(
      seq, row.text(1), row.text(2), row.text(3), row.text(4), boot, numbering, revision, ended,
      body)
    guard sum == row.integer(10), let alert = Alert(record: body) else { return nil }
    self.alert = alert
  }

  /// Whether it is not over.
  var isOpen: Bool { alert.ended == nil }

  /// What goes into the columns, in their order.
  var values: [Database.Value] {
    let body = alert.record
    let ended = alert.ended?.wall
    let sum = AlertRow.sum(
      seq, alert.id, alert.rule, alert.label, alert.subject.record, boot, numbering, revision,
      ended, body)
    return [
      .integer(seq), .text(alert.id), .text(alert.rule), .text(alert.label),
      .text(alert.subject.record), .text(boot), .text(numbering), .integer(revision),
      ended.map(Database.Value.integer) ?? .null, .text(body), .integer(sum),
    ]
  }

  private static func sum(
    _ seq: Int64, _ id: String, _ rule: String, _ label: String, _ subject: String,
    _ boot: String, _ numbering: String, _ revision: Int64, _ ended: Int64?, _ body: String
  ) -> Int64 {
    RowSum.of([
      String(seq), id, rule, label, subject, boot, numbering, String(revision),
      ended.map { String($0) } ?? "-", body,
    ])
  }
}

/// Something that happened, as it stands in the journal.
struct EventRow {
  var seq: Int64
  /// The row of the alert.
  var alert: Int64
  var transition: AlertTransition
  var boot: String
  var host: String
  /// Which run of which program wrote it; its serials count within that.
  var writer: String

  static let columns = """
    seq, alert, kind, time, nanoseconds, boot, who, host, writer, serial, body, sum
    """

  /// Reads one; `nil` where it is not what was written.
  init?(_ row: Database.Row, from first: Int32 = 0) {
    let texts = (1...10).map { row.text(first + Int32($0)) }
    let who = row.isNull(first + 6) ? nil : texts[5]
    seq = row.integer(first)
    alert = row.integer(first + 1)
    boot = texts[4]
    host = texts[6]
    writer = texts[7]
    let sum = RowSum.of([String(seq)] + texts[..<5] + [who ?? "-"] + texts[6...])
    guard sum == row.integer(first + 11), let body = Alert(record: texts[9]),
      let kind = AlertTransition.Kind(rawValue: texts[1])
    else { return nil }
    let at = Moment(read: row.integer(first + 4), wall: row.integer(first + 3))
    transition = AlertTransition(kind, at: at, alert: body, by: who.map { Printable($0) })
    transition.serial = UInt64(clamping: row.integer(first + 9))
  }

  init(
    seq: Int64, alert: Int64, transition: AlertTransition, boot: String, host: String,
    writer: String
  ) {
    self.seq = seq
    self.alert = alert
    self.transition = transition
    self.boot = boot
    self.host = host
    self.writer = writer
  }

  /// What goes into the columns, in their order.
  var values: [Database.Value] {
    let body = transition.alert.record
    let at = transition.at
    let serial = Int64(clamping: transition.serial)
    let sum = RowSum.of([
      String(seq), String(alert), transition.kind.rawValue, String(at.wall),
      String(at.nanoseconds), boot, transition.by?.text ?? "-", host, writer, String(serial), body,
    ])
    return [
      .integer(seq), .integer(alert), .text(transition.kind.rawValue), .integer(at.wall),
      .integer(at.nanoseconds), .text(boot), transition.by.map { .text($0.text) } ?? .null,
      .text(host), .text(writer), .integer(serial), .text(body), .integer(sum),
    ]
  }
}

/// A delivery, as it stands in the journal.
struct DeliveryRow: Equatable {
  enum State: String { case pending, sent, given }

  var seq: Int64
  var id: String
  var channel: String
  /// The row of what it tells of.
  var event: Int64
  var state = State.pending
  var attempts = 0
  /// The boot whose clock the due time is of.
  var boot: String
  /// Not before that, while it is pending; a claim moves it to the end of its lease.
  var due: Int64
  var owner: String?
  /// When it came to be what it is, by the wall clock.
  var time: Int64
  var why: String?

  static let columns = """
    seq, id, channel, event, state, attempts, boot, due, owner, time, why, sum
    """
  /// More than anybody ever tries.
  private static let mostAttempts = 1_000_000

  init(
    seq: Int64, id: String, channel: String, event: Int64, boot: String, due: Int64, time: Int64
  ) {
    self.seq = seq
    self.id = id
    self.channel = channel
    self.event = event
    self.boot = boot
    self.due = due
    self.time = time
  }

  /// Reads one; `nil` where it is not what was written.
  init?(_ row: Database.Row) {
    seq = row.integer(0)
    id = row.text(1)
    channel = row.text(2)
    event = row.integer(3)
    attempts = Int(row.integer(5))
    boot = row.text(6)
    due = row.integer(7)
    owner = row.isNull(8) ? nil : row.text(8)
    time = row.integer(9)
    why = row.isNull(10) ? nil : row.text(10)
    guard let state = State(rawValue: row.text(4)) else { return nil }
    self.state = state
    guard sum == row.integer(11) else { return nil }
    attempts = min(max(attempts, 0), DeliveryRow.mostAttempts)
    due = Moment.reckonable(due)
  }

  private var sum: Int64 {
    RowSum.of([
      String(seq), id, channel, String(event), state.rawValue, String(attempts), boot,
      String(due), owner ?? "-", String(time), why ?? "-",
    ])
  }

  /// What goes into the columns, in their order.
  var values: [Database.Value] {
    [
      .integer(seq), .text(id), .text(channel), .integer(event), .text(state.rawValue),
      .integer(Int64(attempts)), .text(boot), .integer(due), owner.map { .text($0) } ?? .null,
      .integer(time), why.map { .text($0) } ?? .null, .integer(sum),
    ]
  }
}
