import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("The journal of alerts as a file") struct AlertJournalTests {
  @Test("a file of a later perftop is refused, with what is known here")
  func later() throws {
    let test = try JournalCase()
    try test.journal().database.runAll("PRAGMA user_version = 7")
    let error = thrown(JournalError.self) { _ = try test.journal() }
    #expect(error == .newer(7))
    #expect(error?.sentence.text.contains("layout 7, known here: 1") == true)
  }

  @Test("it is for its owner alone, whatever the umask says, and so is what SQLite puts beside it")
  func permissions() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.nobody)
    for name in ["alerts.db", "alerts.db-wal", "alerts.db-shm"] {
      let status = try LiveFiles().status("\(test.folder.path)/\(name)", in: nil, following: false)
      #expect(status.mode & 0o777 == 0o600, "\(name)")
    }
  }

  @Test("where a group shares the directory, it shares the file", .enabled(if: geteuid() == 0))
  func shared() throws {
    let test = try JournalCase()
    chmod(test.folder.path, 0o2770)
    chown(test.folder.path, 0, 4242)
    let place = JournalPlace(test.folder.path, isShared: true, isLocal: true)
    let journal = try #require(try AlertJournal(place, boot: JournalCase.boot, writer: "one"))
    try journal.record([test.fired()], recipients: JournalCase.nobody)
    for name in ["alerts.db", "alerts.db-wal", "alerts.db-shm"] {
      let status = try LiveFiles().status("\(test.folder.path)/\(name)", in: nil, following: false)
      #expect(status.mode & 0o777 == 0o660, "\(name)")
      #expect(status.group == 4242, "\(name)")
    }
  }

  @Test("triggers that a file brings along do nothing")
  func hostileSchema() throws {
    let test = try JournalCase()
    try {
      let journal = try test.journal()
      try journal.database.runAll(
        "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM alerts; END")
    }()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.nobody)
    #expect(try journal.openAlerts(at: test.now).count == 1)
  }

  @Test("E5: a log that grew while a reader held an old state is short again soon after")
  func pinnedReader() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.nobody)
    let reader = try Database("\(test.folder.path)/alerts.db", isReadOnly: true)
    try reader.run("BEGIN")
    #expect(try reader.integer("SELECT count(*) FROM events") == 1)
    for round in 0..<300 {
      let kind: AlertTransition.Kind = .noted
      var alert = test.alert()
      alert.note = Printable("round \(round)")
      try journal.record([test.transition(kind, alert)], recipients: JournalCase.nobody)
    }
    #expect(try reader.integer("SELECT count(*) FROM events") == 1)
    let grown = try size("alerts.db-wal", test)
    try reader.run("ROLLBACK")
    #expect(grown > 1_000_000)
    // The next entry empties it, and the one after that begins it anew.
    for round in 0..<2 {
      var alert = test.alert()
      alert.note = Printable("after \(round)")
      try journal.record([test.transition(.noted, alert)], recipients: JournalCase.nobody)
    }
    #expect(try size("alerts.db-wal", test) <= 1_000_000)
    #expect(try journal.history(JournalSearch(limit: 1000), at: test.now).count == 303)
  }

  private func size(_ name: String, _ test: JournalCase) throws -> Int64 {
    try LiveFiles().status("\(test.folder.path)/\(name)", in: nil, following: false).size
  }

  @Test("E6: on a filesystem of another machine no log is shared through memory")
  func network() throws {
    let test = try JournalCase()
    let place = JournalPlace(test.folder.path, isLocal: false)
    let journal = try #require(try AlertJournal(place, boot: JournalCase.boot, writer: "one"))
    try journal.record([test.fired()], recipients: JournalCase.nobody)
    #expect(Set(test.folder.names()) == ["alerts.db", "alerts.lock"])
    let other = try #require(try AlertJournal(place, boot: JournalCase.boot, writer: "other"))
    try other.perform(.acknowledge, on: "memory-high-1", by: "ben", at: test.now)
    #expect(try journal.openAlerts(at: test.now).first?.alert.acknowledgedBy == "ben")
    #expect(FilesystemKind(magic: 0x6969) == .network)
    #expect(FilesystemKind(magic: 0x6573_5546) == .network)
    #expect(FilesystemKind(magic: 0xEF53) == .local)
    #expect(FilesystemKind(of: "/dev/null/none") == .network)
  }

  static let traps = ["symlink", "hardlink", "fifo", "directory"]
  static let names = ["alerts.db", "alerts.db-wal", "alerts.db-shm", "alerts.db-journal"]

  @Test("E7: nothing that was planted in the directory is written through", arguments: traps, names)
  func planted(_ trap: String, _ name: String) throws {
    let test = try JournalCase()
    let victim = try TemporaryDirectory()
    let shadow = victim.path + "/shadow"
    try OutputFile(shadow).append(Array("root:x".utf8)[...])
    if name != "alerts.db" { _ = try test.journal() }
    let path = test.folder.path + "/" + name
    unlink(path)
    switch trap {
    case "symlink": symlink(shadow, path)
    case "hardlink": link(shadow, path)
    case "fifo": mkfifo(path, 0o600)
    default: mkdir(path, 0o700)
    }
    let error = thrown(JournalError.self) { _ = try test.journal() }
    guard case .refused(let why) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(why.text.contains(name))
    #expect(victim.text("shadow") == "root:x")
  }

  static let modes: [mode_t] = [0o777, 0o1777, 0o757]

  @Test("E7: a directory that anybody may write to is not used, sticky or not", arguments: modes)
  func writableByOthers(_ mode: mode_t) throws {
    let test = try JournalCase()
    chmod(test.folder.path, mode)
    for isShared in [false, true] {
      let place = JournalPlace(test.folder.path, isShared: isShared)
      let error = thrown(JournalError.self) {
        _ = try AlertJournal(place, boot: JournalCase.boot, writer: "one")
      }
      #expect(error?.sentence.text.contains("anybody may write") == true)
    }
    #expect(test.folder.names() == [])
  }

  @Test("E7: a directory of another user is not written to by root", .enabled(if: geteuid() == 0))
  func foreignDirectory() throws {
    let test = try JournalCase()
    chown(test.folder.path, 65534, 65534)
    let error = thrown(JournalError.self) { _ = try test.journal() }
    #expect(error?.sentence.text.contains("another user") == true)
    #expect(test.folder.names() == [])
  }
}
