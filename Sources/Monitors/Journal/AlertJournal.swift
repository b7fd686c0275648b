/// The list of alerts that all screens of a machine share: how each stands, what happened to it, and who is to be told.
///
/// One connection to one file, for one thread; short-lived where little happens.
///
///     let journal = try AlertJournal(place, boot: BootIdentity(host), making: true)
///     try journal.record(transitions) { _ in ["mail"] }
public final class AlertJournal {
  /// Names of the file, and of those that SQLite keeps beside it.
  enum Name {
    static let file = "alerts.db"
    /// Held by whoever makes or replaces the file.
    static let lock = "alerts.lock"
    static let companions = ["-wal", "-shm", "-journal"]
    static let all = [file] + companions.map { file + $0 }
  }

  let database: Database
  let boot: BootIdentity
  /// Which run of which program writes here.
  let writer: String
  /// Where the file lies; `nil` for one in memory.
  let directory: StateDirectory?
  private var identity: FileIdentity?
  /// By which the file is told from all others; part of each delivery's id.
  let uuid: String
  /// Whether a process of this boot does nothing any more; where that can't be asked, none is known to.
  public var isHolderDead: (_ pid: Int32, _ startTicks: UInt64) -> Bool = { _, _ in false }
  /// How many rows were found that are not what was written.
  public internal(set) var damage = 0

  /// Opens the file of a place, making it where it is wanted; `nil` where there is none and none is wanted.
  ///
  /// `writer` tells the runs of programs apart.
  public convenience init?(
    _ place: JournalPlace, boot: BootIdentity, writer: String, making: Bool = true
  ) throws(JournalError) {
    let directory: StateDirectory
    let found: FileIdentity?
    var isHeld = false
    do throws(StateDirectory.Refusal) {
      if !making, try place.isEmpty { return nil }
      directory = try place.directory(making: making)
      for name in Name.all { _ = try directory.identity(name) }
      if making { isHeld = try !AlertJournal.make(in: directory) }
      found = try directory.identity(Name.file)
    } catch { throw .refused(error.sentence) }
    if isHeld { throw .locked }
    guard let identity = found else {
      if making { throw .moved }
      return nil
    }
    // SQLite would quietly open it for reading.
    guard directory.isWritable(Name.file) else { throw .readOnly }
    let database = try Database(directory.file(Name.file))
    try AlertJournal.configure(database, isShareable: place.sharesMemory)
    try self.init(database, boot: boot, writer: writer, in: directory, identity)
    guard isInPlace else { throw .moved }
    // By now something is in it.
    self.identity = (try? directory.identity(Name.file)) ?? identity
  }

  /// Makes an empty file where there is none; what an earlier one left beside it would be taken for its own.
  ///
  /// `false` where another program is at it for long.
  private static func make(in directory: StateDirectory) throws(StateDirectory.Refusal) -> Bool {
    guard try directory.identity(Name.file) == nil else { return true }
    let made = try directory.alone(by: Name.lock) {
      () -> Result<Void, StateDirectory.Refusal> in
      do throws(StateDirectory.Refusal) {
        guard try directory.identity(Name.file) == nil else { return .success(()) }
        for companion in Name.companions { directory.remove(Name.file + companion) }
        try directory.make(Name.file)
        return .success(())
      } catch { return .failure(error) }
    }
    try made?.get()
    return made != nil
  }

  /// One in memory, for as long as no file can be used.
  public static func inMemory(boot: BootIdentity, writer: String) throws(JournalError)
    -> AlertJournal
  {
    try AlertJournal(try Database(nil), boot: boot, writer: writer, in: nil, nil)
  }

  init(
    _ database: Database, boot: BootIdentity, writer: String, in directory: StateDirectory?,
    _ identity: FileIdentity?
  ) throws(JournalError) {
    try JournalLayout.prepare(database)
    self.database = database
    self.boot = boot
    self.writer = writer
    self.directory = directory
    self.identity = identity
    let found = try database.rows("SELECT value FROM facts WHERE name = 'uuid'") { $0.text(0) }
    guard let uuid = found.first else { throw .damaged("it has no identity") }
    self.uuid = uuid
  }

  /// A small cache, and a log of what is written that others can read beside it and that never stays large.
  static func configure(_ database: Database, isShareable: Bool) throws(JournalError) {
    try database.runAll("PRAGMA cache_size = -128; PRAGMA synchronous = NORMAL")
    // A log that is shared through memory is no use between machines.
    let mode = isShareable ? "WAL" : "DELETE"
    try database.runAll("PRAGMA journal_mode = \(mode)")
    try database.runAll("PRAGMA journal_size_limit = 1000000; PRAGMA wal_autocheckpoint = 250")
  }

  /// Whether the file that was opened still lies in its place.
  public var isInPlace: Bool {
    guard let directory else { return true }
    do throws(StateDirectory.Refusal) {
      guard let identity else { return true }
      return identity.lives(in: try directory.identity(Name.file))
    } catch { return false }
  }

  /// Counts every change to an alert.
  public func revision() throws(JournalError) -> Int64 {
    let facts = try database.rows("SELECT name, value FROM facts") { ($0.text(0), $0.text(1)) }
    // Another file may have been copied over this one.
    guard facts.contains(where: { $0 == ("uuid", uuid) }) else { throw .moved }
    guard let text = facts.first(where: { $0.0 == "revision" })?.1, let revision = Int64(text)
    else {
      throw .damaged("it has lost count")
    }
    return revision
  }

  /// Does all of it or nothing, in the file that lies in its place.
  func transaction<Result>(_ work: () throws(JournalError) -> Result) throws(JournalError)
    -> Result
  {
    let result = try database.transaction(work)
    // SQLite shows what it wrote to others by mapped memory, after its last write: who was woken by that came too early.
    directory?.touch(Name.file)
    guard isInPlace else { throw .moved }
    return result
  }

  /// The number that the next change gets.
  func nextRevision() throws(JournalError) -> Int64 {
    let next = try revision() &+ 1
    try database.run("UPDATE facts SET value = ? WHERE name = 'revision'", .text(String(next)))
    return next
  }

  func write(_ row: AlertRow) throws(JournalError) {
    try database.run(
      """
      INSERT OR REPLACE INTO alerts (\(AlertRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, all: row.values)
  }

  /// The rows that a question finds; damaged ones are counted and left out.
  func alerts(_ rest: String, _ values: [Database.Value] = []) throws(JournalError) -> [AlertRow] {
    try database.rows("SELECT \(AlertRow.columns) FROM alerts \(rest)", values) { row in
      let found = AlertRow(row)
      if found == nil { damage += 1 }
      return found
    }
  }
}
