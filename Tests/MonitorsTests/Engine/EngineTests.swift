import TestSupport
import Testing

@testable import Monitors

@Suite("Tick after tick")
struct EngineTests {
  private let machine = FakeMachine()

  private func engine(_ targets: [TargetRequest] = [.pid(42)], interval: Double = 1) throws
    -> Engine
  {
    var config = Config()
    config.interval = interval
    let finder = TargetFinder(host: machine.host)
    let watched = try targets.map { request in
      guard case .pid(let pid) = request else { return WatchedTarget(request) }
      return WatchedTarget(request, first: try finder.attach(pid, scratch: Scratch()))
    }
    let sampler = Sampler(
      host: machine.host, config: config, targets: watched, inlineWorkers: true)
    return Engine(source: sampler, host: machine.host, config: config)
  }

  private func tick(_ engine: inout Engine, after seconds: Double = 1, late: Int = 0) -> Snapshot? {
    machine.time.advance(by: seconds)
    return engine.tick(at: machine.time.now(), late: late).first
  }

  /// Something that is alarming at once: kills for want of memory in the target's group.
  private func kill(_ count: Int) {
    machine.files.write("/sys/fs/cgroup/robot/memory.max", "max\n")
    machine.files.write("/sys/fs/cgroup/robot/memory.current", "1000000\n")
    machine.files.write("/sys/fs/cgroup/robot/memory.events", "oom_kill \(count)\n")
    machine.robot { $0.cgroup = "0::/robot\n" }
  }

  @Test("ticks are numbered without a hole, and every history is as long as there were ticks")
  func numbered() throws {
    var engine = try engine()
    for number in 0..<20 {
      let snapshot = tick(&engine)
      #expect(snapshot?.sample.moment.sequence == UInt64(number))
      #expect(snapshot?.sample.place == number)
      #expect(snapshot?.memory.history.total == number + 1)
      #expect(snapshot?.storage.writeHistory.total == number + 1)
    }
  }

  @Test("nothing is watched but the machine where no process was named")
  func machineOnly() throws {
    var engine = try engine([])
    let snapshot = tick(&engine)
    #expect(snapshot?.watching == .machineOnly)
    #expect(snapshot?.sample.target == .missing(.because("no process chosen")))
    #expect(snapshot?.thermal.hottest.value?.name == "cpu-thermal")
  }

  @Test("an acknowledgement shows at once, with its receipt, and is marked on the graphs")
  func acknowledge() throws {
    kill(0)
    var engine = try engine()
    for _ in 0..<6 { _ = tick(&engine) }
    kill(1)
    var alert: Alert?
    for _ in 0..<12 where alert == nil {
      alert = tick(&engine)?.alerts.active.first { $0.rule == "oom-kill" }
    }
    let id = alert?.id ?? ""
    #expect(alert?.state == .firing)
    let shown = engine.perform(.acknowledge(id), by: "ada", at: machine.time.now()).first
    #expect(shown?.alerts.active.first { $0.id == id }?.state == .acknowledged)
    #expect(shown?.alerts.active.first { $0.id == id }?.acknowledgedBy == "ada")
    #expect(shown?.receipts.last?.who == "ada")
    #expect(shown?.receipts.last?.outcome.text.hasPrefix("acknowledged:") == true)
    let next = tick(&engine)
    #expect(next?.marks.contains { $0.kind == .alert } == true)
    #expect(next?.marks.last { $0.kind == .action }?.place == next?.sample.place)
  }

  @Test("of two targets the one that has the alert answers; the other has nothing to say")
  func twoTargets() throws {
    var other = FakeRunning(pid: 43, on: machine.files)
    other.name = "other"
    other.write()
    kill(0)
    var engine = try engine([.pid(42), .pid(43)])
    for _ in 0..<6 { _ = tick(&engine) }
    kill(1)
    for _ in 0..<12 { _ = tick(&engine) }
    let shown = engine.perform(.acknowledge("oom-kill-1"), by: "ada", at: machine.time.now())
    #expect(shown.first?.receipts.count == 1)
    #expect(shown.last?.receipts.isEmpty == true)
    let refused = engine.perform(.acknowledge("nothing-9"), by: "ada", at: machine.time.now())
    #expect(refused.first?.receipts.last?.outcome.text.hasPrefix("refused:") == true)
  }

  @Test("a new interval is shown at once")
  func interval() throws {
    var engine = try engine()
    _ = tick(&engine)
    let shown = engine.perform(.interval(0.25), by: "ada", at: machine.time.now()).first
    #expect(shown?.health.interval == 0.25)
    #expect(engine.interval == 0.25)
    #expect(tick(&engine)?.health.interval == 0.25)
  }

