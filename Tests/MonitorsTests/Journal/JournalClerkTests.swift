import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Keeping the journal") struct JournalClerkTests {
  @Test("what is handed in comes back with its id, its serial and where it is kept")
  func news() throws {
    var desk = ClerkDesk(try JournalCase())
    desk.fire("a")
    desk.fire("b")
    let news = desk.news()
    #expect(news?.through == 2)
    #expect(news?.alerts.map(\.id) == ["a-1", "b-1"])
    #expect(news?.history.map(\.alert.id) == ["b-1", "a-1"])
    #expect(news?.words == "private to pi")
    desk.pass(1)
    #expect(desk.news() == nil)
  }

  @Test("a screen that begins later learns what is open and what happened")
  func later() throws {
    let test = try JournalCase()
    var one = ClerkDesk(test)
    one.fire("a")
    one.clerk.take(.record([test.transition(.acknowledged, acknowledged(test), by: "anna")]))
    one.clerk.work()
    var other = ClerkDesk(test)
    other.clerk.take(.look)
    other.clerk.work()
    let news = other.news()
    #expect(news?.alerts.map(\.acknowledgedBy) == ["anna"])
    #expect(news?.history.map(\.kind) == [.acknowledged, .fired])
    #expect(news?.through == 0)
    other.fire("a")
    let again = other.news()
    #expect(again?.alerts.map(\.id) == ["a-1"])
    #expect(again?.through == 1)
    #expect(again?.history.count == 2)
  }

  private func acknowledged(_ test: JournalCase) -> Alert {
    var alert = test.alert("a")
    alert.acknowledgedBy = "anna"
    alert.state = .acknowledged
    return alert
  }

  @Test("an acknowledgement by another program is news as soon as it is written, and only once")
  func others() throws {
    let test = try JournalCase()
    var desk = ClerkDesk(test)
    desk.fire("a")
    _ = desk.news()
    desk.pass(1)
    desk.pass(6)
    #expect(desk.clerk.file == nil)
    try {
      let other = try test.journal("other")
      try other.perform(.acknowledge, on: "a-1", by: "ben", at: test.now)
    }()
    desk.clerk.work()
    #expect(desk.news()?.alerts.map(\.acknowledgedBy) == ["ben"])
    for _ in 0..<5 { desk.pass(1) }
    #expect(desk.news() == nil)
  }

  @Test("E1: where nothing can be written it goes on in memory, says so, and catches up in order")
  func unwritable() throws {
    let test = try JournalCase()
    let blocked = JournalPlace(test.folder.path + "/below/perftop", owner: "pi", isLocal: true)
    try OutputFile(test.folder.path + "/below").append([1])
    var desk = ClerkDesk(test, blocked)
    let begin = test.now
    desk.fire("a")
    desk.pass(0.5)
    desk.fire("b")
    var news = desk.news()
    #expect(news?.words.hasPrefix("failing: ") == true)
    #expect(news?.through == 2)
    #expect(news?.alerts.map(\.id) == ["a-1", "b-1"])
    #expect(news?.history.count == 2)
    unlink(test.folder.path + "/below")
    desk.pass(40)
    news = desk.news()
    #expect(news?.words == "private to pi")
    #expect(news?.history.map(\.alert.id) == ["b-1", "a-1"])
    let journal = try #require(
      try AlertJournal(blocked, boot: desk.clerk.boot, writer: "other"))
    let kept = try journal.history(JournalSearch(), at: test.now)
    #expect(kept.map(\.alert.id) == ["b-1", "a-1"])
    #expect(kept.last?.at.nanoseconds == begin.nanoseconds)
  }

  @Test("what was sent while the file could not be written is not sent again")
  func sentFromMemory() throws {
    let test = try JournalCase()
    let blocked = JournalPlace(test.folder.path + "/below/perftop", owner: "pi", isLocal: true)
    try OutputFile(test.folder.path + "/below").append([1])
    var desk = ClerkDesk(test, blocked)
    desk.fire("a")
    desk.fire("b")
    let memory = try #require(desk.clerk.memory)
    let claimed = memory.claimDeliveries(
      channels: ["mail"], owner: "me", lease: 3600, at: test.now, limit: 10)
    #expect(claimed.count == 2)
    desk.clerk.take(.settle([claimed[0].id: .sent]))
    unlink(test.folder.path + "/below")
    desk.pass(40)
    desk.clerk.take(.settle([claimed[1].id: .sent]))
    desk.clerk.work()
    let tally = desk.clerk.file?.deliveryTallies(at: test.now)["mail"]
    #expect(tally?.sent == 2)
    #expect(tally?.pending == 0)
  }

  @Test("what piles up while nothing can be written has a bound, and what is lost is counted")
  func backlog() throws {
    let test = try JournalCase()
    try OutputFile(test.folder.path + "/below").append([1])
    var desk = ClerkDesk(test, JournalPlace(test.folder.path + "/below/perftop", isLocal: true))
    for round in 0..<9 {
      desk.clerk.take(
        .record((0..<500).map { test.fired("a", "\(round) \($0)", serial: UInt64($0 + 1)) }))
    }
    desk.clerk.work()
    #expect(desk.clerk.backlog.count == 4096)
    unlink(test.folder.path + "/below")
    desk.pass(40)
    #expect(desk.news()?.remark == "404 entries were lost while it could not be written")
    #expect(desk.clerk.backlog.isEmpty)
  }

  static let accidents = ["rm", "mv", "truncate", "cp", "rm -r"]
  static let idleness = [0.0, 6.0]

  @Test(
    "E4: a file that is removed, renamed, emptied or replaced is noticed",
    arguments: accidents, idleness)
  func accident(_ accident: String, _ idle: Double) throws {
    let test = try JournalCase()
    let place = JournalPlace(test.folder.path + "/state", owner: "pi", isLocal: true)
    var desk = ClerkDesk(test, place)
    desk.fire("a")
    desk.pass(idle)
    desk.pass(idle)
    _ = desk.news()
    let path = place.path + "/alerts.db"
    switch accident {
    case "rm": unlink(path)
    case "mv": rename(path, path + ".away")
    case "truncate": truncate(path, 0)
    case "rm -r": DirectoryTree.remove(place.path)
    default:
      let other = try JournalCase()
      try { _ = try other.journal().record([other.fired("x")], recipients: JournalCase.nobody) }()
      let run = ProgramRun(["cp", other.folder.path + "/alerts.db", path])
      #expect(run.code == 0)
    }
    desk.pass(1)
    desk.fire("b")
    desk.pass(40)
    let news = desk.news()
    #expect(news?.words == "private to pi")
    let journal = try #require(try AlertJournal(place, boot: desk.clerk.boot, writer: "other"))
    let history = try journal.history(JournalSearch(), at: test.now).map(\.alert.rule)
    // What was only in the log of an open file is not lost with the file's content, and no word is lost on it.
    #expect(news?.remark != nil || Set(history) == ["a", "b"])
    let open = try journal.openAlerts(at: test.now).map(\.alert.rule)
    #expect(Set(open).isSuperset(of: ["a", "b"]))
    try journal.examine()
  }

  @Test("a file that another program holds is waited for, and then written in order")
  func locked() throws {
    let test = try JournalCase()
    var desk = ClerkDesk(test)
    desk.fire("a")
    let holder = try Database(test.folder.path + "/alerts.db")
    try holder.run("BEGIN IMMEDIATE")
    desk.fire("b")
    #expect(desk.news()?.words == "failing: another program holds the file")
    try holder.run("ROLLBACK")
    desk.pass(40)
    #expect(desk.news()?.words == "private to pi")
    #expect(try test.journal().openAlerts(at: test.now).map(\.alert.id) == ["a-1", "b-1"])
  }

  @Test("C16: a pause of 20 s changes nothing and begins nothing anew")
  func pause() throws {
    let test = try JournalCase()
    var desk = ClerkDesk(test)
    desk.fire("a")
    _ = desk.news()
    desk.pass(20)
    #expect(desk.news() == nil)
    desk.fire("a")
    let news = desk.news()
    #expect(news?.alerts.map(\.id) == ["a-1"])
    #expect(news?.history.count == 1)
  }

  @Test("who is told of an alert is told of its end, whoever closes it: a screen, or a command")
  func foreignEnd() throws {
    let test = try JournalCase()
    var desk = ClerkDesk(test)
    let alert = test.alert("a", subject: .process(pid: 999_999_999, startTicks: 1))
    desk.clerk.plan.recipients = { transition in
      transition.kind.isEnd ? (transition.told ?? []).sorted() : ["mail"]
    }
    desk.clerk.take(.record([test.transition(.fired, alert, serial: 1)]))
    desk.clerk.work()
    let other = try test.journal("alerts 1", boot: desk.clerk.boot)
    try other.closeDead(at: test.now, recipients: JournalCase.nobody) { _, _ in true }
    #expect(other.deliveryTallies(at: test.now)["mail"]?.pending == 1)
    desk.pass(1)
    desk.pass(1)
    #expect(other.deliveryTallies(at: test.now)["mail"]?.pending == 2)
    #expect(desk.news()?.history.first?.kind == .ended)
  }

  @Test("an alert about a process that has ended is closed when nobody else does")
  func deadProcess() throws {
    let test = try JournalCase()
    var desk = ClerkDesk(test)
    let alert = test.alert("a", subject: .process(pid: 999_999_999, startTicks: 1))
    let processes = FakeProcesses()
    processes.refuse(999_999_999, with: ESRCH)
    let files = FakeFiles()
    files.write("/proc/sys/kernel/random/boot_id", "this-boot\n")
    desk.clerk = JournalClerk(
      desk.clerk.plan, host: Host.fake(files: files, time: test.time, processes: processes),
      desk.outlets)
    desk.clerk.take(.record([test.transition(.fired, alert, serial: 1)]))
    desk.clerk.work()
    desk.pass(25)
    desk.pass(25)
    #expect(desk.news()?.history.first?.kind == .ended)
    #expect(try test.journal().openAlerts(at: test.now).isEmpty)
  }

  @Test("who may only look at the directory, and locks it, holds nothing up")
  func onlooker() throws {
    let test = try JournalCase()
    let directory = Glibc.open(test.folder.path, O_RDONLY | O_DIRECTORY)
    defer { close(directory) }
    #expect(flock(directory, LOCK_EX | LOCK_NB) == 0)
    var desk = ClerkDesk(test)
    desk.fire("a")
    #expect(desk.news()?.words == "private to pi")
    #expect(try test.journal().openAlerts(at: test.now).map(\.alert.id) == ["a-1"])
  }

  @Test(
    "where the file can't be made for long it goes on in memory, says so, and owes what is owed")
  func notMade() throws {
    let test = try JournalCase()
    let file = Glibc.open(
      test.folder.path + "/alerts.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(file) }
    #expect(flock(file, LOCK_EX | LOCK_NB) == 0)
    var desk = ClerkDesk(test)
    desk.fire("a")
    #expect(desk.news()?.words == "failing: another program holds the file")
    let memory = try #require(desk.clerk.memory)
    #expect(memory.deliveryTallies(at: test.now)["mail"]?.pending == 1)
    let claimed = memory.claimDeliveries(
      channels: ["mail"], owner: "me", lease: 3600, at: test.now, limit: 10)
    desk.clerk.take(.settle([claimed[0].id: .sent]))
    desk.pass(40)
    #expect(desk.clerk.memory?.deliveryTallies(at: test.now)["mail"]?.sent == 1)
    flock(file, LOCK_UN)
    desk.pass(40)
    #expect(desk.news()?.words == "private to pi")
    let tally = try test.journal().deliveryTallies(at: test.now)["mail"]
    #expect(tally?.sent == 1 && tally?.pending == 0)
  }

  @Test("a lock that was planted is not opened", arguments: AlertJournalTests.traps)
  func plantedLock(_ trap: String) throws {
    let test = try JournalCase()
    let victim = try TemporaryDirectory()
    let path = test.folder.path + "/alerts.lock"
    switch trap {
    case "symlink": symlink(victim.path + "/made", path)
    case "hardlink":
      try OutputFile(victim.path + "/file").append([1])
      link(victim.path + "/file", path)
    case "fifo": mkfifo(path, 0o600)
    default: mkdir(path, 0o700)
    }
    var desk = ClerkDesk(test)
    desk.fire("a")
    #expect(desk.news()?.words.hasPrefix("failing: ") == true)
    #expect(!victim.names().contains("made"))
  }

  @Test("a file that is not there yet is not asked for every 2 s once it is made")
  func firstRun() throws {
    let test = try JournalCase()
    let path = test.folder.path + "/state/perftop"
    var desk = ClerkDesk(test, JournalPlace(path, owner: "pi"))
    #expect(!desk.clerk.isPolling)
    desk.fire("a")
    #expect(desk.clerk.isPolling == (FilesystemKind(of: path) == .network))
    let other = test.folder.path + "/other/perftop"
    var elsewhere = ClerkDesk(test, JournalPlace(other, owner: "pi", isLocal: false))
    elsewhere.fire("a")
    #expect(elsewhere.clerk.isPolling)
  }

  @Test("what is only in memory has a bound, however long it goes on")
  func onlyMemory() throws {
    let test = try JournalCase()
    var desk = ClerkDesk(test, nil, isKept: false)
    for number in 0..<6000 {
      let label = String(number)
      desk.clerk.take(
        .record([
          test.transition(.fired, test.alert("a", label), serial: UInt64(2 * number + 1)),
          test.ended("a", label),
        ]))
      if number % 100 == 0 { desk.clerk.work() }
    }
    desk.clerk.work()
    let memory = try #require(desk.clerk.memory)
    for table in ["events", "alerts", "deliveries"] {
      let rows = try memory.database.integer("SELECT count(*) FROM \(table)") ?? 0
      #expect(rows > 1000 && rows < 5000, "\(table)")
    }
    #expect(desk.news()?.history.first?.alert.label == "5999")
  }

  @Test("an emergency of an earlier boot that is accepted here is over, and is not begun anew")
  func latchedBefore() throws {
    let test = try JournalCase()
    var latched = test.alert("memory-emergency", severity: .emergency)
    latched.isLatched = true
    latched.group = "memory"
    try {
      let journal = try test.journal(boot: BootIdentity(boot: "earlier"))
      try journal.record([test.transition(.fired, latched)], recipients: JournalCase.nobody)
    }()
    var desk = ClerkDesk(test)
    desk.clerk.take(.look)
    desk.clerk.work()
    var day = AlertsDay()
    day.seconds = test.now.seconds
    day.wall = Double(test.now.wall) / 1e9
    day.tick()
    var serial: UInt64 = 0
    func exchange() {
      if let news = desk.news() { day.monitor.learn(news, at: day.now) }
      let told = day.monitor.stamp(from: &serial)
      if !told.isEmpty { desk.clerk.take(.record(told)) }
      desk.clerk.work()
      if let news = desk.news() { day.monitor.learn(news, at: day.now) }
    }
    exchange()
    for _ in 0..<150 {
      day.tick(AlertsLifeTests.flowing)
      test.time.advance(by: 1)
      exchange()
    }
    #expect(day.alert("memory-emergency")?.id == "memory-emergency-1")
    #expect(day.perform(.acknowledge("memory-emergency-1"))?.hasPrefix("acknowledged") == true)
    exchange()
    let journal = try test.journal()
    #expect(try journal.openAlerts(at: test.now).map(\.alert.id) == [])
    let ids = try journal.history(JournalSearch(limit: 1000), at: test.now).map(\.alert.id)
    #expect(Set(ids) == ["memory-emergency-1"])
  }
}
