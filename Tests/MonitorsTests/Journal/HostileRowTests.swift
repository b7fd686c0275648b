import TestSupport
import Testing

@testable import Monitors

/// Whoever may write to the list can write rows that no perftop would, and sum them up rightly.
@Suite("Rows that nobody here has written") struct HostileRowTests {
  static let extremes: [Int64] = [.min, .min + 1, -1, .max - 1, .max]
  static let boots = [JournalCase.boot.boot, JournalCase.boot2.boot]

  private func alert(_ test: JournalCase, _ extreme: Int64) -> Alert {
    let moment = Moment(nanoseconds: extreme, wall: extreme, sequence: .max)
    var alert = test.alert()
    alert.id = "memory-high-1"
    alert = Alert(
      id: alert.id, rule: alert.rule, severity: alert.severity, category: alert.category,
      state: .firing, since: moment, value: 1e308, threshold: -1e308, message: "x")
    alert.firedAt = moment
    alert.clearingSince = moment
    alert.clearsIn = 1e308
    alert.count = .max
    return alert
  }

  private func plant(
    _ journal: AlertJournal, _ test: JournalCase, _ extreme: Int64, boot: String,
    _ change: (inout Alert) -> Void = { _ in }
  ) throws {
    var alert = alert(test, extreme)
    change(&alert)
    let identity = BootIdentity(boot: boot, numbering: "1")
    try journal.write(
      AlertRow(seq: extreme, boot: identity, revision: extreme, alert: alert))
    for seq in [extreme, 1] {
      let moment = Moment(nanoseconds: extreme, wall: extreme)
      try journal.write(
        EventRow(
          seq: seq, alert: extreme, transition: AlertTransition(.fired, at: moment, alert: alert),
          boot: boot, host: "orin", writer: "eve"))
      var owed = DeliveryRow(
        seq: seq, id: "eve-\(seq)", channel: "mail", event: seq, boot: boot, due: extreme,
        time: extreme)
      owed.attempts = .max
      try journal.write(owed)
    }
  }

  /// All that is ever done with a row; only that nothing traps is asked here.
  private func use(_ journal: AlertJournal, _ test: JournalCase) throws {
    let now = test.now
    _ = try? journal.changes(since: .min, at: now)
    let open = try journal.openAlerts(at: now).map(\.alert)
    for alert in open { #expect(abs(now.seconds(since: alert.since)) < 1e10) }
    _ = try? journal.next(["mail"], at: now)
    _ = try? journal.tallies(at: now)
    let claimed = journal.claimDeliveries(
      channels: ["mail"], owner: "one", lease: 30, at: now, limit: 10)
    var outcomes: [String: DeliveryOutcome] = [:]
    for (place, one) in claimed.enumerated() {
      #expect(one.attempts < 10_000_000)
      outcomes[one.id] = place == 0 ? .retry(at: now.later(by: 60), why: "x") : .sent
    }
    try journal.settle(outcomes, by: "one", at: now)
    _ = try? journal.perform(.shelve(seconds: 60), on: "memory-high-1", by: "pi", at: now)
    _ = try? journal.perform(.undo, on: "memory-high-1", by: "pi", at: now)
    _ = try? journal.record([test.fired()], recipients: JournalCase.mail)
    _ = try? journal.record([test.ended()], recipients: JournalCase.mail)
    _ = try? journal.record([test.fired()], recipients: JournalCase.mail)
    _ = try? journal.closeDead(at: now, recipients: JournalCase.mail) { _, _ in true }
    _ = try? journal.forget(olderThanDays: 1, at: now)
    for event in try journal.history(JournalSearch(), at: now) {
      #expect(abs(now.seconds(since: event.at)) < 1e10)
    }
    try journal.examine()
  }

  @Test("moments and counts that no clock and no count ever reaches stop nothing")
  func extremes() throws {
    for extreme in Self.extremes {
      for boot in Self.boots {
        for isOver in [false, true] {
          let test = try JournalCase()
          let journal = try test.journal()
          try plant(journal, test, extreme, boot: boot) { alert in
            let moment = Moment(nanoseconds: extreme, wall: extreme)
            if isOver { alert.ended = moment }
            alert.acknowledgedBy = "eve"
            alert.acknowledgedAt = moment
            alert.shelvedUntil = moment
          }
          try use(journal, test)
        }
      }
    }
  }

  @Test("a screen that learns of them goes on")
  func learnt() throws {
    for extreme in Self.extremes {
      let test = try JournalCase()
      var day = AlertsDay()
      day.tick(busy)
      var alert = alert(test, extreme)
      alert.rule = "cpu-high"
      let journal = try test.journal()
      try plant(journal, test, extreme, boot: JournalCase.boot.boot) { $0 = alert }
      var news = AlertNews()
      news.alerts = try journal.openAlerts(at: day.now).map(\.alert)
      #expect(news.alerts.count == 1)
      day.monitor.learn(news, at: day.now)
      day.run(1200, busy)
      day.run(400)
      #expect(day.alert("cpu-high") == nil)
    }
  }

  @Test("a list that has lost its count is read on")
  func revision() throws {
    let test = try JournalCase()
    for text in [String(Int64.min), String(Int64.max)] {
      try test.journal().database.run(
        "UPDATE facts SET value = ? WHERE name = 'revision'", .text(text))
      var desk = ClerkDesk(test)
      desk.clerk.take(.look)
      desk.clerk.fail(.full, at: test.now)
      desk.fire("a")
      desk.pass(40)
      #expect(desk.news()?.alerts.map(\.rule).contains("a") == true)
    }
  }
}
