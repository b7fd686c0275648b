import Glibc
import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("From the command line to processes")
struct TargetResolverTests {
  private let machine = FakeMachine()

  private func resolve(pids: [Int32] = [], name: String? = nil, mayWait: Bool = false) throws
    -> [WatchedTarget]
  {
    var targets = Invocation.Targets()
    targets.pids = pids
    targets.name = name
    return try TargetResolver(host: machine.host).resolve(targets, mayWait: mayWait)
  }

  private func worker(_ pid: Int32) {
    var process = FakeRunning(pid: pid, on: machine.files)
    process.name = "worker"
    process.command = ["/opt/worker"]
    process.write()
  }

  @Test("every number must be there")
  func numbers() throws {
    worker(50)
    #expect(try resolve(pids: [42, 50]).map { $0.first?.pid } == [42, 50])
    machine.processes.refuse(77, with: ESRCH)
    #expect(throws: TargetError.noSuchProcess(77)) { try resolve(pids: [42, 77]) }
    #expect(try resolve().isEmpty)
  }

  @Test("one bearer of a name is followed by the name")
  func name() throws {
    let found = try resolve(name: "robot")
    let name = try CommandPattern("robot")
    #expect(found.map(\.request) == [.name(name)])
    #expect(found.first?.first?.pid == 42)
  }

  @Test("of several with one name each is followed for itself")
  func several() throws {
    worker(50)
    worker(51)
    #expect(try resolve(name: "worker").map(\.request) == [.pid(50), .pid(51)])
  }

  @Test("a name without a bearer is waited for where a person sits, and an error elsewhere")
  func nobody() throws {
    let waiting = try resolve(name: "camera", mayWait: true)
    let name = try CommandPattern("camera")
    #expect(waiting.map(\.request) == [.name(name)])
    #expect(waiting.first?.first == nil)
    #expect(throws: TargetError.noMatch("camera")) { try resolve(name: "camera") }
    #expect(throws: TargetError.self) { try resolve(name: "(", mayWait: true) }
  }
}
