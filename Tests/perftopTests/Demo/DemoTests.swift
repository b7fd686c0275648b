import Glibc
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

  /// The robot's own number and its keeper's, once it is at work.
  private func robot(of perftop: pid_t) throws -> (robot: Int32, keeper: Int32) {
    let isAtWork = BuiltProgram.eventually {
      let name = directory.names().first ?? ""
      return directory.names("\(name)/data").count >= 3
    }
    try #require(isAtWork)
    let keeper = try #require(children(of: perftop).first)
    return (try #require(children(of: keeper).first), keeper)
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
    var demo = try DemoRobot.start(host: host, executable: BuiltProgram.path)
    #expect(BuiltProgram.isRunning(demo.pid))
    #expect(demo.status() == nil)
    let name = try #require(directory.names().first)
    #expect(demo.sysDirectory == "\(directory.path)/\(name)/sys")
    #expect(directory.text("\(name)/sys/class/thermal/thermal_zone0/type") == "cpu-thermal\n")
    #expect(BuiltProgram.eventually { children(of: demo.pid).count == 2 })
    let workers = children(of: demo.pid)
    #expect(BuiltProgram.eventually { directory.names("\(name)/data").contains("csv-1.csv") })
    demo.stop()
    #expect(directory.names().isEmpty)
    #expect(!BuiltProgram.isRunning(demo.pid))
    #expect(BuiltProgram.eventually { workers.allSatisfy { !BuiltProgram.isRunning($0) } })
  }

  @Test("with --seconds it ends by itself, with 0")
  func endsByItself() throws {
    let outcome = try BuiltProgram.run(["demo", "--seconds", "0.3"], variables: variables)
    #expect(outcome.status == 0)
    #expect(directory.names().isEmpty)
  }

  @Test("a worker that somebody kills is replaced")
  func replacesWorkers() throws {
    var demo = try DemoRobot.start(host: host, executable: BuiltProgram.path)
    #expect(BuiltProgram.eventually { children(of: demo.pid).count == 2 })
    let before = Set(children(of: demo.pid))
    if let first = before.first { kill(first, SIGKILL) }
    #expect(
      BuiltProgram.eventually {
        let now = Set(children(of: demo.pid))
        return now.count == 2 && now != before
      })
    demo.stop()
  }

  @Test("killing perftop leaves no process and no file")
  func cleansUpAfterPerftop() throws {
    let perftop = try BuiltProgram.start(["demo"], variables: variables)
    let (robot, keeper) = try robot(of: perftop)
    kill(perftop, SIGKILL)
    waitpid(perftop, nil, 0)
    #expect(BuiltProgram.eventually { directory.names().isEmpty })
    #expect(BuiltProgram.eventually { ![robot, keeper].contains(where: BuiltProgram.isRunning) })
  }

  @Test("killing perftop and the keeper at once leaves no process and no file")
  func cleansUpAlone() throws {
    let perftop = try BuiltProgram.start(["demo"], variables: variables)
    let (robot, keeper) = try robot(of: perftop)
    [keeper, perftop].forEach { kill($0, SIGKILL) }
    waitpid(perftop, nil, 0)
    #expect(BuiltProgram.eventually { directory.names().isEmpty })
    #expect(BuiltProgram.eventually { !BuiltProgram.isRunning(robot) })
  }

  @Test("killing the robot ends the demo, and its files go")
  func noticesRobotsEnd() throws {
    let perftop = try BuiltProgram.start(["demo"], variables: variables)
    let (robot, _) = try robot(of: perftop)
    kill(robot, SIGKILL)
    waitpid(perftop, nil, 0)
    #expect(directory.names().isEmpty)
  }

  @Test("what is left when all of them are killed at once is removed by the next demo")
  func sweeps() throws {
    let perftop = try BuiltProgram.start(["demo"], variables: variables)
    let (robot, keeper) = try robot(of: perftop)
    let all = [keeper, robot, perftop] + children(of: robot)
    all.forEach { kill($0, SIGKILL) }
    waitpid(perftop, nil, 0)
    #expect(BuiltProgram.eventually { !all.contains(where: BuiltProgram.isRunning) })
    #expect(directory.names().count == 1)
    mkdir("\(directory.path)/perftop-demo-starting", 0o700)
    _ = try BuiltProgram.run(["demo", "--seconds", "0.2"], variables: variables)
    #expect(directory.names() == ["perftop-demo-starting"], "one that only begins is left alone")
  }

  @Test("a directory that can not be made is said in a sentence")
  func explains() throws {
    let outcome = try BuiltProgram.run(["demo"], variables: ["TMPDIR": "/proc/nonexistent"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("perftop: demo: No such file or directory\n"))
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
