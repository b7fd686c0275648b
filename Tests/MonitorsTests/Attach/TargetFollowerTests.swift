import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Staying with a target")
struct TargetFollowerTests {
  private let files = FakeFiles()
  private let time = FakeTime()
  private let processes = FakeProcesses()

  private var host: Host { .fake(files: files, time: time, processes: processes) }

  /// The machine's uptime in seconds, which is how start times are counted.
  private func tick(_ follower: inout TargetFollower, to uptime: Int) -> TargetFollower.State {
    files.write("/proc/uptime", "\(uptime).00 1.00\n")
    time.advance(by: Double(uptime) - time.now().seconds(since: start))
    return follower.update(at: time.now())
  }

  private let start = Moment(nanoseconds: 1_000_000_000_000)

  private func process(
    _ pid: Int32, started uptime: Int, _ change: (inout FakeProcess) -> Void = { _ in }
  ) {
    var process = FakeProcess(pid: pid, on: files)
    process.startTicks = UInt64(uptime * 100)
    change(&process)
    process.write()
  }

  private func end(_ pid: Int32, _ how: ProcessEnd = .exited(0)) {
    processes.end(pid, how)
    files.remove("/proc/\(pid)")
  }

  private func follower(_ request: TargetRequest) throws -> TargetFollower {
    guard case .pid(let pid) = request else {
      return TargetFollower(request, host: host, inlineWorkers: true)
    }
    return TargetFollower(
      request, host: host, attached: try TargetFinder(host: host).attach(pid), inlineWorkers: true)
  }

  private func watched(_ state: TargetFollower.State) -> (
    pid: Int32, generation: Int, end: Printable?
  )? {
    guard case .watching(let handle, let generation, let end) = state else { return nil }
    return (handle.pid, generation, end)
  }

  private func ended(_ state: TargetFollower.State) -> ProcessEnd? {
    guard case .ended(_, let end) = state else { return nil }
    return end
  }

  @Test("an end is seen at once, and how it ended is told once its parent has taken note")
  func reaping() throws {
    process(42, started: 5)
    var follower = try follower(.pid(42))
    #expect(watched(tick(&follower, to: 100))?.generation == 1)
    end(42, .unknown)
    #expect(ended(tick(&follower, to: 101)) == .unknown)
    processes.end(42, .exited(7))
    #expect(ended(tick(&follower, to: 102)) == .exited(7))
    processes.end(42, .unknown)
    #expect(ended(tick(&follower, to: 103)) == .exited(7))
  }

  @Test("one that begins later with the same command takes its place, with the next generation")
  func successor() throws {
    process(42, started: 5)
    var follower = try follower(.pid(42))
    _ = tick(&follower, to: 100)
    end(42, .signalled(9))
    #expect(ended(tick(&follower, to: 101)) == .signalled(9))
    process(77, started: 103)
    let state = watched(tick(&follower, to: 104))
    #expect(state?.pid == 77)
    #expect(state?.generation == 2)
    #expect(state?.end == "killed by SIGKILL")
  }

  @Test("one that ends at once is followed by the next although both began in one clock tick")
  func sameTick() throws {
    process(42, started: 100)
    var follower = try follower(.pid(42))
    _ = tick(&follower, to: 100)
    end(42, .exited(1))
    process(43, started: 100)
    #expect(watched(tick(&follower, to: 101))?.pid == 43)
  }

  @Test("one that is there at once is taken at once, and how the last one ended is not lost")
  func atOnce() throws {
    process(42, started: 5)
    var follower = try follower(.pid(42))
    _ = tick(&follower, to: 100)
    end(42, .exited(1))
    process(77, started: 100)
    let state = watched(tick(&follower, to: 101))
    #expect(state?.pid == 77)
    #expect(state?.end == "exited with 1")
  }

  @Test("an equal that ran beside it all the time does not become the target")
  func sibling() throws {
    process(42, started: 5)
    process(43, started: 60)
    var follower = try follower(.pid(42))
    _ = tick(&follower, to: 100)
    end(42)
    #expect(ended(tick(&follower, to: 101)) == .exited(0))
    #expect(ended(tick(&follower, to: 110)) == .exited(0))
    process(44, started: 111)
    #expect(watched(tick(&follower, to: 112))?.pid == 44)
  }

  @Test("of two that could be meant none is taken")
  func ambiguous() throws {
    process(42, started: 5)
    var follower = try follower(.pid(42))
    _ = tick(&follower, to: 100)
    end(42)
    process(77, started: 101)
    process(78, started: 101)
    #expect(ended(tick(&follower, to: 102)) != nil)
    end(78)
    #expect(watched(tick(&follower, to: 104))?.pid == 77)
  }

