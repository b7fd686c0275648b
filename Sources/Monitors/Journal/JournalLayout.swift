/// How the journal's file is laid out, and how an older one becomes one of now.
enum JournalLayout {
  /// The layout of now.
  static let version = 1
  /// `PfTp`, by which `file` and others know whose it is.
  private static let application = 0x5066_5470

  private static let first = """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE numbers (rule TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE alerts (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL, rule TEXT NOT NULL, label TEXT NOT NULL,
      subject TEXT NOT NULL, boot TEXT NOT NULL, numbering TEXT NOT NULL,
      revision INTEGER NOT NULL, ended INTEGER, body TEXT NOT NULL, sum INTEGER NOT NULL);
    CREATE INDEX alerts_by_key ON alerts (rule, subject, label, seq);
    CREATE INDEX alerts_by_id ON alerts (id);
    CREATE INDEX alerts_by_revision ON alerts (revision);
    CREATE INDEX alerts_open ON alerts (seq) WHERE ended IS NULL;
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY, alert INTEGER NOT NULL, kind TEXT NOT NULL, time INTEGER NOT NULL,
      nanoseconds INTEGER NOT NULL, boot TEXT NOT NULL, who TEXT, host TEXT NOT NULL,
      writer TEXT NOT NULL, serial INTEGER NOT NULL, body TEXT NOT NULL, sum INTEGER NOT NULL);
    CREATE INDEX events_by_alert ON events (alert, seq);
    CREATE INDEX events_by_time ON events (time);
    CREATE TABLE deliveries (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL,
      event INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, boot TEXT NOT NULL,
      due INTEGER NOT NULL, owner TEXT, time INTEGER NOT NULL, why TEXT, sum INTEGER NOT NULL);
    CREATE INDEX deliveries_pending ON deliveries (channel, seq) WHERE state = 'pending';
    CREATE INDEX deliveries_by_event ON deliveries (event);
    """

  /// Looks at a file, and makes of an empty one a journal.
  static func prepare(_ database: Database) throws(JournalError) {
    if try isReady(database) { return }
    try database.transaction { () throws(JournalError) in
      // Somebody else may have been quicker.
      if try isReady(database) { return }
      guard try database.integer("SELECT count(*) FROM sqlite_schema") == 0 else {
        throw .damaged("it is no journal of alerts")
      }
      try database.runAll(first)
      try database.runAll("PRAGMA application_id = \(application)")
      try database.runAll("PRAGMA user_version = \(version)")
      try database.run(
        "INSERT INTO facts VALUES ('uuid', lower(hex(randomblob(16)))), ('revision', '0')")
    }
  }

  private static func isReady(_ database: Database) throws(JournalError) -> Bool {
    let found = Int(try database.integer("PRAGMA user_version") ?? 0)
    if found > version { throw .newer(found) }
    guard found >= 0 else { throw .damaged("it is no journal of alerts") }
    return found == version
  }
}
