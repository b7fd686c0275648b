import Glibc
import Monitors
import TestSupport
import Testing

@Suite("The roster of all processes")
struct RosterProbeTests {
  @Test("the first one has everybody but perftop itself, with name, owner, state and memory")
  func first() throws {
    var worker = FakeProcess.worker(42)
    worker.state = "R"
    worker.threads = 3
    worker.parent = 12
    worker.pages = 1000
    let watching = RosterWatching([worker, .sleeper(100_000), .sleeper(12)])
    let roster = try #require(watching.tick())
    #expect(roster.rows.map(\.identity.pid) == [12, 42, 100_000])
    let row = try #require(roster[42])
    #expect(row.facts.name == "robot" && row.facts.user == "robot" && row.facts.uid == 1000)
    #expect(row.state == "R" && row.threads == 3 && row.parent == 12)
    #expect(row.resident.count == 1000 * Int64(sysconf(Int32(_SC_PAGESIZE))))
    #expect(row.cpu == nil && row.growth == nil && row.facts.refusal == nil)
    #expect(row.identity.startTicks == 5000)
  }

  @Test("processor time is a share of one processor since the reading before")
  func cpu() {
    var worker = FakeProcess.worker(42)
    let watching = RosterWatching([worker])
    watching.tick()
    worker.cpu += 50
    watching.put(worker)
    #expect(watching.tick()?[42]?.cpu == 0.5)
    worker.cpu += 300
    watching.put(worker)
    #expect(watching.tick(after: 2)?[42]?.cpu == 1.5)
    #expect(watching.tick()?[42]?.cpu == 0)
  }

  @Test("C11: a counter that goes backwards gives no share, and the next one is right again")
  func backwards() {
    var worker = FakeProcess.worker(42)
    let watching = RosterWatching([worker])
    watching.tick()
    worker.cpu = 5
    watching.put(worker)
    let row = watching.tick()?[42]
    #expect(row != nil && row?.cpu == nil)
    worker.cpu = 25
    watching.put(worker)
    #expect(watching.tick()?[42]?.cpu == 0.2)
  }

  @Test(
    "who has never run is looked at every five seconds, and then it is enough to see that it still has not"
  )
  func sleepers() {
    let pids = Array<Int32>(100..<150)
    let watching = RosterWatching(pids.map { .sleeper($0) })
    watching.tick()
    for _ in 0..<20 { watching.tick() }
    let stats = { pids.map { watching.files.reads(of: "/proc/\($0)/stat") } }
    let runs = { pids.map { watching.files.reads(of: "/proc/\($0)/schedstat") } }
    let (before, runsBefore) = (stats(), runs())
    var perTick: [Int] = []
    for _ in 0..<10 {
      let seen = runs().reduce(0, +) + stats().reduce(0, +)
      watching.tick()
      perTick.append(runs().reduce(0, +) + stats().reduce(0, +) - seen)
    }
    #expect(zip(runs(), runsBefore).allSatisfy { $0 - $1 == 2 })
    #expect(stats().reduce(0, +) - before.reduce(0, +) <= 10)
    #expect((perTick.max() ?? 0) <= 20, "spread over the ticks: \(perTick)")
    #expect(watching.tick()?.rows.allSatisfy { $0.cpu == 0 } == true)
  }

  @Test(
    "who wakes is seen within five seconds, whichever second it is, and is read each second from then on"
  )
  func waking() throws {
    for second in 0..<5 {
      var sleepers = (0..<10).map { FakeProcess.sleeper(100 + $0) }
      let watching = RosterWatching(sleepers)
      for _ in 0..<(30 + second) { watching.tick() }
      for index in sleepers.indices {
        sleepers[index].cpu += 100
        sleepers[index].turns += 7
        watching.put(sleepers[index])
      }
      var late = Set(sleepers.map(\.pid))
      for _ in 0..<5 {
        let rows = watching.tick()?.rows ?? []
        for row in rows where (row.cpu ?? 0) > 0 { late.remove(row.identity.pid) }
      }
      #expect(late == [])
      sleepers[3].cpu += 20
      watching.put(sleepers[3])
      #expect(watching.tick()?[103]?.cpu == 0.2)
    }
  }