  @Test("a restart that is followed keeps the histories and counts the generation")
  func restart() throws {
    var engine = try engine([.name(try CommandPattern("robot"))])
    for _ in 0..<5 { _ = tick(&engine) }
    machine.processes.end(42, .exited(3))
    machine.files.remove("/proc/42")
    let ended = tick(&engine)
    #expect(ended?.watching == .ended("robot", .exited(3), at: ended?.sample.moment.wall))
    #expect(ended?.memory.resident == .missing(.because("robot exited with 3")))
    #expect(ended?.storage.filesAbsence == .because("robot exited with 3"))
    var next = FakeRunning(pid: 44, on: machine.files)
    next.startTicks = 100_600
    next.write()
    let back = tick(&engine)
    #expect(back?.sample.target.value?.generation == 2)
    #expect(back?.sample.target.value?.previousEnd == "exited with 3 after 5 s")
    #expect(
      back?.marks.contains { $0.kind == .restart && $0.label.text.contains("exited with 3") }
        == true)
    #expect(back?.memory.history.total == 7)
  }

  @Test("C11: counters that go backwards, vanish and wrap give gaps and no spikes")
  func counters() throws {
    var engine = try engine()
    let io = "/proc/42/io"
    var worst = 0.0
    for text in [
      FakeRunning.io(writing: 1000), FakeRunning.io(writing: .max), FakeRunning.io(writing: 5), "",
      "text", FakeRunning.io(writing: 2000), FakeRunning.io(writing: 3000),
    ] {
      machine.files.write(io, text)
      let rate = tick(&engine)?.storage.writeRate.value?.value ?? 0
      #expect(rate >= 0)
      if !text.contains("\(UInt64.max)") { worst = max(worst, rate) }
    }
    #expect(worst <= 2000)
  }

  @Test("C12: a clock that stands still between two ticks gives no rate and no crash")
  func standstill() throws {
    var engine = try engine()
    _ = tick(&engine)
    for bytes: UInt64 in [0, 5_000_000, 9_000_000] {
      machine.files.write("/proc/42/io", FakeRunning.io(writing: bytes))
      let snapshot = tick(&engine, after: 0)
      #expect(snapshot?.storage.writeRate.value?.value.isFinite ?? true)
      #expect(snapshot?.vitals.targetCPU.value?.value.isFinite ?? true)
    }
  }

  @Test("C15: the wall clock may jump; rates and histories do not, and the jump is marked")
  func wallClock() throws {
    var engine = try engine()
    var written: UInt64 = 0
    var rates: [Double] = []
    var sequence: [UInt64] = []
    for number in 0..<40 {
      if number == 10 { machine.time.jump(by: 3600) }
      if number == 20 { machine.time.jump(by: -7200) }
      if number == 30 { machine.time.jump(by: 86_400) }
      written += 1_000_000
      machine.files.write("/proc/42/io", FakeRunning.io(writing: written))
      let snapshot = tick(&engine)
      if let rate = snapshot?.storage.writeRate.value?.value { rates.append(rate) }
      sequence.append(snapshot?.sample.moment.sequence ?? 0)
    }
    #expect(rates.count >= 38)
    #expect(rates.allSatisfy { abs($0 - 1e6) < 1e5 })
    #expect(sequence == Array(0..<40))
    let last = tick(&engine)
    #expect(last?.marks.filter { $0.kind == .clock }.map(\.place) == [10, 20, 30])
    #expect(last?.alerts.active.isEmpty == true)
  }

  @Test("C16: after a pause there is one gap, no burst, and no alarm from the first rate")
  func pause() throws {
    var engine = try engine()
    var written: UInt64 = 0
    for _ in 0..<10 {
      written += 1_000_000
      machine.files.write("/proc/42/io", FakeRunning.io(writing: written))
      _ = tick(&engine)
    }
    machine.files.write("/proc/42/io", FakeRunning.io(writing: 900_000_000))
    let first = tick(&engine, after: 60, late: 59)
    #expect(first?.marks.filter { $0.kind == .gap }.count == 1)
    #expect((first?.storage.writeRate.value?.value ?? 0) <= 900e6 / 60)
    #expect(first?.alerts.active.isEmpty == true)
    #expect(first?.memory.history.total == 11)
    #expect(tick(&engine, late: 59)?.marks.filter { $0.kind == .gap }.count == 1)
  }

  @Test("C17: skipped ticks are counted and told")
  func late() throws {
    var engine = try engine()
    #expect(tick(&engine)?.health.lateTicks == 0)
    let snapshot = tick(&engine, after: 4, late: 3)
    #expect(snapshot?.health.lateTicks == 3)
    #expect(snapshot?.sample.moment.sequence == 1)
  }

  @Test("ten thousand ticks, each a hundredth of a second: nothing grows but what is bounded")
  func soak() throws {
    var engine = try engine(interval: 0.01)
    var marks = 0
    var receipts = 0
    for number in 0..<10_000 {
      if number % 200 == 0 {
        machine.time.jump(by: number % 400 == 0 ? 10 : -10)
        _ = engine.perform(.acknowledge("none-1"), by: "ada", at: machine.time.now())
      }
      if number % 100 == 0 {
        machine.robot { $0.residentKilobytes = UInt64(20_000 + number) }
      }
      let snapshot = tick(&engine, after: 0.01)
      marks = max(marks, snapshot?.marks.count ?? 0)
      receipts = max(receipts, snapshot?.receipts.count ?? 0)
      if number == 9_999 {
        #expect(snapshot?.alerts.resolved.count ?? 0 <= 50)
        #expect(snapshot?.memory.mappings.count ?? 0 <= 100)
        #expect(snapshot?.memory.history.total == 10_000)
      }
    }
    #expect(marks <= 64 && receipts <= 32)
  }
}
