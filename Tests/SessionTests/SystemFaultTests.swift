import Glibc
import TestSupport
import Testing

@Suite("What goes wrong with targets and with the machine under them")
struct SystemFaultTests {
  private static let isLong = getenv("PERFTOP_LONG") != nil
  private let folder = TemporaryFolder()

  @Test(
    "A13: what is launched can type nothing into the terminal that it was launched from",
    .needs(FaultKit.otherUser), .needs(FaultKit.typing))
  func typesNothing() throws {
    let caller = ["SUDO_UID": "65534", "SUDO_GID": "65534", "SUDO_USER": "nobody"]
    let typist = [
      BuiltProgram.faultTool, "type", "id>\(folder.path)/pwn\n", "\(folder.path)/count",
    ]
    let session = try Session(["perftop", "--"] + typist, environment: caller)
    #expect(folder.waits(for: "count") == "0")
    #expect(session.ends(within: 5)?.code == 0)
    #expect(session.isRestored)
    #expect(session.typedAhead == 0)
  }

  @Test(
    "C8: two hundred children a second, another user, another program: nothing is lost, nothing invented",
    .needs(FaultKit.otherUser))
  func changes() throws {
    let target = try #require(Specimen(tool: "changing", "65534"))
    let count = Self.isLong ? 600 : 24
    let run = ProgramRun(
      [
        "perftop", "snapshot", "--jsonl", "-d", "0.1", "-p", "\(target.pid)", "--count", "\(count)",
      ],
      within: 20 + Double(count) / 5
    ) { line, _ in
      if line == count / 3 { target.signal(SIGUSR1) }
      if line == count / 3 * 2 { target.signal(SIGUSR2) }
    }
    #expect(run.code == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == count)
    #expect(lines.allSatisfy { $0.contains("\"target\":{\"pid\":\(target.pid),") })
    #expect(run.numbers("rss_bytes").allSatisfy { $0 > 0 })
    for key in ["cpu_percent", "read_bytes_per_s", "write_bytes_per_s"] {
      #expect(run.numbers(key).allSatisfy { $0 >= 0 }, "\(key)")
    }
    let generations = run.numbers("generation")
    #expect(generations.first == 1)
    #expect(generations.last == 2)
    #expect(zip(generations, generations.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(lines.last?.contains("\"name\":\"later\"") == true)
    #expect(lines.last?.contains("\"growth_bytes_per_s\":null") == true)
  }

  @Test("C8: a target that dies is kept on the screen with the time of its end")
  func dies() throws {
    // Its parent is neither perftop nor ready to tell of its end.
    let target = try #require(
      Specimen(["sh", "-c", "sleep 60 & echo $! >\(folder.path)/pid; exec sleep 61"]))
    let pid = try #require(folder.waits(for: "pid").flatMap { Int32($0) })
    let session = try Session(["perftop", "-d", "0.1", "-p", "\(pid)"])
    try #require(session.sees("sleep"))
    kill(pid, SIGTERM)
    #expect(session.sees { $0.text.contains("ended at ") && $0.text.contains("Z: sleep") })
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
    withExtendedLifetime(target) {}
  }

  @Test(
    "C10: thousands of threads delay neither the first frame nor any after it", .serialized,
    arguments: [[], ["leaderless"]])
  func threads(_ more: [String]) throws {
    let count = Self.isLong ? 20_000 : 1000
    let target = try #require(
      Specimen([BuiltProgram.faultTool, "threads", "\(count)"] + more))
    let begin = ContinuousClock.now
    let session = try Session(["perftop", "-d", "0.5", "-p", "\(target.pid)"])
    #expect(session.sees("Memory", within: 1))
    #expect(session.sees("FaultTool", within: 1))
    #expect(begin.duration(to: .now) < .seconds(Patience.factor))
    session.watch(for: 0.5)
    let before = session.child.cpuSeconds
    session.watch(for: 3)
    // Two ticks a second, with workers' readings of mappings among them.
    #expect(session.child.cpuSeconds - before < 6 * 0.02 + 0.1)
    session.press("?")
    #expect(session.sees("quit", within: 0.5))
    session.press("\u{1b}")
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
  }

  @Test("C13: processors that come and go between ticks neither end it nor make up a load")
  func hotplug() throws {
    let machine = "\(folder.path)/machine"
    _ = ProgramRun(["cp", "-rL", "\(Checkout.root)/Tests/Fixtures/hosts/x86-idle/000", machine])
    let counts = [2, 1, 4096, 2, 600, 1, 2]
    plug(counts[0], of: 0)
    let run = ProgramRun(
      [
        "perftop", "snapshot", "--jsonl", "-d", "0.05", "--sysroot", machine,
        "--count", "\(counts.count)",
      ], within: 10
    ) { line, _ in if line < counts.count { plug(counts[line], of: line) } }
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.split(separator: "\n").count == counts.count)
    #expect(run.numbers("cpu_percent").allSatisfy { (0...100).contains($0) })
  }

  /// Processors as the kernel lists them; those that are left carry other numbers than before.
  private func plug(_ count: Int, of round: Int) {
    let processor = "\((round + 1) * 100) 0 0 \((round + 1) * 300) 0 0 0 0 0 0"
    let first = round % 2
    let numbers = (0..<count).map { $0 + first }
    let sum = "cpu  \(count * (round + 1) * 100) 0 0 \(count * (round + 1) * 300) 0 0 0 0 0 0\n"
    folder.write(
      "machine/proc/stat",
      sum + numbers.map { "cpu\($0) \(processor)\n" }.joined() + "intr 1\nctxt 1\n")
    let script = """
      mkdir -p cpufreq && echo $1-$2 >online && rm -rf cpufreq/policy* && for i in $(seq $1 $3)
      do mkdir cpufreq/policy$i && echo 1000000 >cpufreq/policy$i/scaling_cur_freq; done
      """
    let last = first + count - 1
    let place = "\(folder.path)/machine/sys/devices/system/cpu"
    _ = ProgramRun(
      ["sh", "-c", "mkdir -p '\(place)' && cd '\(place)' && \(script)", "sh"]
        + ["\(first)", "\(last)", "\(min(last, 64))"])
  }
}
