import TestSupport
import Testing

@testable import Monitors

@Suite("What is closed and forgotten") struct AlertJournalTendingTests {
  private func close(_ journal: AlertJournal, _ test: JournalCase, gone: Int32 = 0) throws -> Int {
    try journal.closeDead(at: test.now, recipients: JournalCase.mail) { pid, _ in pid == gone }
  }

  @Test("an alert about a process that is gone is over, and those who are told are told")
  func deadProcess() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    let alerts = [Int32(7), 8].map {
      test.alert(subject: .process(pid: $0, startTicks: 1))
    }
    try journal.record(
      alerts.map { test.transition(.fired, $0) }, recipients: JournalCase.nobody)
    #expect(try close(journal, test, gone: 7) == 1)
    #expect(try journal.openAlerts(at: test.now).map(\.alert.id) == ["memory-high-2"])
    #expect(try journal.historyWords(at: test.now).first == "ended memory-high-1")
    #expect(journal.deliveryTallies(at: test.now)["mail"]?.pending == 1)
    #expect(try close(journal, test, gone: 7) == 0)
  }

  @Test("a process of another container is nobody's to judge")
  func container() throws {
    let test = try JournalCase()
    let alert = test.alert(subject: .process(pid: 7, startTicks: 1))
    try test.journal().record([test.transition(.fired, alert)], recipients: JournalCase.nobody)
    let container = BootIdentity(boot: JournalCase.boot.boot, numbering: "2", host: "orin")
    #expect(try close(test.journal(boot: container), test, gone: 7) == 0)
  }

  @Test("what fired before the machine was started anew is over, but for what nobody accepted")
  func boots() throws {
    let test = try JournalCase()
    var latched = test.alert("overheated", severity: .emergency)
    latched.isLatched = true
    try test.journal().record(
      [test.fired(), test.transition(.fired, latched)], recipients: JournalCase.nobody)
    test.time.advance(by: 50)
    let later = try test.journal(boot: JournalCase.boot2)
    #expect(try close(later, test) == 1)
    let open = try later.openAlerts(at: test.now)
    #expect(open.map(\.alert.id) == ["overheated-1"])
    #expect(open.first?.isOfThisBoot == false)
    #expect(open.first?.alert.firedAt.map { test.now.seconds(since: $0) } == 50)
    try later.perform(.acknowledge, on: "overheated-1", by: "pi", at: test.now)
    #expect(try close(later, test) == 1)
  }

  @Test("what is over for a month is forgotten, but for the last thousand things that happened")
  func forgetting() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired("open")], recipients: JournalCase.nobody)
    for number in 0..<600 {
      try journal.record(
        [test.fired("a", String(number)), test.ended("a", String(number))],
        recipients: JournalCase.nobody)
    }
    test.time.advance(by: 31 * 86400)
    try journal.forget(olderThanDays: 30, at: test.now)
    let left = try journal.historyWords(JournalSearch(limit: 5000), at: test.now)
    #expect(left.count == 1002)
    #expect(left.last == "fired open-1")
    #expect(try journal.database.integer("SELECT count(*) FROM alerts") == 502)
    try journal.forget(olderThanDays: 30, at: test.now)
    #expect(try journal.history(JournalSearch(limit: 5000), at: test.now).count == 1002)
  }

  @Test("C15: a wall clock that jumps empties nothing and closes nothing")
  func clockJumps() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.mail)
    try journal.perform(.acknowledge, on: "memory-high-1", by: "pi", at: test.now)
    let jumps = [3600.0, -3600.0, 86_400.0, -630_720_000.0]
    for jump in jumps {
      test.time.jump(by: jump)
      try journal.forget(olderThanDays: 30, at: test.now)
      #expect(try close(journal, test) == 0)
      let open = try journal.openAlerts(at: test.now)
      #expect(open.first?.alert.acknowledgedAt.map { test.now.seconds(since: $0) } == 0)
      #expect(try journal.history(JournalSearch(), at: test.now).count == 2)
      // The same trouble is the same alert still.
      let stand = try journal.record([test.fired()], recipients: JournalCase.mail)
      #expect(stand.first?.id == "memory-high-1")
    }
    let due = journal.claimDeliveries(
      channels: ["mail"], owner: "one", lease: 30, at: test.now, limit: 10)
    #expect(due.count == 1)
  }
}
