import Glibc
import TestSupport
import Testing

@testable import Monitors
@testable import perftop

@Suite("Launching a program")
struct LaunchCommandTests {
  let state: TemporaryDirectory
  static let runs = "perftop/runs"

  init() throws { state = try TemporaryDirectory() }

  private func launch(_ options: [String] = [], _ command: String...) throws -> RealProgram.Outcome
  {
    try RealProgram.run(
      options + ["--"] + command, variables: ["XDG_STATE_HOME": state.path])
  }

  private func file(_ suffix: String) -> String {
    state.names(LaunchCommandTests.runs).first { $0.hasSuffix(suffix) }
      .map { state.text("\(LaunchCommandTests.runs)/\($0)") } ?? "no \(suffix)"
  }

  @Test(
    "its status is passed on as a shell does",
    arguments: [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", 137), ("kill -TERM $$", 143)])
  func passesStatusOn(_ script: String, _ status: Int32) throws {
    let outcome = try launch([], "sh", "-c", script)
    #expect(outcome.status == status)
    #expect(outcome.output.hasPrefix("perftop: "))
    #expect(outcome.output.contains(" after "))
    #expect(outcome.output.contains(" s; output in \(state.path)/perftop/runs/sh-"))
    #expect(outcome.errors.isEmpty)
  }

  @Test("what it prints on both streams is in its log, in order, and how it ended in its note")
  func keepsOutput() throws {
    _ = try launch([], "sh", "-c", "echo one; echo two >&2; echo three; exit 3")
    #expect(file(".log") == "one\ntwo\nthree\n")
    #expect(file(".run").contains("command: sh -c echo one; echo two >&2; echo three; exit 3\n"))
    #expect(file(".run").hasSuffix("status: exited with 3\n"))
  }

  @Test(
    "a program that is not there ends with 127, one that can not run with 126",
    .enabled(if: FaultKit.refusals.isAvailable, Comment(rawValue: FaultKit.refusals.obstacle)))
  func failsAsShellsDo() throws {
    let missing = try launch([], "no-such-program-here")
    #expect(missing.status == 127)
    #expect(missing.errors == "perftop: no-such-program-here: No such file or directory\n")
    let refused = try launch([], "/etc/passwd")
    #expect(refused.status == 126)
    #expect(refused.errors.hasPrefix("perftop: /etc/passwd: Permission denied\n"))
    #expect(missing.output.isEmpty && refused.output.isEmpty)
  }

  @Test("its words reach it byte by byte, also those that are not UTF-8")
  func keepsBytes() throws {
    let script = #"perftop=$1; shift; exec "$perftop" -- printf '%s' "$(printf 'a\377 b\n')""#
    _ = try RealProgram.run(program: [
      "env", "XDG_STATE_HOME=\(state.path)", "sh", "-c", script, "sh", RealProgram.path,
    ])
    let name = try #require(state.names(Self.runs).first { $0.hasSuffix(".log") })
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = try buffer.withUnsafeMutableBytes {
      try LiveFiles().read("\(state.path)/\(Self.runs)/\(name)", in: nil, into: $0)
    }
    #expect(Array(buffer[..<count]) == [0x61, 0xff, 0x20, 0x62])
  }

  @Test("L2: 10 MB on both streams never block it, and two files of 1 MB keep the last of it")
  func drainsOutput() throws {
    let script = "head -c 10000000 /dev/zero; head -c 10000000 /dev/zero >&2; echo the end"
    #expect(try launch([], "sh", "-c", script).status == 0)
    #expect(file(".log").hasSuffix("the end\n"))
    for name in state.names(Self.runs) {
      let status = try LiveFiles().status(
        "\(state.path)/\(Self.runs)/\(name)", in: nil, following: false)
      #expect(status.size <= 1_000_000)
      #expect(status.mode == 0o600)
    }
    #expect(state.names(Self.runs).count == 3)
    let directory = try LiveFiles().status("\(state.path)/\(Self.runs)", in: nil, following: false)
    #expect(directory.mode == 0o700)
  }

  @Test("L4: it has descriptors 0, 1 and 2 and no other, and no signal is blocked or ignored")
  func inheritsNothing() throws {
    let script = "exec 7</dev/null 8</dev/null; trap '' HUP INT USR1; exec \"$@\""
    let command =
      "ls /proc/self/fd; grep -E 'SigBlk|SigIgn' /proc/self/status; readlink /proc/self/fd/0"
    _ = try RealProgram.run(program: [
      "env", "XDG_STATE_HOME=\(state.path)", "sh", "-c", script, "sh", RealProgram.path, "--",
      "sh", "-c", command,
    ])
    let lines = file(".log").split(separator: "\n").map(String.init)
    #expect(lines.prefix(4) == ["0", "1", "2", "3"], "3 is the directory that ls reads")
    #expect(lines.contains("SigBlk:\t0000000000000000"))
    let ignored = lines.first { $0.hasPrefix("SigIgn:") }?.suffix(8)
    #expect(ignored == "00000000" || ignored == "80000000", "bit 31 belongs to the C library")
    #expect(lines.last == "/dev/null")
  }

  @Test("L2: what it leaves running can go on printing after its own end")
  func readsStragglers() throws {
    let gate = try #require(Gate("\(state.path)/gate"))
    let outcome = try launch([], "sh", "-c", "(read line < \(gate.path); echo $line) & exit 4")
    #expect(outcome.status == 4)
    let writing = gate.openForWriting()
    #expect(write(writing, "late\n", 5) == 5)
    close(writing)
    #expect(RealProgram.eventually { file(".log") == "late\n" })
  }

  @Test("A13: it has no controlling terminal to type into, though perftop has one")
  func hasNoTerminal() throws {
    let command =
      "\(RealProgram.path) -- sh -c '(: </dev/tty) 2>/dev/null && echo has || echo none'"
    let outcome = try RealProgram.run(program: [
      "env", "XDG_STATE_HOME=\(state.path)", "script", "-qec",
      "(: </dev/tty) && echo mine; \(command)",
      "/dev/null",
    ])
    #expect(outcome.output.contains("mine"))
    #expect(file(".log") == "none\n")
  }

  @Test("L1: killing perftop leaves it running, with someone who still reads what it prints")
  func outlivesPerftop() throws {
    let directory = try TemporaryDirectory()
    let gate = try #require(Gate("\(directory.path)/gate"))
    let script =
      "echo $$ > \(directory.path)/pid; read line < \(gate.path); echo $line; echo $line >&2; kill -9 $$"
    let perftop = try RealProgram.start(
      ["--", "sh", "-c", script], variables: ["XDG_STATE_HOME": state.path])
    let writing = gate.openForWriting()
    let pid = try #require(Int32(directory.text("pid").dropLast()))
    kill(perftop, SIGKILL)
    #expect(RealProgram.ends(perftop))
    #expect(RealProgram.isRunning(pid))
    #expect(write(writing, "alive\n", 6) == 6)
    close(writing)
    #expect(RealProgram.eventually { file(".run").hasSuffix("status: killed by SIGKILL\n") })
    #expect(file(".log") == "alive\nalive\n")
  }

  @Test("L1: with --kill-on-exit it ends with perftop, and so does what it started")
  func endsWithPerftop() throws {
    let directory = try TemporaryDirectory()
    let gate = try #require(Gate("\(directory.path)/gate"))
    let script = "sleep 1000 & echo $$ $! > \(directory.path)/pids; echo > \(gate.path); wait"
    let perftop = try RealProgram.start(
      ["--kill-on-exit", "--", "sh", "-c", script], variables: ["XDG_STATE_HOME": state.path])
    #expect(gate.awaitLine())
    #expect(RealProgram.eventually { !directory.text("pids").isEmpty })
    let pids = directory.text("pids").split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    #expect(pids.count == 2)
    kill(perftop, SIGKILL)
    #expect(RealProgram.ends(perftop))
    #expect(RealProgram.eventually { pids.allSatisfy { !RealProgram.isRunning($0) } })
  }

  @Test("L1: a program that ignores the request to end is ended three seconds later")
  func endsTheStubborn() throws {
    let directory = try TemporaryDirectory()
    let script = "trap '' TERM; echo $$ > \(directory.path)/pid; while :; do sleep 1; done"
    let perftop = try RealProgram.start(
      ["--kill-on-exit", "--", "sh", "-c", script], variables: ["XDG_STATE_HOME": state.path])
    #expect(RealProgram.eventually { directory.text("pid").hasSuffix("\n") })
    let pid = try #require(Int32(directory.text("pid").dropLast()))
    kill(perftop, SIGKILL)
    #expect(RealProgram.ends(perftop))
    #expect(RealProgram.isRunning(pid))
    #expect(RealProgram.eventually { !RealProgram.isRunning(pid) })
  }

  @Test(
    "L3: under sudo it runs as the person who called, with their groups, and perftop says so",
    .enabled(if: geteuid() == 0, "needs root"),
    .enabled(
      if: FaultKit.otherUser.isAvailable, Comment(rawValue: FaultKit.otherUser.obstacle)))
  func dropsRoot() throws {
    chown(state.path, 65534, 65534)
    let variables = ["XDG_STATE_HOME": state.path, "SUDO_UID": "65534", "SUDO_GID": "65534"]
    let command = ["--", "sh", "-c", "id -u; id -g; id -G"]
    let outcome = try RealProgram.run(command, variables: variables)
    #expect(file(".log") == "65534\n65534\n65534\n")
    #expect(outcome.errors.contains("(65534), not as root; --as-root keeps root\n"))
  }

  @Test("L3: --as-root keeps root", .enabled(if: geteuid() == 0, "needs root"))
  func keepsRoot() throws {
    let variables = ["XDG_STATE_HOME": state.path, "SUDO_UID": "65534", "SUDO_GID": "65534"]
    let outcome = try RealProgram.run(
      ["--as-root", "--", "id", "-u"], variables: variables)
    #expect(file(".log") == "0\n")
    #expect(outcome.errors.isEmpty)
  }

  @Test(
    "L3: when sudo's variables name nobody, nothing is run as root by a guess",
    .enabled(if: geteuid() == 0, "needs root"))
  func refusesToGuess() throws {
    let outcome = try RealProgram.run(
      ["--", "id"], variables: ["XDG_STATE_HOME": state.path, "SUDO_UID": "alice"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("--as-root"))
    #expect(state.names(Self.runs).isEmpty)
  }

  @Test("a log directory that others can write to is not used, and that is said")
  func refusesSharedDirectory() throws {
    mkdir("\(state.path)/perftop", 0o700)
    mkdir("\(state.path)/perftop/runs", 0o700)
    chmod("\(state.path)/perftop/runs", 0o777)
    let outcome = try launch([], "echo", "hello")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("output is not kept"))
    #expect(state.names(Self.runs).isEmpty)
  }

  @Test("only the newest runs are remembered, and one that still runs is never removed")
  func forgetsOldRuns() throws {
    let directory = try PrivateDirectory(making: "\(state.path)/\(Self.runs)")
    let first = try RunLog(in: directory, name: "running-1")
    for number in 2...(RunsDirectory.kept + 9) {
      close(try directory.create("old-\(number).log"))
      close(try directory.create("old-\(number).run"))
    }
    utimensat(directory.descriptor, "running-1.run", [timespec(), timespec()], 0)
    RunsDirectory.tidy(directory, files: LiveFiles())
    let left = state.names(Self.runs)
    #expect(left.count { $0.hasSuffix(".run") } == RunsDirectory.kept + 1)
    #expect(left.contains("running-1.log"))
    #expect(left.count { $0.hasSuffix(".log") } == RunsDirectory.kept + 1)
    first.close()
  }

  @Test("a person who leaves is told how to come back")
  func saysFarewell() {
    let launch = Invocation.Launch(command: ["collector"])
    let program = LaunchedProgram(keeper: 1, descriptor: -1)
    #expect(
      LaunchCommand.farewell(program, launch)
        == "perftop: 0 goes on; watch it again with: perftop -p 0\n")
  }

  @Test("output that could not be kept is not said to be kept", arguments: [false, true])
  func saysWhatWasLost(hasLog: Bool) throws {
    var ends: [Int32] = [-1, -1]
    #expect(socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0)
    KeeperMessage.started(pid: 7, log: "/runs/sh-7.log", user: "").send(to: ends[1])
    KeeperMessage.ended(waitStatus: 0, lost: ENOSPC, hasLog: hasLog).send(to: ends[1])
    var program = LaunchedProgram(keeper: 0, descriptor: ends[0])
    try program.awaitStart(of: [], milliseconds: 1000)
    let end = program.wait()
    let word = LaunchCommand.lastWord(on: program, end, seconds: 1)
    let loss = "kept: No space left on device"
    #expect(word.contains(hasLog ? "output in /runs/sh-7.log, but not all of it" : "its output"))
    #expect(word.contains(loss) && (hasLog || !word.contains("sh-7.log")))
    ends.forEach { close($0) }
  }

  @Test("nobody can start a keeper or a robot by hand")
  func refusesHiddenCommands() throws {
    #expect(try RealProgram.run(["keep", "--", "true"]).status == 2)
    #expect(try RealProgram.run(["robot"]).status == 2)
  }

  @Test("A3: with its standard descriptors closed it still works and harms none of its own files")
  func worksWithoutStreams() throws {
    let outcome = try RealProgram.run(program: [
      "env", "XDG_STATE_HOME=\(state.path)", "sh", "-c",
      "\"$0\" -- echo hello <&- >&- 2>&-", RealProgram.path,
    ])
    #expect(outcome.status == 0)
    #expect(file(".log") == "hello\n")
  }
}
