import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Reading this machine")
struct LiveTargetTests {
  private let host = Host.live()
  private let scratch = Scratch()

  @Test("this very process is attached to and read whole")
  func itself() throws {
    let handle = try TargetFinder(host: host).attach(getpid(), scratch: scratch)
    var probe = TargetProbe(host: host, inlineWorkers: true)
    let target = try #require(
      probe.read(
        handle, generation: 1, previousEnd: nil, at: host.time.now(), scratch: scratch
      ).value)
    #expect(target.root.owned.value.map { $0 > Bytes(100_000) } == true)
    #expect(target.root.io.value.map { $0.readCharacters > 0 } == true)
    #expect(target.root.descriptors.value.map { $0 > 2 } == true)
    #expect(target.mappings.value?.mappings.isEmpty == false)
    #expect(!target.command.isEmpty)
    #expect(target.uptime >= 0)
    #expect(TargetProbe.examine(host, target: handle) == nil)
    #expect(StatusProbe.examine(host, target: handle) == nil)
    #expect(MappingsProbe.examine(host, target: handle) == nil)
  }

  @Test("a child is found as soon as it is born, and its end is told")
  func child() throws {
    let own = try TargetFinder(host: host).attach(getpid(), scratch: scratch)
    var children = ChildrenProbe(files: host.files, root: own)
    children.look(at: host.time.now(), scratch: scratch)
    var pid = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("100"), nil]
    defer { for argument in arguments { free(argument) } }
    try #require(posix_spawnp(&pid, "sleep", nil, nil, &arguments, nil) == 0)
    children.look(at: host.time.now(), scratch: scratch)
    #expect(children.handles.contains { $0.pid == pid })
    let handle = try TargetFinder(host: host).attach(pid, scratch: scratch)
    var follower = TargetFollower(
      host: host, request: .pid(pid), first: handle, inlineWorkers: true)
    guard case .watching = follower.step(at: host.time.now(), scratch: scratch) else {
      Issue.record("it is not watched")
      return
    }
    kill(pid, SIGKILL)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    guard case .ended(let name, _) = follower.step(at: host.time.now(), scratch: scratch) else {
      Issue.record("its end was not noticed")
      return
    }
    #expect(name == "sleep")
    let error = thrown(TargetError.self) {
      _ = try TargetFinder(host: host).attach(pid, scratch: scratch)
    }
    #expect(error == .noSuchProcess(pid))
  }
}
