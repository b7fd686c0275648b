import TestSupport
import Testing

@testable import Monitors

@Suite("What is written into the journal of alerts") struct AlertJournalRecordingTests {
  @Test("an alert is kept with all that is known of it")
  func roundTrip() throws {
    let test = try JournalCase()
    var alert = test.alert(subject: .process(pid: 812, startTicks: 99_123))
    alert.acknowledgedBy = "pi from 10.0.0.7"
    alert.acknowledgedAt = test.now.later(by: 1)
    alert.shelvedBy = "root"
    alert.shelvedUntil = test.now.later(by: 60)
    alert.note = "the \"new\" camera\\"
    alert.clearingSince = test.now
    alert.clearsIn = 12.5
    alert.ended = test.now.later(by: 2)
    alert.isLatched = true
    alert.count = 3
    #expect(Alert(record: alert.record) == alert)
    #expect(Alert(record: "{}") == nil)
    #expect(Alert(record: "memory") == nil)
  }

  @Test("ids are counted for each rule, by the journal and not by a screen")
  func ids() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    let stand = try journal.record(
      [test.fired(), test.fired("disk-full", "/data"), test.fired("disk-full", "/")],
      recipients: JournalCase.nobody)
    #expect(stand.map(\.id) == ["memory-high-1", "disk-full-1", "disk-full-2"])
    #expect(try journal.openAlerts(at: test.now).map(\.alert.id) == stand.map(\.id))
  }

  private func seenByOne(_ subject: AlertSubject = .machine) throws -> (
    test: JournalCase, one: AlertJournal, other: AlertJournal, end: AlertTransition
  ) {
    let test = try JournalCase()
    let writers = [7, 8].map { LeaseHolder(pid: $0, startTicks: 5, numbering: "1").owner("x") }
    let (one, other) = (try test.journal(writers[0]), try test.journal(writers[1]))
    let alert = test.alert(subject: subject)
    try one.record([test.transition(.fired, alert)], recipients: JournalCase.mail)
    var end = test.transition(.resolved, alert)
    (end.alert.state, end.alert.ended, end.isHearsay) = (.resolved, test.now, true)
    return (test, one, other, end)
  }

  @Test("who saw nothing of the trouble can't end what another sees who lives")
  func hearsay() throws {
    let (test, one, other, end) = try seenByOne()
    let stand = try other.record([end], recipients: JournalCase.mail)
    #expect(stand.map(\.ended) == [nil])
    #expect(other.deliveryTallies(at: test.now)["mail"]?.pending == 1)
    var accepted = end
    (accepted.kind, accepted.alert.ended, accepted.alert.state) = (
      .acknowledged, nil, .acknowledged
    )
    (accepted.by, accepted.alert.acknowledgedBy) = ("anna", "anna")
    let both = try other.record([accepted, end], recipients: JournalCase.mail)
    #expect(both.last?.acknowledgedBy == "anna" && both.last?.ended == nil)
    other.isHolderDead = { pid, _ in pid == 7 }
    #expect(try other.record([end], recipients: JournalCase.mail).first?.ended != nil)
    #expect(try one.openAlerts(at: test.now).isEmpty)
  }

  @Test("who saw the trouble ends it whoever else told of it, and each its own")
  func ownEnd() throws {
    let first = try seenByOne()
    #expect(try first.one.record([first.end], recipients: JournalCase.mail).first?.ended != nil)
    var second = try seenByOne()
    second.end.isHearsay = false
    let stand = try second.other.record([second.end], recipients: JournalCase.mail)
    #expect(stand.first?.ended != nil)
    #expect(first.test.place != second.test.place)
  }

  @Test("who watches another process by now keeps nobody from ending it, unless he contradicted")
  func hearsayOfProcess() throws {
    let (test, one, other, end) = try seenByOne(.process(pid: 812, startTicks: 99))
    #expect(try other.record([end], recipients: JournalCase.mail).first?.ended != nil)
    let again = test.transition(.reopened, test.alert(subject: .process(pid: 812, startTicks: 99)))
    try one.record([again], recipients: JournalCase.mail)
    #expect(try other.record([end], recipients: JournalCase.mail).first?.ended == nil)
  }

  @Test("two screens that see the same trouble share one alert, and nobody is told twice")
  func adopted() throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try one.record([test.fired()], recipients: JournalCase.mail)
    try one.perform(.acknowledge, on: "memory-high-1", by: "anna", at: test.now)
    let stand = try other.record([test.fired()], recipients: JournalCase.mail)
    #expect(stand.map(\.id) == ["memory-high-1"])
    #expect(stand.first?.acknowledgedBy == "anna")
    #expect(
      try other.historyWords(at: test.now) == ["acknowledged memory-high-1", "fired memory-high-1"])
    #expect(other.deliveryTallies(at: test.now)["mail"]?.pending == 1)
  }

  @Test("what fires again soon is the same alert with a count, later it is another one")
  func flapping() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.nobody)
    try journal.record([test.ended()], recipients: JournalCase.nobody)
    test.time.advance(by: 100)
    let again = try journal.record([test.fired()], recipients: JournalCase.nobody)
    #expect(again.first?.id == "memory-high-1")
    #expect(again.first?.count == 2)
    try journal.record([test.ended()], recipients: JournalCase.nobody)
    test.time.advance(by: 301)
    let later = try journal.record([test.fired()], recipients: JournalCase.nobody)
    #expect(later.first?.id == "memory-high-2")
    #expect(later.first?.count == 1)
    #expect(
      try journal.historyWords(at: test.now).reversed() == [
        "fired memory-high-1", "resolved memory-high-1", "reopened memory-high-1",
        "resolved memory-high-1", "fired memory-high-2",
      ])
  }

  @Test("what the other screen says of it a moment later is an echo")
  func echo() throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try one.record([test.fired()], recipients: JournalCase.mail)
    test.time.advance(by: 600)
    var alert = test.alert(severity: .critical)
    for journal in [one, other] {
      try journal.record([test.transition(.escalated, alert)], recipients: JournalCase.mail)
      test.time.advance(by: 1)
    }
    for journal in [one, other] {
      try journal.record([test.transition(.repeated, alert)], recipients: JournalCase.mail)
      test.time.advance(by: 1)
    }
    alert.ended = test.now
    for journal in [one, other] {
      try journal.record([test.transition(.resolved, alert)], recipients: JournalCase.mail)
    }
    #expect(
      try one.history(JournalSearch(), at: test.now).map(\.kind).reversed() == [
        .fired, .escalated, .repeated, .resolved,
      ])
    #expect(one.deliveryTallies(at: test.now)["mail"]?.pending == 4)
  }

  @Test("who accepts it first stays, and a screen that did not know repeats nothing")
  func firstAcceptance() throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try one.record([test.fired()], recipients: JournalCase.nobody)
    for (journal, who) in [(one, Printable("anna")), (other, "ben")] {
      var alert = test.alert()
      alert.acknowledgedBy = who
      alert.state = .acknowledged
      let deed = test.transition(.acknowledged, alert, by: who)
      let stand = try journal.record([deed], recipients: JournalCase.nobody)
      #expect(stand.first?.acknowledgedBy == "anna")
    }
    try other.record(
      [test.transition(.repeated, test.alert())], recipients: JournalCase.mail)
    #expect(one.deliveryTallies(at: test.now).isEmpty)
    let open = try one.openAlerts(at: test.now)
    #expect(open.first?.alert.acknowledgedBy == "anna")
  }

  @Test("nothing of a batch is kept where one thing of it can not be")
  func atomic() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.database.runAll("CREATE UNIQUE INDEX once ON events (kind)")
    #expect(throws: JournalError.self) {
      try journal.record(
        [test.fired("a"), test.fired("b")], recipients: JournalCase.nobody)
    }
    let other = try test.journal("other")
    #expect(try other.openAlerts(at: test.now).isEmpty)
    #expect(try other.revision() == 0)
  }

  @Test("changes since a revision are what others have done, each alert as it stands")
  func changes() throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try one.record([test.fired("a"), test.fired("b")], recipients: JournalCase.nobody)
    let seen = try one.revision()
    try other.perform(.note("the camera is new"), on: "a-1", by: "ben", at: test.now)
    try other.perform(.shelve(seconds: 60), on: "a-1", by: "ben", at: test.now)
    let changes = try one.changes(since: seen, at: test.now)
    #expect(changes.map(\.alert.id) == ["a-1"])
    #expect(changes.first?.alert.note == "the camera is new")
    #expect(changes.first?.alert.state == .shelved)
    #expect(try one.changes(since: try one.revision(), at: test.now).isEmpty)
  }

  @Test("history is searched by words, by time and up to a limit")
  func search() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired("a", "/data")], recipients: JournalCase.nobody)
    try journal.perform(.note("Kühlung läuft"), on: "a-1", by: "Jörg", at: test.now)
    test.time.advance(by: 10)
    try journal.record([test.fired("b")], recipients: JournalCase.nobody)
    let found = { (words: [String]) in
      try journal.historyWords(JournalSearch(words: words), at: test.now)
    }
    #expect(try found(["/DATA"]) == ["noted a-1", "fired a-1"])
    #expect(try found(["kühlung", "jörg"]) == ["noted a-1"])
    #expect(try found(["b-1"]) == ["fired b-1"])
    #expect(try found(["rule"]).isEmpty)
    var late = JournalSearch(limit: 1)
    late.to = test.now.wall - 5_000_000_000
    #expect(try journal.historyWords(late, at: test.now) == ["noted a-1"])
    late.from = test.now.wall
    late.to = nil
    #expect(try journal.historyWords(late, at: test.now) == ["fired b-1"])
  }

  private func latched(_ test: JournalCase, subject: AlertSubject = .machine) -> Alert {
    var alert = test.alert("memory-emergency", severity: .emergency, subject: subject)
    alert.isLatched = true
    return alert
  }

  @Test("what waits for a person since an earlier boot and is there again is the same, and is told")
  func firesAfterBoot() throws {
    let test = try JournalCase()
    let alert = latched(test)
    try test.journal().record([test.transition(.fired, alert)], recipients: JournalCase.nobody)
    let later = try test.journal("later", boot: JournalCase.boot2)
    let stand = try later.record([test.transition(.fired, alert)], recipients: JournalCase.mail)
    #expect(stand.map(\.id) == ["memory-emergency-1"])
    #expect(stand.first?.count == 2)
    #expect(later.deliveryTallies(at: test.now)["mail"]?.pending == 1)
    let other = try test.journal("other", boot: JournalCase.boot2)
    try other.record([test.transition(.fired, alert)], recipients: JournalCase.mail)
    #expect(other.deliveryTallies(at: test.now)["mail"]?.pending == 1)
    #expect(
      try other.historyWords(at: test.now) == [
        "reopened memory-emergency-1", "fired memory-emergency-1",
      ])
    #expect(try later.openAlerts(at: test.now).map(\.isOfThisBoot) == [true])
  }

  @Test("what somebody accepted before the restart, or nobody has to accept, fires anew after it")
  func firesAnewAfterBoot() throws {
    let test = try JournalCase()
    var accepted = latched(test)
    accepted.acknowledgedBy = "pi"
    accepted.state = .acknowledged
    let first = try test.journal()
    try first.record(
      [test.fired("a"), test.transition(.fired, latched(test))], recipients: JournalCase.nobody)
    try first.record([test.transition(.acknowledged, accepted)], recipients: JournalCase.nobody)
    let later = try test.journal("later", boot: JournalCase.boot2)
    let stand = try later.record(
      [test.fired("a"), test.transition(.fired, latched(test))], recipients: JournalCase.mail)
    #expect(stand.map(\.id) == ["a-2", "memory-emergency-2"])
    #expect(later.deliveryTallies(at: test.now)["mail"]?.pending == 2)
  }

  @Test("what is left of a process of an earlier boot can be accepted, and is over then")
  func processOfEarlierBoot() throws {
    let test = try JournalCase()
    let alert = latched(test, subject: .process(pid: 812, startTicks: 99))
    try test.journal().record([test.transition(.fired, alert)], recipients: JournalCase.nobody)
    let later = try test.journal("later", boot: JournalCase.boot2)
    var accepted = try #require(try later.openAlerts(at: test.now).first?.alert)
    accepted.acknowledgedBy = "pi"
    accepted.state = .acknowledged
    try later.record([test.transition(.acknowledged, accepted)], recipients: JournalCase.nobody)
    #expect(try later.openAlerts(at: test.now).map(\.alert.acknowledgedBy) == ["pi"])
    try later.closeDead(at: test.now, recipients: JournalCase.nobody) { pid, _ in pid == 812 }
    #expect(try later.openAlerts(at: test.now).isEmpty)
    #expect(
      Set(try later.history(JournalSearch(), at: test.now).map(\.alert.id)) == [
        "memory-emergency-1"
      ])
  }

  @Test("a process of another container stays that container's to judge, whoever accepts its alert")
  func processOfContainer() throws {
    let test = try JournalCase()
    let alert = latched(test, subject: .process(pid: 812, startTicks: 99))
    try test.journal().record([test.transition(.fired, alert)], recipients: JournalCase.nobody)
    let container = try test.journal(
      "other", boot: BootIdentity(boot: JournalCase.boot.boot, numbering: "2", host: "orin"))
    var accepted = try #require(try container.openAlerts(at: test.now).first?.alert)
    accepted.acknowledgedBy = "pi"
    try container.record(
      [test.transition(.acknowledged, accepted)], recipients: JournalCase.nobody)
    try container.closeDead(at: test.now, recipients: JournalCase.nobody) { _, _ in true }
    #expect(try container.openAlerts(at: test.now).map(\.alert.acknowledgedBy) == ["pi"])
  }
}
