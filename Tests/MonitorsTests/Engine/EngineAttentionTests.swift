import TestSupport
import Testing

@testable import Monitors

@Suite("What an operator does to alerts of several targets")
struct EngineAttentionTests {
  private static let rule = "memory-critical"
  private let machine = FakeMachine()
  private var engine: Engine

  init() throws {
    for pid: Int32 in [42, 43] {
      var running = FakeRunning(pid: pid, on: machine.files)
      running.residentKilobytes = 1_960_000
      running.write()
    }
    var config = Config()
    config.memory.maximum = Bytes(1_000_000_000)
    config.alerts.patience.critical = 0
    let finder = TargetFinder(host: machine.host)
    let targets = try [Int32(42), 43].map {
      WatchedTarget(.pid($0), first: try finder.attach($0, scratch: Scratch()))
    }
    let sampler = Sampler(
      host: machine.host, config: config, targets: targets, inlineWorkers: true)
    engine = Engine(source: sampler, host: machine.host, config: config)
    for _ in 0..<3 {
      _ = engine.tick(at: machine.time.now(), late: 0)
      machine.time.advance(by: 1)
    }
  }

  private func alert(_ place: Int) -> Alert? {
    guard engine.snapshots.indices.contains(place) else { return nil }
    return engine.snapshots[place].alerts.active.first { $0.rule == Self.rule }
  }

  private var states: [Alert.State?] { [0, 1].map { alert($0)?.state } }

  private mutating func accept(_ place: Int) throws {
    let alert = try #require(self.alert(place))
    _ = engine.perform(
      .acknowledge(alert.id, of: alert.key), by: "ada", at: machine.time.now())
  }

  private mutating func undo() { _ = engine.perform(.undo, by: "ada", at: machine.time.now()) }

  @Test("accepting one target's alert leaves the other's, though both have the same id")
  mutating func one() throws {
    #expect(alert(0)?.id == alert(1)?.id)
    #expect(states == [.firing, .firing])
    try accept(1)
    #expect(states == [.firing, .acknowledged])
    #expect(engine.snapshots.map { $0.receipts.count } == [0, 1])
  }

  @Test("undo takes back one command, the last one")
  mutating func undone() throws {
    try accept(0)
    try accept(1)
    undo()
    #expect(states == [.acknowledged, .firing])
    undo()
    #expect(states == [.firing, .firing])
  }

  @Test("undo takes back all that one command did")
  mutating func all() throws {
    _ = engine.perform(.acknowledgeAll, by: "ada", at: machine.time.now())
    #expect(states == [.acknowledged, .acknowledged])
    undo()
    #expect(states == [.firing, .firing])
  }

  @Test("nothing to undo is said once for each target, and takes nothing back")
  mutating func nothing() throws {
    undo()
    #expect(states == [.firing, .firing])
    for snapshot in engine.snapshots {
      #expect(snapshot.receipts.last?.outcome == "refused: nothing to undo")
    }
  }
}
