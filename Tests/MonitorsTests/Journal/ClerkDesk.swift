import TestSupport

@testable import Monitors

/// A clerk with a hand on its clock.
struct ClerkDesk {
  let test: JournalCase
  let outlets = JournalClerk.Outlets(news: Mailbox(), answers: Mailbox(), waiting: Mailbox())
  var clerk: JournalClerk
  var serial: UInt64 = 0

  init(_ test: JournalCase, _ place: JournalPlace? = nil, isKept: Bool = true) {
    self.test = test
    var plan = JournalPlan(isKept ? place ?? test.place : nil)
    plan.recipients = JournalCase.mail
    let files = FakeFiles()
    files.write("/proc/sys/kernel/random/boot_id", "this-boot\n")
    clerk = JournalClerk(plan, host: Host.fake(files: files, time: test.time), outlets)
  }

  mutating func fire(_ rule: String) {
    serial += 1
    clerk.take(.record([test.fired(rule, serial: serial)]))
    clerk.work()
  }

  mutating func pass(_ seconds: Double) {
    test.time.advance(by: seconds)
    clerk.work()
  }

  func news() -> AlertNews? { outlets.news.take() }
}

extension AlertNews {
  /// Where the list is kept, and how it does.
  var words: String {
    switch standing {
    case .none: "none"
    case .shared: "shared"
    case .isPrivate(_, let owner): "private to \(owner)"
    case .failing(let why, _): "failing: \(why)"
    }
  }
}