  @Test("who falls asleep is read less and less often, and once in five seconds after a minute")
  func fallingAsleep() {
    var worker = FakeProcess.worker(42)
    worker.threads = 4
    let watching = RosterWatching([worker])
    for _ in 0..<10 { watching.tick() }
    let reads = { watching.files.reads(of: "/proc/42/stat") }
    #expect(reads() == 10)
    for _ in 0..<80 { watching.tick() }
    let rested = reads()
    for _ in 0..<25 { watching.tick() }
    #expect((5...6).contains(reads() - rested))
  }

  @Test("many that fall asleep together are not looked at together for ever")
  func crowd() {
    let pids = Array<Int32>(100..<200)
    let watching = RosterWatching(
      pids.map {
        var worker = FakeProcess.worker($0)
        worker.threads = 2
        return worker
      })
    for _ in 0..<100 { watching.tick() }
    let reads = { pids.reduce(0) { $0 + watching.files.reads(of: "/proc/\($1)/stat") } }
    for _ in 0..<10 {
      let before = reads()
      watching.tick()
      #expect((5...45).contains(reads() - before))
    }
  }

  @Test("one that was met newly born is known for a sleeper soon")
  func newborn() {
    let sleeper = FakeProcess.sleeper(42)
    let watching = RosterWatching([sleeper])
    watching.files.write("/proc/uptime", "50.5 1.0\n")
    watching.tick()
    watching.tick()
    watching.files.write("/proc/uptime", "53.0 1.0\n")
    watching.tick()
    let before = watching.files.reads(of: "/proc/42/stat")
    for _ in 0..<4 { watching.tick() }
    #expect(watching.files.reads(of: "/proc/42/stat") - before <= 1)
  }

  @Test("C7: a number that is given out again is another process, with nothing of the first")
  func reuse() throws {
    var worker = FakeProcess.worker(42)
    let watching = RosterWatching([worker])
    for _ in 0..<15 { watching.tick() }
    worker = .worker(42, name: "other")
    worker.start = 9_000_000
    worker.cpu = 10
    worker.arguments = ["/bin/other"]
    worker.uid = 0
    watching.put(worker)
    let row = try #require(watching.tick()?[42])
    #expect(row.identity.startTicks == 9_000_000)
    #expect(row.facts.name == "other" && row.facts.user == "root")
    #expect(row.facts.command == "/bin/other")
    #expect(row.cpu == nil && row.growth == nil && row.io == .missing(.notYet))
  }

  @Test(
    "C8: after an exec it has another name, command line and unit, and is still the same process")
  func exec() throws {
    var worker = FakeProcess.worker(42)
    let watching = RosterWatching([worker])
    watching.tick()
    let before = try #require(watching.tick()?[42])
    #expect(before.facts.command == "/usr/bin/robot --fast" && before.facts.unit == nil)
    worker.name = "collector"
    worker.arguments = ["/opt/collector", "-v"]
    worker.group = "/system.slice/collector.service"
    worker.uid = 0
    watching.put(worker)
    let row = try #require(watching.tick()?[42])
    #expect(row.identity == before.identity)
    #expect(row.facts.name == "collector" && row.facts.command == "/opt/collector -v")
    #expect(row.facts.unit == "collector.service" && row.facts.user == "root")
  }

  @Test("C8: one that becomes another user's without an exec is noticed before long")
  func setuid() {
    var worker = FakeProcess.worker(42)
    let watching = RosterWatching([worker])
    watching.tick()
    worker.uid = 0
    watching.put(worker)
    var seen: Int?
    for second in 1...20 where seen == nil {
      if watching.tick()?[42]?.facts.user == "root" { seen = second }
    }
    #expect(seen.map { $0 <= 15 } == true)
  }

