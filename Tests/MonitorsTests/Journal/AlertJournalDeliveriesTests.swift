import TestSupport
import Testing

@testable import Monitors

@Suite("Messages that are owed") struct AlertJournalDeliveriesTests {
  private func claim(_ journal: AlertJournal, _ test: JournalCase, by owner: String = "one")
    -> [Delivery]
  {
    journal.claimDeliveries(
      channels: ["mail", "hook"], owner: owner, lease: 30, at: test.now, limit: 10)
  }

  @Test("each channel is owed one, and who claims it has it to himself until the lease is over")
  func lease() throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try one.record([test.fired()], recipients: { _ in ["mail", "hook"] })
    let claimed = claim(one, test)
    #expect(claimed.map(\.channel) == ["mail", "hook"])
    #expect(Set(claimed.map(\.id)).count == 2)
    #expect(claimed.first?.transition.alert.id == "memory-high-1")
    #expect(claimed.first?.host == "orin")
    #expect(claim(other, test, by: "other").isEmpty)
    #expect(
      one.nextDelivery(channels: ["mail"], at: test.now)?.seconds(since: test.now) == 30)
    test.time.advance(by: 30)
    let again = claim(other, test, by: "other")
    #expect(again.map(\.id) == claimed.map(\.id))
    #expect(again.map(\.attempts) == [0, 0])
  }

  @Test("what is sent late says who has the alert in hand by now")
  func attended() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired("a"), test.fired("b")], recipients: JournalCase.mail)
    let claimed = claim(journal, test)
    #expect(journal.attended(claimed, at: test.now) == claimed)
    _ = try journal.perform(.acknowledge, on: "a-1", by: "ada", at: test.now)
    _ = try journal.perform(.shelve(seconds: 600), on: "b-1", by: "bert", at: test.now)
    let told = journal.attended(claimed, at: test.now)
    #expect(told.map(\.id) == claimed.map(\.id))
    #expect(told.map(\.transition.alert.state) == [.acknowledged, .shelved])
    let batch = DeliveryBatch(channel: "mail", deliveries: told)
    let text = DeliveryText(batch: batch).lines(at: test.now).map(\.text).joined(separator: "\n")
    #expect(text.contains("(a-1), accepted by ada"))
    #expect(text.contains("(b-1), shelved by bert until "))
    #expect(!text.contains("perftop alerts ack"))
  }

  @Test("H3: what somebody held who was killed is free at once, what one holds who lives is not")
  func dead() throws {
    let test = try JournalCase()
    let (one, other) = (try test.journal("one"), try test.journal("other"))
    try one.record([test.fired()], recipients: JournalCase.mail)
    try one.record([test.fired("b")], recipients: { _ in ["hook"] })
    let holders = [7, 8].map { LeaseHolder(pid: $0, startTicks: 5, numbering: "1").owner("x") }
    for (channel, owner) in zip(["mail", "hook"], holders) {
      let claimed = one.claimDeliveries(
        channels: [channel], owner: owner, lease: 30, at: test.now, limit: 10)
      #expect(claimed.count == 1)
    }
    other.isHolderDead = { pid, ticks in pid == 7 && ticks == 5 }
    #expect(claim(other, test, by: "other").map(\.channel) == ["mail"])
    let container = try test.journal(
      boot: BootIdentity(boot: JournalCase.boot.boot, numbering: "2", host: "orin"))
    container.isHolderDead = { _, _ in true }
    #expect(claim(container, test, by: "third").isEmpty)
  }

  @Test("what was sent is never claimed again, what failed is when it is due, with the reason")
  func settling() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: { _ in ["mail", "hook"] })
    let claimed = claim(journal, test)
    journal.settleDeliveries(
      [
        claimed[0].id: .sent,
        claimed[1].id: .retry(at: test.now.later(by: 60), why: "refused"),
      ], at: test.now)
    test.time.advance(by: 59)
    #expect(claim(journal, test).isEmpty)
    test.time.advance(by: 1)
    let again = claim(journal, test)
    #expect(again.map(\.channel) == ["hook"])
    #expect(again.map(\.attempts) == [1])
    #expect(again.first?.lastFailure == "refused")
    let tallies = journal.deliveryTallies(at: test.now)
    #expect(tallies["mail"]?.sent == 1)
    #expect(tallies["hook"]?.pending == 1)
    #expect(tallies["hook"]?.lastFailure == "refused")
    #expect(tallies["hook"]?.oldest != nil)
    journal.settleDeliveries([claimed[1].id: .givenUp(why: "no such host")], at: test.now)
    #expect(journal.deliveryTallies(at: test.now)["hook"]?.givenUp == 1)
    #expect(journal.nextDelivery(channels: ["mail", "hook"], at: test.now) == nil)
  }

  @Test("what was given back can be claimed at once and was not tried")
  func released() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.mail)
    let claimed = claim(journal, test)
    journal.settleDeliveries([claimed[0].id: .released], at: test.now)
    #expect(claim(journal, test).map(\.attempts) == [0])
  }

  @Test("what was claimed or put off before a restart of the machine is due after it")
  func boots() throws {
    let test = try JournalCase()
    try test.journal().record([test.fired()], recipients: JournalCase.mail)
    #expect(try claim(test.journal(), test).count == 1)
    let later = try test.journal(boot: JournalCase.boot2)
    #expect(claim(later, test).count == 1)
  }

  @Test("no id is that of another journal's")
  func uniqueIds() throws {
    let ids = try (0..<3).map { _ in
      let test = try JournalCase()
      let journal = try test.journal()
      try journal.record([test.fired()], recipients: JournalCase.mail)
      return claim(journal, test).first?.id
    }
    #expect(Set(ids).count == 3)
  }

  @Test("an id is not given out again when what had it is forgotten")
  func forgottenIds() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired(), test.ended()], recipients: JournalCase.mail)
    let first = claim(journal, test).map(\.id)
    journal.settleDeliveries(
      Dictionary(uniqueKeysWithValues: first.map { ($0, .sent) }), at: test.now)
    for round in 0..<21 {
      let many = (0..<50).map { test.fired("b", "\(round) \($0)") }
      try journal.record(many, recipients: JournalCase.nobody)
    }
    test.time.advance(by: 31 * 86_400)
    try journal.forget(olderThanDays: 30, at: test.now)
    #expect(try journal.deliveries("", []).isEmpty)
    try journal.record([test.fired("c")], recipients: JournalCase.mail)
    let again = claim(journal, test).map(\.id)
    #expect(again.count == 1 && Set(again).isDisjoint(with: first))
  }

  @Test("H3: who lost his claim to another one says nothing of it but that it has arrived")
  func owners() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.mail)
    let id = try #require(claim(journal, test, by: "slow").first?.id)
    test.time.advance(by: 30)
    #expect(claim(journal, test, by: "quick").map(\.id) == [id])
    journal.settleDeliveries([id: .released], by: "slow", at: test.now)
    journal.settleDeliveries([id: .givenUp(why: "no")], by: "slow", at: test.now)
    #expect(claim(journal, test, by: "third").isEmpty)
    #expect(journal.deliveryTallies(at: test.now)["mail"]?.pending == 1)
    journal.settleDeliveries([id: .sent], by: "slow", at: test.now)
    #expect(journal.deliveryTallies(at: test.now)["mail"]?.sent == 1)
  }

  @Test("after a restart of the machine a message says how long ago it was, on the new clock")
  func placed() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.mail)
    let now = Moment(nanoseconds: 5_000_000_000, wall: test.now.wall + 3600 * 1_000_000_000)
    let later = try test.journal(boot: JournalCase.boot2)
    #expect(later.deliveryTallies(at: now)["mail"]?.oldest.map { now.seconds(since: $0) } == 3600)
    let claimed = later.claimDeliveries(
      channels: ["mail"], owner: "one", lease: 30, at: now, limit: 10)
    let transition = try #require(claimed.first?.transition)
    #expect(now.seconds(since: transition.at) == 3600)
    #expect(transition.alert.firedAt.map { now.seconds(since: $0) } == 3600)
  }

  @Test("what is put off was not tried, and is no failure")
  func putOff() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.mail)
    let id = try #require(claim(journal, test).first?.id)
    journal.settleDeliveries([id: .putOff(until: test.now.later(by: 60))], at: test.now)
    #expect(journal.deliveryTallies(at: test.now)["mail"]?.lastFailure == nil)
    #expect(claim(journal, test).isEmpty)
    test.time.advance(by: 60)
    let again = try #require(claim(journal, test).first)
    #expect(again.isPutOff && again.attempts == 0 && again.lastFailure == nil)
  }
}
