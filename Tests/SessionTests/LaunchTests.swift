import Glibc
import TestSupport
import Testing

@Suite("Programs that perftop starts")
struct LaunchTests {
  private func launching(
    _ script: String, options: [String] = [], environment: [String: String] = [:]
  ) throws -> Session {
    try Session(["perftop"] + options + ["--", "sh", "-c", script], environment: environment)
  }

  @Test("L1: what it started outlives it, however it ends", arguments: [SIGKILL, SIGTERM, 0])
  func outlives(_ signal: Int32) throws {
    let folder = TemporaryFolder()
    let session = try launching("echo $$ >\(folder.path)/pid; exec sleep 60")
    let pid = try #require(folder.waits(for: "pid").flatMap { Int32($0) })
    #expect(session.sees("Memory"))
    if signal == 0 { session.closeMaster() } else { session.child.signal(signal) }
    #expect(session.ends(within: 3) != nil)
    #expect(isAlive(pid))
    kill(pid, SIGKILL)
  }

  @Test("L1: with --kill-on-exit it does not")
  func diesToo() throws {
    let folder = TemporaryFolder()
    let session = try launching(
      "echo $$ >\(folder.path)/pid; exec sleep 60", options: ["--kill-on-exit"])
    let pid = try #require(folder.waits(for: "pid").flatMap { Int32($0) })
    #expect(session.sees("Memory"))
    session.child.signal(SIGKILL)
    #expect(session.ends(within: 3) != nil)
    #expect(ends(pid, within: 2))
    kill(pid, SIGKILL)
  }

  @Test(
    "L1: its status is passed on", arguments: [("exit 7", 7), ("kill -TERM $$", 128 + SIGTERM)])
  func passesStatus(script: String, status: Int32) throws {
    let run = ProgramRun(["perftop", "-d", "0.1", "--", "sh", "-c", script])
    #expect(run.code == status)
  }

  @Test(
    "L1: while another process is watched its end is told, and its status passed on when one quits")
  func endsUnwatched() throws {
    let folder = TemporaryFolder()
    let gate = try #require(Gate(folder.path + "/go"))
    let other = try #require(Specimen(["sleep", "9\(100_000 + Int(getpid()))"]))
    let session = try launching("read x <\(gate.path); exit 7", options: ["-d", "0.2"])
    #expect(session.sees("Memory"))
    session.press("p")
    #expect(session.sees("Processes"))
    session.press("/pid=\(other.pid)")
    #expect(session.sees(within: 20) { $0.text.contains(" 1 of ") })
    session.press("\r")
    #expect(session.sees("\(other.pid) "))
    session.press("\r")
    #expect(session.sees("applied: watching sleep \(other.pid)"))
    folder.write("go", "\n")
    #expect(session.sees("exited with 7"))
    session.press("2")
    #expect(session.sees("sleep \(other.pid)"))
    session.press("q")
    #expect(session.ends(within: 3)?.code == 7)
    #expect(session.isRestored)
  }

  @Test(
    "L1: a program that is not there is a failure with a sentence", .needs(FaultKit.refusals))
  func missingProgram() {
    let run = ProgramRun(["perftop", "--", "/nonexistent/program"])
    #expect(run.code != 0 && run.code != nil)
    #expect(run.complainsProperly)
  }

  @Test("L2: it never waits for its output to be read, even while the screen is stalled")
  func neverBlocks() throws {
    let folder = TemporaryFolder()
    let gate = try #require(Gate(folder.path + "/go"))
    let flood = "head -c 10000000 /dev/zero; head -c 10000000 /dev/zero >&2"
    let session = try launching(
      "read x <\(gate.path); \(flood); echo done >\(folder.path)/done; sleep 60")
    #expect(session.sees("Memory"))
    session.stall()
    folder.write("go", "\n")
    #expect(folder.waits(for: "done", within: 5) == "done")
  }

  @Test(
    "L3: under sudo it runs as the caller, unless root is asked for", .needs(FaultKit.otherUser),
    arguments: [([], "65534"), (["--as-root"], "0")])
  func dropsRoot(options: [String], user: String) throws {
    let folder = TemporaryFolder()
    let caller = ["SUDO_UID": "65534", "SUDO_GID": "65534", "SUDO_USER": "nobody"]
    let session = try launching(
      "id -u >\(folder.path)/user; sleep 60", options: options, environment: caller)
    #expect(folder.waits(for: "user") == user)
    session.press("q")
    #expect(session.ends(within: 3) != nil)
  }

  @Test("L4: it inherits three descriptors and no more")
  func inheritsLittle() throws {
    let folder = TemporaryFolder()
    let session = try launching("exec >\(folder.path)/list; ls /proc/$$/fd; sleep 60")
    #expect(folder.waits(for: "list") == "0\n1\n2")
    session.press("q")
    #expect(session.ends(within: 3) != nil)
  }
}
