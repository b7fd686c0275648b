import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("The journal's own thread") struct JournalDeskTests {
  private static let isLong = getenv("PERFTOP_LONG") != nil

  private func wait(_ descriptor: Int32, _ seconds: Double = 5) {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&request, 1, Int32(seconds * 1000 * Patience.factor))
  }

  private func tool(_ words: String..., within seconds: Double = 30) -> [Substring] {
    ProgramRun([BuiltProgram.journalTool] + words, within: seconds).output
      .split(separator: "\n")
  }

  @Test("nothing is begun, and nothing made, where there is no journal and nothing happens")
  func nothing() throws {
    let folder = try TemporaryDirectory()
    let desk = JournalDesk(JournalPlan(JournalPlace(folder.path + "/state")), host: Host.live())
    desk.begin()
    #expect(!desk.isBusy)
    #expect(folder.names() == [])
    #expect(desk.finish(within: 1))
  }

  @Test("what another program does is known within a second")
  func twoPrograms() throws {
    let test = try JournalCase()
    let host = Host.live()
    let desk = JournalDesk(JournalPlan(test.place), host: host)
    desk.record([test.fired("storm", "7")])
    wait(desk.news.descriptor)
    #expect(desk.news.take()?.alerts.map(\.id) == ["storm-1"])
    #expect(tool("write", test.folder.path, "other", "0", "1") == ["kept 0"])
    let begin = ContinuousClock.now
    var rules: [String] = []
    while rules.isEmpty, begin.duration(to: .now) < .seconds(5) {
      wait(desk.news.descriptor)
      rules += desk.news.take()?.alerts.map(\.rule) ?? []
    }
    #expect(rules == ["other"])
    #expect(begin.duration(to: .now) < .seconds(Patience.factor))
    #expect(desk.finish(within: 5))
  }

  @Test("a courier on another thread claims and settles, and what was handed in last is kept")
  func courier() throws {
    let test = try JournalCase()
    var plan = JournalPlan(test.place)
    plan.recipients = JournalCase.mail
    let desk = JournalDesk(plan, host: Host.live())
    desk.record([test.fired("a"), test.fired("b")])
    wait(desk.deliveriesWaiting.descriptor)
    let now = LiveTime().now()
    let claimed = desk.deliveries.claimDeliveries(
      channels: ["mail"], owner: "courier", lease: 30, at: now, limit: 10)
    #expect(claimed.map(\.transition.alert.id) == ["a-1", "b-1"])
    desk.deliveries.settleDeliveries([claimed[0].id: .sent], at: now)
    #expect(desk.deliveries.deliveryTallies(at: now)["mail"]?.pending == 1)
    desk.search(JournalSearch(words: ["b-1"]))
    wait(desk.answers.descriptor)
    #expect(desk.answers.take()?.found.map(\.alert.id) == ["b-1"])
    desk.record([test.fired("c")])
    #expect(desk.finish(within: 5))
    #expect(try test.journal().openAlerts(at: now).count == 3)
  }

  @Test("E2: however often a writing program is killed, nothing that was kept is lost")
  func killed() throws {
    let test = try JournalCase()
    let kills = Self.isLong ? 100 : 20
    var kept: Set<String> = []
    var next = 0
    for round in 0..<kills {
      let last = 1 + (round * 7) % 23
      let run = ProgramRun(
        [BuiltProgram.journalTool, "write", test.folder.path, "a", String(next), "1000000"],
        within: 20
      ) { line, child in if line == last { child.signal(SIGKILL) } }
      let numbers = run.output.split(separator: "\n").compactMap {
        $0.hasPrefix("kept ") ? Int($0.dropFirst(5)) : nil
      }
      kept.formUnion(numbers.map { String($0) })
      next = (numbers.last ?? next) + 1
    }
    let journal = try test.journal(boot: BootIdentity(Host.live()))
    try journal.examine()
    let labels = Set(try journal.openAlerts(at: test.now).map(\.alert.label))
    #expect(kept.count >= kills)
    #expect(kept.subtracting(labels) == [])
    // What was kept and not said is at most one for each end.
    #expect(labels.count <= kept.count + kills)
  }

  @Test("E6: two programs that write at once lose nothing")
  func twoWriters() throws {
    let test = try JournalCase()
    let count = 150
    let other = Mailbox<[Substring]>()
    let path = test.folder.path
    #expect(
      Threads.start(name: "other") {
        let run = ProgramRun(
          [BuiltProgram.journalTool, "write", path, "b", "0", String(count)], within: 60)
        other.offer(run.output.split(separator: "\n"))
      })
    let lines = tool("write", path, "a", "0", String(count), within: 60)
    wait(other.descriptor, 60)
    #expect(lines.count == count)
    #expect(other.take()?.count == count)
    let journal = try test.journal(boot: BootIdentity(Host.live()))
    let ids = try journal.openAlerts(at: test.now).map(\.alert.id)
    #expect(Set(ids) == Set((1...count).flatMap { ["a-\($0)", "b-\($0)"] }))
  }

  @Test("H3: 200 alerts, killed between keeping and sending: each is sent, under one id")
  func storm() throws {
    let test = try JournalCase()
    let pause = Self.isLong ? "50" : "1"
    var ids: [Substring: Set<Substring>] = [:]
    var next = 0
    func take(_ output: String) {
      for line in output.split(separator: "\n") {
        let words = line.split(separator: " ")
        if words[0] == "kept" { next = (Int(words[1]) ?? next) + 1 }
        if words[0] == "sent" { ids[words[2], default: []].insert(words[1]) }
      }
    }
    var round = 0
    while next < 200, round < 100 {
      round += 1
      let last = 5 + (round * 13) % 29
      take(
        ProgramRun(
          [BuiltProgram.journalTool, "storm", test.folder.path, String(next), "200", pause],
          within: 20
        ) { line, child in if line == last { child.signal(SIGKILL) } }.output)
    }
    take(ProgramRun([BuiltProgram.journalTool, "send", test.folder.path], within: 20).output)
    #expect(round > 5)
    #expect(Set(ids.keys) == Set((0..<200).map { Substring(String($0)) }))
    #expect(ids.values.allSatisfy { $0.count == 1 })
    #expect(Set(ids.values.joined()).count == 200)
  }

  static let mounts = FaultKit.mounts

  @Test(
    "E1: a full disk loses nothing that was kept, and is written to again when there is room",
    .enabled(if: mounts.isAvailable, "needs mounts of its own"))
  func fullDisk() throws {
    let folder = try TemporaryDirectory()
    // One program fills the disk, then there is more room, then another goes on.
    let script = """
      mount -t tmpfs -o size=2m,mode=0700 none "$2" || exit 9
      "$1" write "$2" a 0 100000; "$1" write "$2" b 0 1; mount -o remount,size=8m "$2" || exit 9
      "$1" write "$2" c 0 3
      """
    let run = ProgramRun(
      FaultKit.apart + ["sh", "-c", script, "sh", BuiltProgram.journalTool, folder.path],
      within: 60)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count { $0 == "failed: no room left on the disk" } >= 1)
    #expect(lines.suffix(3) == ["kept 0", "kept 1", "kept 2"])
    #expect(lines.count > 100)
  }
}
