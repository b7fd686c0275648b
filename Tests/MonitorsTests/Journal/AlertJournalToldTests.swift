import TestSupport
import Testing

@testable import Monitors

@Suite("Who is told of what several screens write down") struct AlertJournalToldTests {
  private static let pager: @Sendable (AlertTransition) -> [String] = { _ in ["pager"] }

  private func pending(_ journal: AlertJournal, _ test: JournalCase, _ channel: String = "mail")
    -> Int
  {
    journal.deliveryTallies(at: test.now)[channel]?.pending ?? 0
  }

  static let troubles = [AlertTransition.Kind.fired, .escalated, .repeated]

  @Test("who wrote it first decides for its own channels alone", arguments: troubles)
  func second(_ kind: AlertTransition.Kind) throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try one.record([test.fired()], recipients: JournalCase.nobody)
    var alert = test.alert(severity: kind == .escalated ? .critical : .warning)
    alert.firedAt = test.now
    try one.record([test.transition(kind, alert)], recipients: JournalCase.nobody)
    #expect(pending(one, test) == 0)
    let third = try test.journal("third")
    for journal in [other, third, other] {
      try journal.record([test.transition(kind, alert)], recipients: JournalCase.mail)
    }
    #expect(pending(one, test) == 1)
    try third.record([test.transition(kind, alert)], recipients: Self.pager)
    #expect(pending(one, test, "pager") == 1)
    let told = one.claimDeliveries(
      channels: ["mail"], owner: "one", lease: 30, at: test.now, limit: 10)
    #expect(told.map(\.transition.kind) == [kind])
  }

  @Test("what somebody has accepted, or is over, is told to nobody who comes later")
  func attended() throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try one.record([test.fired("a"), test.fired("b")], recipients: JournalCase.nobody)
    try one.perform(.acknowledge, on: "a-1", by: "anna", at: test.now)
    try other.record([test.fired("a")], recipients: JournalCase.mail)
    #expect(pending(one, test) == 0)
    try one.record([test.ended("b")], recipients: JournalCase.nobody)
    try other.record([learned(test.fired("b"))], recipients: JournalCase.mail)
    #expect(pending(one, test) == 0)
    #expect(try one.openAlerts(at: test.now).map(\.alert.id) == ["a-1"])
  }

  private func learned(_ transition: AlertTransition) -> AlertTransition {
    var transition = transition
    transition.isLearned = true
    return transition
  }

  @Test("what was learned from a journal makes no event, but tells whom it is news to")
  func learning() throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try other.record([learned(test.fired())], recipients: JournalCase.mail)
    #expect(try one.openAlerts(at: test.now).isEmpty)
    try one.record([test.fired()], recipients: JournalCase.nobody)
    for _ in 0..<2 {
      let stand = try other.record([learned(test.fired())], recipients: JournalCase.mail)
      #expect(stand.map(\.id) == ["memory-high-1"])
    }
    #expect(pending(one, test) == 1)
    #expect(try one.historyWords(at: test.now) == ["fired memory-high-1"])
  }

  @Test("the end asks who was told, and where the beginning is unknown nobody says that it is")
  func told() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    var asked: [Set<String>?] = []
    let heard = { (transition: AlertTransition) -> [String] in
      asked.append(transition.told)
      return []
    }
    try journal.record([test.fired()], recipients: { _ in ["mail", "hook"] })
    try journal.record([test.ended()], recipients: heard)
    #expect(asked == [["mail", "hook"]])
    try journal.restore([test.alert("b")])
    try journal.record([test.ended("b")], recipients: heard)
    #expect(asked == [["mail", "hook"], nil])
  }

  @Test("an end that another program wrote is told to those who were told of the beginning, once")
  func foreignEnds() throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try one.record([test.fired("a"), test.fired("b")]) { $0.alert.rule == "a" ? ["mail"] : [] }
    try other.record([test.ended("a"), test.ended("b")], recipients: JournalCase.nobody)
    let events = try one.events(after: 0, limit: 10)
    let asks = { (transition: AlertTransition) in (transition.told ?? []).sorted() }
    #expect(pending(one, test) == 1)
    for _ in 0..<2 { try one.tellEnds(events, at: test.now, recipients: asks) }
    #expect(pending(one, test) == 2)
    // Its own writer has decided that already.
    try other.tellEnds(events, at: test.now, recipients: { _ in ["hook"] })
    #expect(pending(one, test, "hook") == 0)
    test.time.advance(by: 90_000)
    try one.tellEnds(events, at: test.now, recipients: { _ in ["late"] })
    #expect(pending(one, test, "late") == 0)
  }
}