  @Test(
    "a service is known by its unit, whatever its arguments; another user's process is not meant")
  func signatures() throws {
    process(42, started: 5) {
      $0.cgroup = "0::/system.slice/robot.service\n"
      $0.command = ["/usr/bin/robot", "--run", "1"]
    }
    var follower = try follower(.pid(42))
    _ = tick(&follower, to: 100)
    end(42)
    process(76, started: 101) { $0.command = ["/usr/bin/robot", "--run", "1"] }
    #expect(ended(tick(&follower, to: 102)) != nil)
    process(77, started: 103) {
      $0.cgroup = "0::/system.slice/robot.service\n"
      $0.command = ["/usr/bin/robot", "--run", "2"]
    }
    #expect(watched(tick(&follower, to: 104))?.pid == 77)
  }

  @Test("by name it waits, finds, and follows across restarts; of several the oldest")
  func byName() throws {
    var follower = try follower(.name("robot"))
    guard case .waiting("robot") = tick(&follower, to: 100) else {
      Issue.record("it should wait")
      return
    }
    process(51, started: 101)
    process(50, started: 102)
    #expect(watched(tick(&follower, to: 103))?.pid == 51)
    end(51)
    let second = watched(tick(&follower, to: 104))
    #expect(second?.pid == 50)
    #expect(second?.generation == 2)
    end(50)
    #expect(ended(tick(&follower, to: 105)) != nil)
    process(52, started: 106) { $0.command = ["/other/robot", "x"] }
    #expect(watched(tick(&follower, to: 107))?.generation == 3)
  }

  @Test("a zombie bears no name any more")
  func zombie() throws {
    process(50, started: 5) { $0.state = "Z" }
    var follower = try follower(.name("robot"))
    #expect(watched(tick(&follower, to: 100)) == nil)
  }

  @Test("C7: without a pidfd, a number in another's hands and a zombie are an end")
  func withoutPidfd() throws {
    processes.refuse(42, with: ENOSYS)
    process(42, started: 5)
    var first = try follower(.pid(42))
    #expect(watched(tick(&first, to: 100))?.pid == 42)
    process(42, started: 99) { $0.command = ["/bin/other"] }
    #expect(ended(tick(&first, to: 101)) == .unknown)

    process(42, started: 5)
    var second = try follower(.pid(42))
    process(42, started: 5) { $0.state = "Z" }
    #expect(ended(tick(&second, to: 102)) == .unknown)
  }

  @Test("C6: without a pidfd, a leader that has ended while its threads run is no end")
  func leader() throws {
    processes.refuse(42, with: ENOSYS)
    process(42, started: 5)
    var follower = try follower(.pid(42))
    process(42, started: 5) {
      $0.state = "Z"
      $0.threads = 3
    }
    #expect(watched(tick(&follower, to: 100))?.pid == 42)
  }

  @Test("a scan is made once a second, not once a tick")
  func pace() throws {
    var follower = try follower(.name("robot"))
    process(60, started: 1) {
      $0.name = "other"
      $0.command = ["/bin/other"]
    }
    for _ in 0..<100 {
      time.advance(by: 0.05)
      _ = follower.update(at: time.now())
    }
    #expect(files.reads(of: "/proc/60/cmdline") <= 6)
  }

  @Test("C8: real processes: an end with its status, and a restart that is followed")
  func live() throws {
    let host = Host.live()
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    let words = ["sleep", "86399"].map { Array($0.utf8) }
    let spawn = Spawn(
      program: words[0], arguments: words, isSearched: true, descriptors: [null, null, null])
    let first = try spawn.start()
    // A program that has just been started is not its own yet.
    #expect(waits { command(of: first, on: host) == "sleep 86399" })
    var follower = TargetFollower(
      .pid(first), host: host, attached: try TargetFinder(host: host).attach(first),
      inlineWorkers: true)
    #expect(watched(follower.update(at: host.time.now()))?.pid == first)
    kill(first, SIGKILL)
    #expect(waits { ended(follower.update(at: host.time.now())) != nil })
    var status: Int32 = 0
    waitpid(first, &status, 0)
    let end = ended(follower.update(at: host.time.now()))
    #expect(end == .signalled(9) || end == .unknown)
    let second = try spawn.start()
    #expect(waits { watched(follower.update(at: host.time.now()))?.pid == second })
    kill(second, SIGKILL)
    waitpid(second, &status, 0)
  }

  private func command(of pid: Int32, on host: Host) -> Printable? {
    (try? host.files.openDirectory("/proc/\(pid)", in: nil)).map {
      IdentityProbe.command($0, host.files)
    }
  }

  /// Whether something comes true within ten seconds.
  private func waits(_ isTrue: () -> Bool) -> Bool {
    for _ in 0..<1000 {
      if isTrue() { return true }
      poll(nil, 0, 10)
    }
    return false
  }
}
