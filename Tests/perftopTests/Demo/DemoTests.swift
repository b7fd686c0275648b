import Glibc
import TestSupport
import Testing

@testable import Monitors
@testable import perftop

@Suite("The demo")
struct DemoTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private var variables: [String: String] { ["TMPDIR": directory.path] }
  private var host: Host {
    var host = Host.live()
    host.environment = { [variables] in variables[$0] }
    return host
  }

  /// The demo on a terminal, where it lasts; without one it would end after its first readings.
  private func demo() throws -> TestSupport.Session {
    try TestSupport.Session(["perftop", "demo"], environment: variables)
  }

  /// The robot's own number and its keeper's, once it is at work.
  private func robot(of perftop: TestSupport.Session) throws -> (robot: Int32, keeper: Int32) {
    let isAtWork = RealProgram.eventually {
      let name = directory.names().first ?? ""
      return directory.names("\(name)/data").count >= 3
    }
    try #require(isAtWork)
    let keeper = try #require(children(of: perftop.child.pid).first)
    let robot = try #require(children(of: keeper).first)
    let hasWorkers = RealProgram.eventually { children(of: robot).count == 2 }
    try #require(hasWorkers)
    return (robot, keeper)
  }

  private func resident(_ pid: pid_t) -> Int {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = buffer.withUnsafeMutableBytes {
      (try? LiveFiles().read("/proc/\(pid)/statm", in: nil, into: $0)) ?? 0
    }
    let words = String(decoding: buffer[..<count], as: UTF8.self).split(separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
  }

  private func children(of pid: pid_t) -> [Int32] {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = buffer.withUnsafeMutableBytes {
      (try? LiveFiles().read("/proc/\(pid)/task/\(pid)/children", in: nil, into: $0)) ?? 0
    }
    return String(decoding: buffer[..<count], as: UTF8.self).split(separator: " ")
      .compactMap { Int32($0) }
  }

  @Test("it is a real process with real files and sensors, and leaves nothing behind")
  func lives() throws {
    var demo = try DemoRobot.start(host: host, executable: RealProgram.path)
    #expect(RealProgram.isRunning(demo.pid))
    #expect(demo.status() == nil)
    let name = try #require(directory.names().first)
    #expect(demo.sysDirectory == "\(directory.path)/\(name)/sys")
    #expect(directory.text("\(name)/sys/class/thermal/thermal_zone0/type") == "cpu-thermal\n")
    #expect(RealProgram.eventually { children(of: demo.pid).count == 2 })
    let workers = children(of: demo.pid)
    #expect(RealProgram.eventually { directory.names("\(name)/data").contains("csv-1.csv") })
    #expect(RealProgram.eventually { resident(demo.pid) > RobotMemory.workingSet })
    demo.stop()
    #expect(directory.names().isEmpty)
    #expect(!RealProgram.isRunning(demo.pid))
    #expect(RealProgram.eventually { workers.allSatisfy { !RealProgram.isRunning($0) } })
  }

  @Test("its processes are linked, do what is asked of them, and leave no socket behind")
  func linked() throws {
    var demo = try DemoRobot.start(host: host, executable: RealProgram.path)
    #expect(RealProgram.eventually { children(of: demo.pid).count == 2 })
    let held = try TargetFinder(host: Host.live()).attach(demo.pid, scratch: Scratch())
    let key = ProcessKey(pid: held.pid, startTicks: held.startTicks)
    let courier = LinkCourier(host: Host.live(), who: "test")
    let ask = { (op: String) -> JSONValue? in
      try? courier.ask([.init("op", .text(op))], of: key, until: LiveTime().now().later(by: 5))
    }
    let runner = ActionRunner(host: Host.live(), link: LinkCourier.exchange(host: Host.live()))
    let act = { (action: TargetAction) in
      runner.perform(Order(id: 1, action: action, target: key), ActionContext())
    }
    #expect(
      RealProgram.eventually {
        ask("poll")?["caches"]?.elements?.allSatisfy { ($0["bytes"]?.whole ?? 0) > 1_000_000 }
          == true
      })
    #expect(ask("poll")?["offers"]?.elements?.count == 4)
    let evicted = act(.evict(["map_tiles"]))
    #expect(evicted.standing == .done)
    #expect(
      (evicted.receipt.before?.resident ?? .zero) > (evicted.receipt.after?.resident ?? .zero))
    #expect(act(.collect).standing == .done)
    #expect(act(.batch(20)).standing == .done)
    #expect(act(.quality(.level("ultra_low"))).standing == .done)
    let name = try #require(directory.names().first)
    #expect(CameraSettings(directory.text("\(name)/quality"))?.scale == 0.3)
    #expect(
      RealProgram.eventually {
        ask("poll")?["batches"]?["recent"]?.elements?.last?["size"]?.real == 20
      })
    let sockets = ([demo.pid] + children(of: demo.pid)).flatMap { pid in
      LocalListener.usualDirectories.map { "\($0)/\(pid).sock" }
    }
    let areThere = { sockets.filter { access($0, F_OK) == 0 } }
    #expect(areThere().count == 3)
    demo.stop()
    #expect(RealProgram.eventually { areThere().isEmpty })
  }

  @Test("with --seconds it ends by itself, with 0")
  func endsByItself() throws {
    let outcome = try RealProgram.run(["demo", "--seconds", "0.3"], variables: variables)
    #expect(outcome.status == 0)
    #expect(directory.names().isEmpty)
  }

  @Test("a worker that somebody kills is replaced")
  func replacesWorkers() throws {
    var demo = try DemoRobot.start(host: host, executable: RealProgram.path)
    #expect(RealProgram.eventually { children(of: demo.pid).count == 2 })
    let before = Set(children(of: demo.pid))
    if let first = before.first { kill(first, SIGKILL) }
    #expect(
      RealProgram.eventually {
        let now = Set(children(of: demo.pid))
        return now.count == 2 && now != before
      })
    demo.stop()
  }

  @Test("killing perftop leaves no process and no file")
  func cleansUpAfterPerftop() throws {
    let perftop = try demo()
    let (robot, keeper) = try robot(of: perftop)
    perftop.child.signal(SIGKILL)
    #expect(perftop.ends(within: 10) != nil)
    #expect(RealProgram.eventually { directory.names().isEmpty })
    #expect(RealProgram.eventually { ![robot, keeper].contains(where: RealProgram.isRunning) })
  }

  @Test("killing perftop and the keeper at once leaves no process and no file")
  func cleansUpAlone() throws {
    let perftop = try demo()
    let (robot, keeper) = try robot(of: perftop)
    [keeper, perftop.child.pid].forEach { kill($0, SIGKILL) }
    #expect(perftop.ends(within: 10) != nil)
    #expect(RealProgram.eventually { directory.names().isEmpty })
    #expect(RealProgram.eventually { !RealProgram.isRunning(robot) })
  }

  @Test("killing the robot ends the demo, and its files go")
  func noticesRobotsEnd() throws {
    let perftop = try demo()
    let (robot, _) = try robot(of: perftop)
    kill(robot, SIGKILL)
    #expect(perftop.ends(within: 10) != nil)
    #expect(directory.names().isEmpty)
  }

  @Test("what is left when all of them are killed at once is removed by the next demo")
  func sweeps() throws {
    let perftop = try demo()
    let (robot, keeper) = try robot(of: perftop)
    let all = [keeper, robot, perftop.child.pid] + children(of: robot)
    all.forEach { kill($0, SIGKILL) }
    #expect(perftop.ends(within: 10) != nil)
    #expect(RealProgram.eventually { !all.contains(where: RealProgram.isRunning) })
    #expect(directory.names().count == 1)
    mkdir("\(directory.path)/perftop-demo-starting", 0o700)
    // A worker that was born while the others were killed holds its directory until it notices.
    let isSwept = RealProgram.eventually {
      _ = try? RealProgram.run(["demo", "--seconds", "0.2"], variables: variables)
      return directory.names() == ["perftop-demo-starting"]
    }
    #expect(isSwept, "what is left goes, and one that only begins is left alone")
  }

  @Test("what can not be removed whole is tried again by the next demo")
  func keepsLock() {
    let left = "\(directory.path)/perftop-demo-left"
    let deeperThanRemoved = 40
    var place = left
    for _ in 0..<deeperThanRemoved {
      mkdir(place, 0o700)
      place += "/data"
    }
    #expect(DemoDirectory.lock(left))
    DemoDirectory.remove(left)
    #expect(directory.names("perftop-demo-left").sorted() == ["data", "lock"])
    #expect(ProgramRun(["rm", "-rf", left + "/data/data"]).code == 0)
    DemoDirectory.sweep(host)
    #expect(directory.names().isEmpty)
  }

  @Test("a directory that can not be made is said in a sentence")
  func explains() throws {
    let outcome = try RealProgram.run(["demo"], variables: ["TMPDIR": "/proc/nonexistent"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("perftop: demo: No such file or directory\n"))
  }

  @Test("it does not start where it would fill the disk")
  func needsRoom() {
    let files = FakeFiles()
    files.setSpace(
      directory.path,
      SpaceSample(
        total: Bytes(1_000_000_000), available: Bytes(249_000_000), inodes: 9, inodesFree: 9))
    let tight = Host.fake(files: files, variables: variables)
    #expect(throws: LaunchError.directory(SystemError(ENOSPC))) {
      try DemoRobot.start(host: tight, executable: RealProgram.path)
    }
    #expect(directory.names().isEmpty)
  }

  @Test("nothing but a demo's directory is ever removed")
  func refusesOthers() throws {
    let other = "\(directory.path)/precious"
    mkdir(other, 0o700)
    #expect(!DemoDirectory.remove(other))
    symlink(other, "\(directory.path)/perftop-demo-link")
    #expect(!DemoDirectory.remove("\(directory.path)/perftop-demo-link"))
    #expect(directory.names().count == 2)
  }
}
