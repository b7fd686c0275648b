import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Journals that are damaged") struct JournalSalvageTests {
  static let copies = getenv("PERFTOP_LONG") == nil ? 60 : 500

  private func fill(_ test: JournalCase) throws {
    let journal = try test.journal()
    for number in 0..<40 {
      test.time.advance(by: 1)
      try journal.record([test.fired("a", String(number))], recipients: JournalCase.mail)
      let id = "a-\(number + 1)"
      try journal.perform(.note("round \(String(number))"), on: id, by: "pi", at: test.now)
    }
    #expect(test.folder.names().contains("alerts.db-wal"))
    // As a program leaves it that was killed.
    for name in test.folder.names() { try copy(test.folder.path, name, to: name + ".kept") }
  }

  private func copy(_ folder: String, _ name: String, to other: String) throws {
    let bytes = try read("\(folder)/\(name)")
    let file = try OutputFile("\(folder)/\(other)")
    try file.append(bytes[...])
    file.close()
  }

  private func read(_ path: String) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 4_000_000)
    let count = try buffer.withUnsafeMutableBytes { try LiveFiles().read(path, in: nil, into: $0) }
    return Array(buffer[..<count])
  }

  private func restore(_ test: JournalCase) throws {
    for name in test.folder.names() where !name.hasSuffix(".kept") {
      unlink("\(test.folder.path)/\(name)")
    }
    for name in test.folder.names() {
      try copy(test.folder.path, name, to: String(name.dropLast(5)))
    }
  }

  private func mutate(_ path: String, _ noise: inout SeededNoise) throws {
    var bytes = try read(path)
    guard !bytes.isEmpty else { return }
    let place = Int(noise.next() % UInt64(bytes.count))
    switch noise.next() % 4 {
    case 0: bytes.removeLast(bytes.count - place)
    case 1: for index in place..<min(bytes.count, place + 512) { bytes[index] = 0 }
    default: bytes[place] ^= UInt8(1 << (noise.next() % 8))
    }
    unlink(path)
    let file = try OutputFile(path)
    try file.append(bytes[...])
    file.close()
  }

  /// What a clerk makes of it: either nothing was wrong with what is shown, or it says that something was.
  private func examine(_ test: JournalCase) -> (words: [String], remark: Printable?) {
    let outlets = JournalClerk.Outlets(news: Mailbox(), answers: Mailbox(), waiting: Mailbox())
    let host = Host.fake(files: FakeFiles(), time: test.time)
    var clerk = JournalClerk(JournalPlan(test.place), host: host, outlets)
    clerk.take(.look)
    clerk.take(.search(JournalSearch(limit: 1000)))
    clerk.work()
    clerk.take(.record([test.fired("after")]))
    clerk.work()
    let news = outlets.news.take()
    let found = outlets.answers.take()?.found ?? []
    let words = found.map { "\($0.kind) \($0.alert.id) \($0.alert.note ?? "") \($0.at.wall)" }
    #expect(news?.alerts.contains { $0.rule == "after" } == true)
    return (words, news?.remark)
  }

  @Test("E3: whatever bytes of the files are wrong, nothing crashes and nothing wrong is shown")
  func mutated() throws {
    let test = try JournalCase()
    try fill(test)
    let whole = Set(examine(test).words)
    #expect(whole.count == 80)
    var noise = SeededNoise(seed: 3)
    var noticed = 0
    for round in 0..<Self.copies {
      try restore(test)
      let name = ["alerts.db", "alerts.db-wal", "alerts.db", "alerts.db-shm"][round % 4]
      try mutate("\(test.folder.path)/\(name)", &noise)
      let (words, remark) = examine(test)
      #expect(Set(words).subtracting(whole) == [], "round \(round), \(name)")
      if remark != nil {
        noticed += 1
        #expect(test.folder.names().contains { $0.contains(".corrupt-") })
      }
    }
    #expect(noticed > Self.copies / 10)
  }

  @Test("E3: one bad entry costs that entry; the rest is in a new file, the old one lies beside it")
  func oneRow() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    for number in 0..<20 {
      try journal.record([test.fired("a", String(number))], recipients: JournalCase.mail)
    }
    try journal.database.runAll(
      "UPDATE events SET body = replace(body, 'memory 83', 'memory 84') WHERE seq = 7")
    let error = thrown(JournalError.self) { try journal.examine() }
    #expect(error == .damaged("rows that are not what was written"))
    let remark = try #require(try JournalSalvage.replace(test.place, at: test.now))
    #expect(remark.text.contains("19 entries were saved, some are lost"))
    let fresh = try test.journal()
    #expect(try fresh.history(JournalSearch(), at: test.now).count == 19)
    #expect(try fresh.openAlerts(at: test.now).count == 20)
    #expect(fresh.deliveryTallies(at: test.now)["mail"]?.pending == 20)
    let next = try fresh.record([test.fired("a", "x")], recipients: JournalCase.nobody)
    #expect(next.first?.id == "a-21")
    #expect(!journal.isInPlace)
    #expect(try JournalSalvage.replace(test.place, at: test.now) == nil)
  }

  @Test("a file of something else is moved aside, and not written into")
  func foreign() throws {
    let test = try JournalCase()
    let text = "these are no alerts\n"
    try OutputFile(test.folder.path + "/alerts.db").append(Array(text.utf8)[...])
    let (_, remark) = examine(test)
    #expect(remark?.text.contains("damaged") == true)
    let aside = try #require(test.folder.names().first { $0.contains(".corrupt-") })
    #expect(test.folder.text(aside) == text)
  }

  @Test("what another program writes while the file is replaced is refused, and not lost")
  func commitInBetween() throws {
    let test = try JournalCase()
    let journal = try test.journal()
    try journal.record([test.fired("a")], recipients: JournalCase.mail)
    try journal.database.runAll("UPDATE events SET body = replace(body, '83', '84')")
    let other = try test.journal("other")
    try other.database.runAll("PRAGMA busy_timeout = 50")
    var refusal: JournalError?
    let remark = try JournalSalvage.replace(test.place, at: test.now) {
      refusal = thrown(JournalError.self) {
        try other.record([test.fired("b")], recipients: JournalCase.mail)
      }
    }
    #expect(remark != nil)
    #expect(refusal == .locked)
    let later = thrown(JournalError.self) {
      try other.record([test.fired("b")], recipients: JournalCase.mail)
    }
    #expect(later == .moved)
    let fresh = try test.journal("other")
    try fresh.record([test.fired("b")], recipients: JournalCase.mail)
    #expect(try test.journal().openAlerts(at: test.now).map(\.alert.id) == ["a-1", "b-1"])
  }
}
