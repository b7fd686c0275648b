/// Saves what can be read of a damaged journal into a new file, and moves the old one aside.
struct JournalSalvage {
  private static let fresh = "alerts.db.new"

  private var alerts: [AlertRow] = []
  private var events: [EventRow] = []
  private var deliveries: [DeliveryRow] = []
  private var numbers: [(rule: String, last: Int64)] = []
  private var lost = 0

  /// Does it, and says so; `nil` where another program is at it. `meanwhile` is for tests, between reading and replacing.
  static func replace(
    _ place: JournalPlace, at now: Moment, meanwhile: () -> Void = {}
  ) throws(JournalError) -> Printable? {
    let done: Result<Printable?, JournalError>?
    do throws(StateDirectory.Refusal) {
      let directory = try place.directory(making: false)
      done = try directory.alone(by: AlertJournal.Name.lock) {
        do throws(JournalError) {
          return .success(try replace(in: directory, at: now, meanwhile))
        } catch { return .failure(error) }
      }
    } catch { throw .refused(error.sentence) }
    return try done?.get() ?? nil
  }

  private static func replace(
    in directory: StateDirectory, at now: Moment, _ meanwhile: () -> Void
  ) throws(JournalError) -> Printable? {
    // Another program may have done it while this one waited.
    if isWell(directory) { return nil }
    let held = try hold(directory)
    defer { withExtendedLifetime(held) {} }
    var salvage = JournalSalvage()
    if let old = try? Database(directory.file(AlertJournal.Name.file), isReadOnly: true) {
      salvage.read(old)
    }
    try salvage.write(directory)
    meanwhile()
    let time = Units.timestamp(wall: now.wall).filter { $0 != "-" && $0 != ":" }
    let aside = "\(AlertJournal.Name.file).corrupt-\(time)"
    for name in AlertJournal.Name.all {
      directory.rename(name, to: aside + name.dropFirst(AlertJournal.Name.file.count))
    }
    directory.rename(fresh, to: AlertJournal.Name.file)
    let saved = salvage.events.count
    let losses: Printable = salvage.lost > 0 ? ", some are lost" : ""
    return """
      the journal was damaged: \(String(saved)) entries were saved\(losses); the old file is \
      \(Printable(directory.file(aside)))
      """
  }

  /// Keeps others from writing to the old file, so far as it still can be locked: they find it moved when they get at it.
  private static func hold(_ directory: StateDirectory) throws(JournalError) -> Database? {
    do throws(JournalError) {
      let database = try Database(directory.file(AlertJournal.Name.file))
      try database.run("BEGIN IMMEDIATE")
      return database
    } catch {
      if case .locked = error { throw error }
      return nil
    }
  }

  private static func isWell(_ directory: StateDirectory) -> Bool {
    do throws(JournalError) {
      let database = try Database(directory.file(AlertJournal.Name.file), isReadOnly: true)
      let nobody = BootIdentity(boot: "")
      try AlertJournal(database, boot: nobody, writer: "", in: nil, nil).examine()
      return true
    } catch { return false }
  }

  private mutating func read(_ old: Database) {
    alerts = rows(old, "alerts", AlertRow.columns) { AlertRow($0) }.sorted { $0.seq < $1.seq }
    events = rows(old, "events", EventRow.columns) { EventRow($0) }.sorted { $0.seq < $1.seq }
    deliveries = rows(old, "deliveries", DeliveryRow.columns) { DeliveryRow($0) }
    let found = try? old.rows("SELECT rule, last FROM numbers") { ($0.text(0), $0.integer(1)) }
    numbers = found ?? []
  }

  /// From both ends: one page that can't be read hides nothing but what is on it.
  private mutating func rows<Row>(
    _ database: Database, _ table: String, _ columns: String, _ read: (Database.Row) -> Row?
  ) -> [Row] {
    var found: [Int64: Row] = [:]
    var unread = 0
    for order in ["ASC", "DESC"] {
      do throws(JournalError) {
        try database.each("SELECT \(columns) FROM \(table) ORDER BY seq \(order)") { row in
          guard let one = read(row) else {
            unread += 1
            return true
          }
          return found.updateValue(one, forKey: row.integer(0)) == nil
        }
        break
      } catch { unread += 1 }
    }
    lost += unread
    return Array(found.values)
  }

  private func write(_ directory: StateDirectory) throws(JournalError) {
    directory.remove(JournalSalvage.fresh)
    do throws(StateDirectory.Refusal) {
      try directory.make(JournalSalvage.fresh)
    } catch { throw .refused(error.sentence) }
    let database = try Database(directory.file(JournalSalvage.fresh))
    let nobody = BootIdentity(boot: "")
    let journal = try AlertJournal(database, boot: nobody, writer: "", in: nil, nil)
    try journal.database.transaction { () throws(JournalError) in
      for row in alerts { try journal.write(row) }
      for row in events { try journal.write(row) }
      for row in deliveries { try journal.write(row) }
      for (rule, last) in numbers { try journal.number(rule, atLeast: last) }
      for row in alerts { try journal.count(row.alert) }
      let revision = alerts.map(\.revision).max() ?? 0
      try database.run(
        "UPDATE facts SET value = ? WHERE name = 'revision'", .text(String(max(revision, 0) &+ 1)))
    }
  }
}
