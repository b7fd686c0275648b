import Glibc
import TestSupport
import Testing

@Suite("What goes wrong with the kernel, time and permissions")
struct KernelFaultTests {
  /// Help opens and closes, and the way out is open.
  private func expectAnswers(_ session: Session, sourceLocation: SourceLocation = #_sourceLocation)
  {
    session.press("?")
    #expect(session.sees("quit", within: 1), sourceLocation: sourceLocation)
    session.press("\u{1b}")
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0, sourceLocation: sourceLocation)
  }

  private func snapshot(_ pid: Int32, _ more: String...) -> [String] {
    let format = more.contains("--jsonl") ? [] : ["--json"]
    return ["perftop", "snapshot"] + format + ["-d", "0.1", "-p", "\(pid)"] + more
  }

  @Test(
    "C1: a file of /proc that never answers holds neither the screen nor the way out",
    .needs(FaultKit.deadMounts), arguments: ["smaps_rollup", "smaps", "cmdline", "io"])
  func neverAnswers(_ file: String) throws {
    let target = try sleeper()
    let folder = TemporaryFolder()
    let session = try Session(
      FaultKit.hanging("/proc/\(target.pid)/\(file)", scratch: folder)
        + ["perftop", "-p", "\(target.pid)"])
    #expect(session.sees("Memory"))
    try #require(folder.read("hanging") == "ready")
    expectAnswers(session)
  }

  @Test(
    "C1: a stranger's command line that never answers does not hold up the search for a name",
    .needs(FaultKit.deadMounts))
  func strangerNeverAnswers() throws {
    let stranger = try sleeper()
    let target = try #require(Specimen(["sleep", "98.7654321"]))
    let folder = TemporaryFolder()
    let session = try Session(
      FaultKit.hanging("/proc/\(stranger.pid)/cmdline", scratch: folder)
        + ["perftop", "-n", "98\\.7654321"])
    #expect(session.sees("\(target.pid)"))
    try #require(folder.read("hanging") == "ready")
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
  }

  @Test(
    "C2: a filesystem that is dead holds neither the screen nor the way out",
    .needs(FaultKit.deadMounts))
  func deadFilesystem() throws {
    let folder = TemporaryFolder()
    let script = """
      mount -t tmpfs none /mnt; sleep 60 3>/mnt/data & T=$!
      \(BuiltProgram.faultTool) hang /mnt >\(folder.path)/hanging 2>&1 &
      until [ -s \(folder.path)/hanging ]; do sleep 0.01; done; exec \(BuiltProgram.path) -p $T
      """
    let session = try Session(["unshare", "-m", "--propagation", "private", "sh", "-c", script])
    #expect(session.sees("Storage"))
    try #require(folder.read("hanging") == "ready")
    expectAnswers(session)
  }

  @Test(
    "C7: a number that is used again is not the process it was", .needs(FaultKit.processNumbers))
  func reusedNumber() throws {
    let folder = TemporaryFolder()
    let script = """
      cd \(folder.path); mkfifo go
      ( sleep 99 & echo $! >first; read x <go; kill $!; wait $!
        echo $(($(cat first) - 1)) >/proc/sys/kernel/ns_last_pid; tail -f /dev/null &
        echo $! >second; wait ) &
      until [ -s first ]; do sleep 0.01; done; exec \(BuiltProgram.path) -d 0.1 -p $(cat first)
      """
    let session = try Session(
      ["unshare", "-m", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", script])
    try #require(session.sees("sleep"))
    folder.write("go", "\n")
    let second = try #require(folder.waits(for: "second"))
    try #require(second == folder.read("first"))
    #expect(session.sees("ended"))
    session.watch(for: 0.3)
    #expect(!session.screen.text.contains("tail"))
    session.press("q")
    #expect(session.ends(within: 2) != nil)
  }

  @Test(
    "C9: what another user's process does not show is missing with a reason, never 0",
    .needs(FaultKit.otherUser))
  func otherUser() throws {
    let target = try sleeper()
    let run = ProgramRun(FaultKit.asNobody + snapshot(target.pid))
    #expect(run.code == 0)
    #expect(run.output.contains("\"pss_bytes\":null"))
    #expect(run.output.contains("\"memory.pss_bytes\":\"permission denied"))
    #expect(run.numbers("rss_bytes").contains { $0 > 0 })
  }

  @Test(
    "C9: a process that is hidden is reported as such, not as zeros",
    .needs(FaultKit.processNumbers), .needs(FaultKit.otherUser))
  func hidden() throws {
    let run = ProgramRun(FaultKit.hidingProcesses + FaultKit.asNobody + snapshot(1))
    #expect(run.code == 3 || run.code == 4)
    #expect(run.complainsProperly)
    #expect(run.output.isEmpty)
  }

  @Test(
    "C15: a wall clock that jumps makes no rate negative and loses no reading",
    .needs(FaultKit.compiler))
  func jumpingClock() throws {
    let target = try sleeper()
    let folder = TemporaryFolder()
    let library = try #require(FaultKit.clockLibrary(in: folder))
    let jumps = ["0", "3600", "-3600", "86400", "0", "-86400"]
    let run = ProgramRun(
      snapshot(target.pid, "--jsonl", "--count", "\(jumps.count)"),
      environment: ["LD_PRELOAD": library, "JUMP_FILE": folder.path + "/jump"]
    ) { line, _ in folder.write("jump", jumps[min(line, jumps.count - 1)]) }
    #expect(run.code == 0)
    #expect(run.seconds < 3)
    let order = run.numbers("sequence")
    #expect(order.count == jumps.count && zip(order, order.dropFirst()).allSatisfy { $0 < $1 })
    for key in ["read_bytes_per_s", "write_bytes_per_s", "cpu_percent"] {
      #expect(run.numbers(key).allSatisfy { $0 >= 0 })
    }
  }

  @Test("C16: after it was stopped there is one gap, and no burst of what was missed")
  func stopped() throws {
    let target = try sleeper()
    var times: [ContinuousClock.Instant] = []
    let stopMilliseconds: Int32 = 700
    let run = ProgramRun(snapshot(target.pid, "--jsonl", "--count", "8")) { line, child in
      times.append(.now)
      guard line == 3 else { return }
      child.signal(SIGSTOP)
      poll(nil, 0, stopMilliseconds)
      child.signal(SIGCONT)
    }
    #expect(run.code == 0)
    try #require(times.count == 8)
    let after = zip(times[4...], times[5...]).map { $0.duration(to: $1) }
    #expect(after.filter { $0 < .milliseconds(40) }.count <= 1)
  }

  @Test("C17: a monitor that is starved skips ticks instead of queueing them")
  func starved() throws {
    let target = try sleeper()
    let rivals = try (0..<4).map { _ in
      try #require(Specimen(["sh", "-c", "while :; do :; done"]))
    }
    let run = ProgramRun(
      ["nice", "-n", "19"] + snapshot(target.pid, "-d", "10ms", "--jsonl", "--count", "20"),
      within: 20)
    #expect(run.code == 0)
    #expect(rivals.count == 4)
    let order = run.numbers("sequence")
    #expect(order.count == 20 && zip(order, order.dropFirst()).allSatisfy { $0 < $1 })
  }
}
