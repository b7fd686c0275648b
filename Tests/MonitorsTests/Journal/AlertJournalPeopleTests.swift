import TestSupport
import Testing

@testable import Monitors

@Suite("What a person does to an alert from outside of a screen") struct AlertJournalPeopleTests {
  private func refusal(_ body: () throws -> Void) -> JournalRefusal? {
    thrown(JournalRefusal.self, by: body)
  }

  @Test("who, when and what is kept, and can be taken back in its turn")
  func deeds() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.nobody)
    let id = "memory-high-1"
    let accepted = try journal.perform(.acknowledge, on: id, by: "pi", at: test.now)
    #expect(accepted.state == .acknowledged)
    #expect(accepted.acknowledgedAt == test.now)
    let shelved = try journal.perform(.shelve(seconds: 600), on: id, by: "anna", at: test.now)
    #expect(shelved.state == .shelved)
    #expect(shelved.shelvedUntil?.seconds(since: test.now) == 600)
    #expect(try journal.perform(.undo, on: id, by: "pi", at: test.now).state == .acknowledged)
    #expect(try journal.perform(.undo, on: id, by: "pi", at: test.now).state == .firing)
    let history = try journal.history(JournalSearch(), at: test.now)
    #expect(history.map(\.kind) == [.undone, .undone, .shelved, .acknowledged, .fired])
    #expect(history.map(\.by) == ["pi", "pi", "anna", "pi", nil])
  }

  @Test("what makes no sense is refused in a sentence")
  func refusals() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired(), test.fired("cpu-high")], recipients: JournalCase.nobody)
    #expect(
      refusal { _ = try journal.perform(.acknowledge, on: "memory-hihg-1", by: "pi", at: test.now) }
        == .unknown(near: "memory-high-1"))
    #expect(
      refusal { _ = try journal.perform(.undo, on: "cpu-high-1", by: "pi", at: test.now) }
        == .refused("it is neither acknowledged nor shelved"))
    try journal.perform(.acknowledge, on: "cpu-high-1", by: "pi", at: test.now)
    #expect(
      refusal { _ = try journal.perform(.acknowledge, on: "cpu-high-1", by: "anna", at: test.now) }
        == .refused("already acknowledged by pi"))
    try journal.record([test.ended("cpu-high")], recipients: JournalCase.nobody)
    #expect(
      refusal { _ = try journal.perform(.note("x"), on: "cpu-high-1", by: "pi", at: test.now) }
        == .refused("it is over"))
  }

  @Test("what is taken back is what holds now, and not a shelf whose time is over")
  func expiredShelf() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired()], recipients: JournalCase.nobody)
    let id = "memory-high-1"
    try journal.perform(.shelve(seconds: 60), on: id, by: "anna", at: test.now)
    test.time.advance(by: 60)
    try journal.perform(.acknowledge, on: id, by: "pi", at: test.now)
    let undone = try journal.perform(.undo, on: id, by: "pi", at: test.now)
    #expect(undone.state == .firing)
    #expect(undone.acknowledgedBy == nil && undone.shelvedBy == nil)
    #expect(
      refusal { _ = try journal.perform(.undo, on: id, by: "pi", at: test.now) }
        == .refused("it is neither acknowledged nor shelved"))
    try journal.perform(.shelve(seconds: 60), on: id, by: "anna", at: test.now)
    test.time.advance(by: 60)
    #expect(try journal.perform(.undo, on: id, by: "pi", at: test.now).shelvedBy == nil)
  }
}
