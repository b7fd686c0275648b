import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Choosing among all processes while watching some")
struct EngineWatchingTests {
  private let machine = FakeMachine()

  private func engine(_ pids: [Int32]) throws -> Engine {
    let finder = TargetFinder(host: machine.host)
    let watched = try pids.map {
      WatchedTarget(.pid($0), first: try finder.attach($0, scratch: Scratch()))
    }
    let sampler = Sampler(
      host: machine.host, config: Config(), targets: watched, inlineWorkers: true)
    return Engine(source: sampler, host: machine.host, config: Config())
  }

  private func tick(_ engine: inout Engine) -> [Snapshot] {
    machine.time.advance(by: 1)
    return engine.tick(at: machine.time.now(), late: 0)
  }

  private func perform(_ engine: inout Engine, _ command: Command) -> [Snapshot] {
    engine.perform(command, by: "ada", at: machine.time.now())
  }

  private func camera(_ pid: Int32 = 43, start: UInt64 = 500) {
    var other = FakeRunning(pid: pid, on: machine.files)
    other.name = "camera"
    other.startTicks = start
    other.write()
  }

  private func key(_ pid: Int32, _ start: UInt64 = 500) -> ProcessKey {
    ProcessKey(pid: pid, startTicks: start)
  }

  @Test("the list of all is there at once, with each tick, and gone when nobody wants it")
  func browse() throws {
    camera()
    var engine = try engine([42])
    #expect(tick(&engine).first?.roster == nil)
    let shown = perform(&engine, .browse(true))
    #expect(shown.first?.roster?.rows.map(\.identity.pid) == [42, 43])
    let next = tick(&engine)
    #expect(next.first?.roster?.moment == next.first?.sample.moment)
    #expect(next.first?.memory.history.total == 2)
    #expect(perform(&engine, .browse(false)).first?.roster == nil)
    let reads = machine.files.reads(of: "/proc/43/stat")
    #expect(tick(&engine).first?.roster == nil)
    #expect(machine.files.reads(of: "/proc/43/stat") == reads)
  }

  @Test("wanted before the first tick, it comes with the first tick")
  func browseFirst() throws {
    var engine = try engine([])
    #expect(perform(&engine, .browse(true)).isEmpty)
    let first = tick(&engine)
    #expect(first.first?.watching == .machineOnly)
    #expect(first.first?.roster?.rows.count == 1)
  }

  @Test(
    "of two that are watched the one that stays keeps its history, and the new one begins its own")
  func keeps() throws {
    camera()
    camera(44)
    var engine = try engine([42, 43])
    for _ in 0..<5 { _ = tick(&engine) }
    let shown = perform(&engine, .watch([key(43), key(44)]))
    #expect(shown.compactMap { $0.sample.target.value?.pid } == [43, 44])
    #expect(shown.map { $0.memory.history.total } == [5, 1])
    #expect(shown.first?.receipts.last?.outcome == "applied: watching camera 43, camera 44")
    let next = tick(&engine)
    #expect(next.map { $0.memory.history.total } == [6, 2])
    #expect(next.allSatisfy { $0.sample.place == $0.memory.history.total - 1 })
    #expect(next.allSatisfy { $0.sample.moment.sequence == 5 })
    #expect(next.first?.vitals.targetCPU.value != nil)
  }

  @Test("from the machine alone the first target goes on with the machine's history")
  func fromMachine() throws {
    var engine = try engine([])
    for _ in 0..<5 { _ = tick(&engine) }
    let shown = perform(&engine, .watch([key(42)]))
    #expect(shown.first?.watching == .watching)
    #expect(shown.first?.sample.target.value?.name == "robot")
    let total = shown.first?.thermal.history.total
    #expect(total == 6)
    let next = tick(&engine).first
    #expect(next?.memory.history.total == 7 && next?.sample.place == 6)
  }

