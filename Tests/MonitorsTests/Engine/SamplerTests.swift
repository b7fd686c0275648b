import TestSupport
import Testing

@testable import Monitors

@Suite("What one tick reads")
struct SamplerTests {
  private let machine = FakeMachine()

  private func sampler(_ targets: [WatchedTarget]) -> Sampler {
    Sampler(host: machine.host, config: Config(), targets: targets, inlineWorkers: true)
  }

  private func observe(_ sampler: inout Sampler, place: Int = 0) -> [Observation] {
    machine.time.advance(by: 1)
    return sampler.observe(at: machine.time.now(), place: place)
  }

  @Test("without a target there is one observation, of the machine")
  func machineOnly() {
    var sampler = sampler([])
    let all = observe(&sampler)
    #expect(all.map(\.watching) == [.machineOnly])
    #expect(all.first?.sample.system.memoryTotal == .fresh(Bytes(16_384_000_000)))
    #expect(all.first?.sample.host.name == "rover")
    #expect(all.first?.sample.files.open.absence == .because("no process chosen"))
  }

  @Test("of several targets each has an observation of its own, and the machine is read once")
  func several() throws {
    var other = FakeRunning(pid: 43, on: machine.files)
    other.name = "camera"
    other.write()
    let finder = TargetFinder(host: machine.host)
    var sampler = sampler([
      WatchedTarget(.pid(42), first: try finder.attach(42, scratch: Scratch())),
      WatchedTarget(.pid(43), first: try finder.attach(43, scratch: Scratch())),
    ])
    let before = machine.files.reads(of: "/proc/stat")
    _ = observe(&sampler)
    let first = machine.files.reads(of: "/proc/stat") - before
    let all = observe(&sampler, place: 1)
    #expect(all.map { $0.sample.target.value?.name } == ["robot", "camera"])
    #expect(all.allSatisfy { $0.watching == .watching && $0.sample.place == 1 })
    #expect(machine.files.reads(of: "/proc/stat") - before - first <= 1)
  }

  @Test("a target that is waited for says whom it waits for, wherever something is missing")
  func waiting() throws {
    var sampler = sampler([WatchedTarget(.name(try CommandPattern("camera_node")))])
    let one = observe(&sampler).first
    #expect(one?.watching == .waiting("camera_node"))
    #expect(one?.sample.target == .missing(.because("waiting for camera_node")))
    #expect(one?.sample.files.open.absence == .because("waiting for camera_node"))
  }
}
