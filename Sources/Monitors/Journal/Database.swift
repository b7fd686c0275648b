internal import CSQLite

/// One connection to an SQLite file, for one thread.
final class Database {
  /// What stands in a column.
  enum Value {
    case null
    case integer(Int64)
    case text(String)
  }

  /// What a row says; a column of another kind than expected is empty or 0.
  struct Row {
    fileprivate let statement: OpaquePointer

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func text(_ column: Int32) -> String {
      guard let bytes = sqlite3_column_text(statement, column) else { return "" }
      let count = Int(sqlite3_column_bytes(statement, column))
      return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
  }

  private static let busyMilliseconds: Int32 = 2000
  private static let lookaside: (size: Int32, count: Int32) = (256, 32)

  private let handle: OpaquePointer
  private var prepared: [String: OpaquePointer] = [:]

  /// Opens a file that is there, never through a link; without a path, one in memory.
  init(_ path: String?, isReadOnly: Bool = false) throws(JournalError) {
    var found: OpaquePointer?
    let way = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    let flags = way | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW
    let code =
      path.map { sqlite3_open_v2($0, &found, flags, nil) }
      ?? sqlite3_open_v2(":memory:", &found, flags | SQLITE_OPEN_CREATE, nil)
    guard let found else { throw .failed("SQLite has no memory") }
    guard code == SQLITE_OK else {
      let error = Database.error(found, code)
      sqlite3_close_v2(found)
      throw error
    }
    handle = found
    protect()
  }

  deinit {
    for statement in prepared.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  /// Nothing that a file brings along is run.
  private func protect() {
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, Database.busyMilliseconds)
    _ = cs_sqlite_lookaside(handle, Database.lookaside.size, Database.lookaside.count)
    for (option, value) in [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
      (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0), (SQLITE_DBCONFIG_ENABLE_VIEW, 0),
    ] { _ = cs_sqlite_set(handle, Int32(option), Int32(value)) }
  }

  /// Runs statements that answer nothing; those with values one at a time.
  func run(_ sql: String, _ values: Value...) throws(JournalError) { try run(sql, all: values) }

  /// The same with a list of values.
  func run(_ sql: String, all values: [Value]) throws(JournalError) {
    let statement = try prepare(sql, values)
    defer { sqlite3_reset(statement) }
    while try step(statement) {}
  }

  /// Runs several statements without values, which are not kept.
  func runAll(_ sql: String) throws(JournalError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw Database.error(handle, code) }
  }

  /// What each row becomes; a row that becomes nothing is left out.
  func rows<Result>(
    _ sql: String, _ values: [Value] = [], _ read: (Row) -> Result?
  ) throws(JournalError) -> [Result] {
    var results: [Result] = []
    try each(sql, values) { row in
      if let result = read(row) { results.append(result) }
      return true
    }
    return results
  }

  /// Shows each row until `false` is answered; what was shown before something went wrong was shown.
  func each(_ sql: String, _ values: [Value] = [], _ show: (Row) -> Bool) throws(JournalError) {
    let statement = try prepare(sql, values)
    defer { sqlite3_reset(statement) }
    while try step(statement) { if !show(Row(statement: statement)) { return } }
  }

  /// One whole number; `nil` where there is no row.
  func integer(_ sql: String, _ values: Value...) throws(JournalError) -> Int64? {
    try rows(sql, values) { $0.integer(0) }.first
  }

  /// The row that was added last.
  var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// How many rows the last statement changed.
  var changes: Int { Int(sqlite3_changes(handle)) }

  /// Does all of it or nothing.
  func transaction<Result>(_ work: () throws(JournalError) -> Result) throws(JournalError)
    -> Result
  {
    try run("BEGIN IMMEDIATE")
    do throws(JournalError) {
      let result = try work()
      try run("COMMIT")
      return result
    } catch {
      if sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
      throw error
    }
  }

  private func prepare(_ sql: String, _ values: [Value]) throws(JournalError) -> OpaquePointer {
    let statement: OpaquePointer
    if let kept = prepared[sql] {
      statement = kept
    } else {
      var made: OpaquePointer?
      let code = sqlite3_prepare_v2(handle, sql, -1, &made, nil)
      guard code == SQLITE_OK, let made else { throw Database.error(handle, code) }
      prepared[sql] = made
      statement = made
    }
    for (place, value) in values.enumerated() { bind(value, Int32(place + 1), statement) }
    return statement
  }

  private func bind(_ value: Value, _ place: Int32, _ statement: OpaquePointer) {
    switch value {
    case .null: sqlite3_bind_null(statement, place)
    case .integer(let number): sqlite3_bind_int64(statement, place, number)
    case .text(let text):
      var text = text
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          _ = cs_sqlite_bind_text(statement, place, $0.baseAddress, Int32(clamping: $0.count))
        }
      }
    }
  }

  private func step(_ statement: OpaquePointer) throws(JournalError) -> Bool {
    let code = sqlite3_step(statement)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else {
      let error = Database.error(handle, code)
      sqlite3_reset(statement)
      throw error
    }
    return false
  }

  /// What went wrong, by SQLite's code and the kernel's.
  private static func error(_ handle: OpaquePointer, _ code: Int32) -> JournalError {
    let noRoom: [Int32] = [28, 122]
    if code & 0xff != SQLITE_BUSY, noRoom.contains(sqlite3_system_errno(handle)),
      [SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_FULL].contains(code & 0xff)
    {
      return .full
    }
    if code == SQLITE_READONLY | 4 << 8 { return .moved }
    let words = Printable(String(cString: sqlite3_errmsg(handle)))
    switch code & 0xff {
    case SQLITE_FULL: return .full
    case SQLITE_READONLY, SQLITE_PERM: return .readOnly
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: return .locked
    case SQLITE_CORRUPT, SQLITE_NOTADB: return .damaged(words)
    default: return .failed(words)
    }
  }
}