  @Test("what was accepted about the machine stays accepted when another process is watched")
  func machineAlerts() throws {
    camera()
    machine.files.write("/sys/class/thermal/thermal_zone0/temp", "99000\n")
    var engine = try engine([42])
    for _ in 0..<90 { _ = tick(&engine) }
    let before = try #require(tick(&engine).first?.alerts.active.first { $0.category == .thermal })
    #expect(before.state == .firing)
    _ = perform(&engine, .acknowledge(before.id))
    for keys in [[key(43)], [], [key(43), key(42)]] {
      _ = perform(&engine, .watch(keys))
      for snapshot in tick(&engine) {
        let after = try #require(snapshot.alerts.active.first { $0.id == before.id })
        #expect(after.state == .acknowledged && after.acknowledgedBy == "ada")
        #expect(after.since == before.since)
        #expect(snapshot.alerts.history.total == snapshot.sample.place + 1)
      }
    }
    #expect(
      perform(&engine, .undo).first?.alerts.active.first { $0.id == before.id }?.state == .firing)
  }

  @Test("what was said and done about one process does not pass to the next")
  func targetAlerts() throws {
    camera()
    machine.robot { $0.residentKilobytes = 15_900_000 }
    var engine = try engine([42])
    for _ in 0..<90 { _ = tick(&engine) }
    machine.processes.end(42, .exited(3))
    let last = try #require(tick(&engine).first?.alerts)
    #expect(last.active.contains { $0.rule == "target-failed" })
    let shown = perform(&engine, .watch([key(43)]))
    #expect(shown.first?.alerts.active.isEmpty == true)
    #expect(shown.first?.alerts.resolved.isEmpty == true)
    #expect(tick(&engine).first?.alerts.active.isEmpty == true)
  }

  @Test("a number that was given out again since is refused, and what was watched is watched on")
  func reused() throws {
    camera(43, start: 900)
    var engine = try engine([42])
    for _ in 0..<3 { _ = tick(&engine) }
    let shown = perform(&engine, .watch([key(43)]))
    #expect(shown.count == 1)
    #expect(shown.first?.sample.target.value?.pid == 42)
    #expect(
      shown.first?.receipts.last?.outcome
        == "refused: 43: it has ended, and its number is another process's now")
    #expect(tick(&engine).first?.memory.history.total == 4)
  }

  @Test("of several that are wanted those that can be had are watched, and the others say why not")
  func partly() throws {
    machine.processes.refuse(99, with: ESRCH)
    var engine = try engine([])
    _ = tick(&engine)
    let shown = perform(&engine, .watch([key(99), key(42), key(42)]))
    #expect(shown.map(\.watching) == [.watching])
    #expect(
      shown.first?.receipts.map(\.outcome) == [
        "applied: watching robot 42; refused: 99: it has ended"
      ])
    #expect(shown.first?.receipts.last?.command == .watch([key(99), key(42), key(42)]))
    #expect(shown.first?.receipts.last?.isRefusal == false)
    #expect(perform(&engine, .watch([key(99)])).first?.receipts.last?.isRefusal == true)
  }

  @Test("nothing at all is the machine alone, and back again")
  func nothing() throws {
    var engine = try engine([42])
    for _ in 0..<3 { _ = tick(&engine) }
    let shown = perform(&engine, .watch([]))
    #expect(shown.map(\.watching) == [.machineOnly])
    #expect(shown.first?.receipts.last?.outcome == "applied: watching the machine")
    #expect(tick(&engine).map(\.watching) == [.machineOnly])
    #expect(perform(&engine, .watch([key(42)])).map(\.watching) == [.watching])
    #expect(tick(&engine).first?.memory.resident.value != nil)
  }

  @Test("browsing goes on when another process is watched")
  func browseAndWatch() throws {
    camera()
    var engine = try engine([42])
    _ = tick(&engine)
    _ = perform(&engine, .browse(true))
    let shown = perform(&engine, .watch([key(43)]))
    #expect(shown.first?.roster?.rows.count == 2)
    #expect(tick(&engine).first?.roster?.rows.count == 2)
  }

  @Test("wanted before the first tick, a target is there with it")
  func watchFirst() throws {
    var engine = try engine([])
    let shown = perform(&engine, .watch([key(42)]))
    #expect(shown.map(\.watching) == [.watching])
    #expect(tick(&engine).first?.memory.history.total == 2)
  }
}