  @Test("C8: 200 processes that come and go each second leave nothing behind and take nobody along")
  func storm() {
    let watching = RosterWatching([.worker(42), .sleeper(43)])
    watching.tick()
    for second in 0..<5 {
      let base = Int32(1000 + second * 200)
      for pid in base..<(base + 200) {
        watching.put(.worker(pid))
        // Between the list and the look at it.
        if pid % 3 == 0 { watching.files.fail("/proc/\(pid)/stat", with: ESRCH) }
        if pid % 3 == 1 { watching.files.vanishAfterFirstRead("/proc/\(pid)/stat") }
      }
      watching.end((base - 200)..<base)
      watching.tell(births: 200)
      let rows = watching.tick()?.rows ?? []
      #expect(rows.count < 210)
      #expect(rows.filter { $0.identity.pid < 100 }.map(\.identity.pid) == [42, 43])
    }
    watching.end(1000..<2000)
    watching.tell(births: 100)
    #expect(watching.tick()?.rows.map(\.identity.pid) == [42, 43])
  }

  @Test(
    "who comes or goes is seen at once where the kernel tells, and within five seconds anywhere")
  func census() {
    let watching = RosterWatching([.worker(42), .sleeper(43)])
    watching.tick()
    watching.put(.sleeper(44))
    watching.tell(births: 1, newest: 44)
    #expect(watching.tick()?[44] != nil)
    watching.files.remove("/proc/43")
    watching.tell(ends: 1)
    watching.tick()
    watching.tick()
    #expect(watching.tick()?[43] == nil)
    watching.put(.sleeper(45))
    watching.files.remove("/proc/loadavg")
    #expect(watching.tick()?[45] != nil)
    watching.files.write("/proc/loadavg", "made up\n")
    watching.put(.sleeper(46))
    #expect(watching.tick()?[46] != nil)
  }

  @Test("a made-up loadavg that never changes hides a newcomer for five seconds at most")
  func staleLoad() {
    let watching = RosterWatching([.worker(42)])
    watching.tick()
    watching.put(.sleeper(43))
    let seen = (1...6).first { _ in watching.tick()?[43] != nil }
    #expect(seen.map { $0 <= 5 } == true)
  }

  @Test("children of a parent that ended are shown with their new one, asleep as they are")
  func orphans() {
    var child = FakeProcess.sleeper(43)
    child.parent = 42
    let watching = RosterWatching([.worker(42), child])
    for _ in 0..<10 { watching.tick() }
    watching.files.remove("/proc/42")
    child.parent = 1
    watching.put(child)
    watching.tell(ends: 1)
    for _ in 0..<3 { watching.tick() }
    #expect(watching.tick()?[43]?.parent == 1)
  }

  @Test("growth is what a minute says, whatever jumps in between; it needs ten seconds")
  func growth() throws {
    let page = sysconf(Int32(_SC_PAGESIZE))
    var worker = FakeProcess.worker(42)
    var steady = FakeProcess.worker(43)
    steady.pages = 500
    let watching = RosterWatching([worker, steady])
    var known: Int?
    var row: RosterRow?
    for second in 0..<90 {
      worker.pages = 6000 + 25 * second + (second % 20 == 7 ? 9000 : 0)
      worker.cpu += 1
      watching.put(worker)
      row = watching.tick()?[42]
      if known == nil, row?.growth != nil { known = second }
    }
    #expect(known.map { (10...14).contains($0) } == true)
    let growth = try #require(row?.growth)
    #expect(abs(growth - Double(25 * page)) < Double(3 * page), "\(growth)")
    #expect(watching.tick()?[43]?.growth == 0)
  }

  @Test("a roster taken again within half a second is the same one")
  func tooSoon() {
    let watching = RosterWatching([.worker(42)])
    watching.tick()
    let first = watching.tick()
    #expect(watching.tick(after: 0.1) == first)
    #expect(watching.tick(after: 0.5)?.moment != first?.moment)
  }
}
