import TestSupport
import Testing

@testable import Monitors

@Suite("Following a target")
struct TargetFollowerTests {
  private let files = FakeFiles()
  private let processes = FakeProcesses()
  private let time = FakeTime()
  private let scratch = Scratch()

  private var host: Host { .fake(files: files, time: time, processes: processes) }

  private func put(_ pid: Int32, start: UInt64, _ change: (inout FakeProcess) -> Void = { _ in }) {
    var process = FakeProcess(pid)
    process.start = start
    change(&process)
    files.put(process)
  }

  private func follower(pid: Int32) throws -> TargetFollower {
    files.setClock(newest: 100, uptime: 1000)
    let first = try TargetFinder(host: host).attach(pid, scratch: scratch)
    return TargetFollower(host: host, request: .pid(pid), first: first, inlineWorkers: true)
  }

  private func step(_ follower: inout TargetFollower, after seconds: Double = 1) -> String {
    time.advance(by: seconds)
    switch follower.step(at: time.now(), scratch: scratch) {
    case .watching(let handle, let generation, let end):
      return "watching \(handle.pid) generation \(generation)\(end.map { " after: \($0)" } ?? "")"
    case .waiting(let name): return "waiting for \(name)"
    case .ended(let name, let end): return "\(name) \(end.words)"
    }
  }

  @Test("the end of a process is noticed and told by its status")
  func ended() throws {
    put(42, start: 5000)
    var follower = try follower(pid: 42)
    #expect(step(&follower) == "watching 42 generation 1")
    processes.end(42, .exited(7))
    files.remove("/proc/42")
    #expect(step(&follower) == "robot exited with 7")
    #expect(step(&follower) == "robot exited with 7")
  }

  @Test("a status that comes later, when the parent has collected it, is still told")
  func lateStatus() throws {
    put(42, start: 5000)
    var follower = try follower(pid: 42)
    _ = step(&follower)
    processes.end(42, .unknown)
    #expect(step(&follower) == "robot ended, status unknown")
    processes.end(42, .signalled(11))
    #expect(step(&follower) == "robot killed by SIGSEGV")
  }

  @Test(
    "the same command of the same owner, started after the end, is followed with a new generation")
  func restarted() throws {
    put(42, start: 5000)
    put(43, start: 4000)
    var follower = try follower(pid: 42)
    _ = step(&follower)
    processes.end(42, .exited(1))
    files.remove("/proc/42")
    #expect(step(&follower) == "robot exited with 1")
    put(50, start: 100_500)
    #expect(
      step(&follower, after: 2) == "watching 50 generation 2 after: exited with 1 after 1 s")
  }

  @Test("C7: a number used again by another program is not followed")
  func reused() throws {
    put(42, start: 5000)
    var follower = try follower(pid: 42)
    _ = step(&follower)
    processes.end(42, .signalled(9))
    put(42, start: 100_500) { $0.arguments = ["/usr/bin/other"] }
    #expect(step(&follower) == "robot killed by SIGKILL")
    #expect(step(&follower, after: 2) == "robot killed by SIGKILL")
  }

  @Test("where two could be the next one, none is followed")
  func ambiguous() throws {
    put(42, start: 5000)
    var follower = try follower(pid: 42)
    _ = step(&follower)
    processes.end(42, .exited(0))
    files.remove("/proc/42")
    put(50, start: 100_500)
    put(51, start: 100_600)
    #expect(step(&follower) == "robot exited with 0")
    files.remove("/proc/51")
    #expect(step(&follower, after: 2).hasPrefix("watching 50 generation 2"))
  }

  @Test("within a systemd service the next main process is followed, whatever its arguments")
  func service() throws {
    put(42, start: 5000) { $0.group = "/system.slice/robot.service" }
    var follower = try follower(pid: 42)
    _ = step(&follower)
    processes.end(42, .exited(0))
    files.remove("/proc/42")
    put(50, start: 100_500) {
      $0.group = "/system.slice/robot.service"
      $0.arguments = ["/usr/bin/robot", "--slow"]
    }
    #expect(step(&follower).hasPrefix("watching 50 generation 2"))
  }

  @Test("a name is waited for, and then followed from one process to the next")
  func named() throws {
    files.setClock(newest: 100, uptime: 1000)
    var follower = TargetFollower(
      host: host, request: .name(try CommandPattern("robot")), inlineWorkers: true)
    #expect(step(&follower) == "waiting for robot")
    put(42, start: 5000)
    #expect(step(&follower) == "watching 42 generation 1")
    processes.end(42, .exited(3))
    files.remove("/proc/42")
    #expect(step(&follower) == "robot exited with 3")
    put(60, start: 100_700)
    #expect(step(&follower).hasPrefix("watching 60 generation 2 after: exited with 3"))
  }

  @Test("a kill for want of memory in its group is told as that")
  func outOfMemory() throws {
    files.write(
      "/proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
    files.write("/sys/fs/cgroup/user.slice/memory.events", "oom_kill 4\n")
    put(42, start: 5000)
    var follower = try follower(pid: 42)
    _ = step(&follower)
    files.write("/sys/fs/cgroup/user.slice/memory.events", "oom_kill 5\n")
    processes.end(42, .signalled(9))
    files.remove("/proc/42")
    #expect(step(&follower) == "robot killed by SIGKILL")
    #expect(follower.previousEnd?.text.contains("want of memory") == true)
  }

  @Test("C6: without a pidfd a zombie with living threads has not ended, and one without has")
  func noDescriptor() throws {
    put(42, start: 5000)
    processes.refuse(42, with: 38)
    var follower = try follower(pid: 42)
    put(42, start: 5000) {
      $0.state = "Z"
      $0.threads = 3
    }
    #expect(step(&follower) == "watching 42 generation 1")
    put(42, start: 5000) { $0.state = "Z" }
    #expect(step(&follower).hasPrefix("robot ended"))
  }

  @Test("processes are searched for once a second at most")
  func backOff() throws {
    put(42, start: 5000)
    var follower = try follower(pid: 42)
    _ = step(&follower)
    processes.end(42, .exited(0))
    files.remove("/proc/42")
    put(60, start: 1)
    for _ in 0..<20 { _ = step(&follower, after: 0.1) }
    #expect(files.reads(of: "/proc/60/stat") <= 3)
  }
}
