import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("A target as a whole")
struct TargetProbeTests {
  private let files = FakeFiles([
    "/proc/uptime": "1000.00 2000.00\n",
    "/proc/self/mountinfo": "25 24 0:23 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
  ])
  private let time = FakeTime()
  private let scratch = Scratch()

  private func process(_ pid: Int32 = 42, _ change: (inout FakeProcess) -> Void = { _ in }) {
    var process = FakeProcess(pid: pid, on: files)
    change(&process)
    process.write()
  }

  private func handle(_ pid: Int32 = 42, startTicks: UInt64 = 500) -> TargetHandle {
    let directory = DirectoryHandle(descriptor: -1, path: "/proc/\(pid)") { _ in }
    return TargetHandle(pid: pid, directory: directory, process: nil, startTicks: startTicks)
  }

  private func probe(children: Bool = true) -> TargetProbe {
    TargetProbe(
      host: .fake(files: files, time: time), includesChildren: children, mappingsInterval: 10,
      inlineWorkers: true)
  }

  private func read(_ probe: inout TargetProbe, _ handle: TargetHandle? = nil)
    -> Measured<TargetSample>
  {
    time.advance(by: 1)
    return probe.read(
      handle ?? self.handle(), generation: 1, previousEnd: nil, at: time.now(), scratch: scratch)
  }

  @Test("everything about one process comes from its own files")
  func whole() {
    process { $0.threads = 3 }
    var probe = probe()
    let target = read(&probe).value
    #expect(target?.name == "robot")
    #expect(target?.command == "/usr/bin/robot --fast")
    #expect(target?.root.threads == 3)
    #expect(target?.root.uid == 1000)
    #expect(target?.root.cpuTicks == 42)
    #expect(target?.root.resident == .fresh(Bytes(20_480_000)))
    #expect(target?.root.virtual == .fresh(Bytes(102_400_000)))
    #expect(target?.root.runDelay == .fresh(2_000_000))
    #expect(target?.root.io.value?.readBytes == 4096)
    #expect(target?.root.descriptors == .fresh(1))
    #expect(target?.descriptorLimit == .fresh(1024))
    #expect(target?.addressSpaceLimit == .fresh(nil))
    #expect(target?.mappings.value?.mappings.isEmpty == false)
    #expect(abs((target?.uptime ?? 0) - 995) < 2)
  }

  @Test("when it started does not move as time passes")
  func started() {
    process()
    var probe = probe()
    let first = read(&probe).value?.startedWall ?? 0
    for _ in 0..<50 { _ = read(&probe) }
    #expect(abs((read(&probe).value?.startedWall ?? 0) - first) < 1_000_000)
  }

  @Test("B5: a name with parentheses and line ends does not break what is known of a target")
  func hostileName() {
    process { $0.name = "a) R 1\n1 1" }
    var probe = probe()
    let target = read(&probe).value
    #expect(target?.name == "a) R 1·1 1")
    #expect(target?.root.state == "S")
    #expect(target?.root.threads == 1)
  }

  @Test("B6: of a command line of megabytes four kilobytes are read, and cut with a mark")
  func longCommand() {
    process {
      $0.command =
        ["/usr/bin/robot"] + Array(repeating: String(repeating: "A", count: 1000), count: 2000)
    }
    var probe = probe()
    let command = read(&probe).value?.command.text ?? ""
    #expect(command.hasPrefix("/usr/bin/robot AAA"))
    #expect(command.hasSuffix("A…"))
    #expect(command.utf8.count < 4200)
  }

  @Test(
    "C6: a leader that has ended while its threads live is alive, and its command is a thread's")
  func leaderEnded() {
    process {
      $0.state = "Z"
      $0.threads = 4
    }
    files.write("/proc/42/cmdline", "")
    files.write("/proc/42/task/43/cmdline", "robot\0--fast\0")
    var probe = probe()
    let target = read(&probe).value
    #expect(target?.root.leaderEnded == true)
    #expect(target?.command == "robot --fast")
    #expect(target?.root.resident.value == nil)
    #expect(target?.root.resident.absence != nil)
  }

  @Test("C7: a number that was given to another process is gone, not somebody else")
  func reused() {
    process()
    var probe = probe()
    #expect(read(&probe).value != nil)
    process { $0.startTicks = 99_000 }
    #expect(read(&probe) == .missing(.gone))
  }

  @Test("C8: another program in the same process has another command line")
  func exec() {
    process()
    var probe = probe()
    #expect(read(&probe).value?.command == "/usr/bin/robot --fast")
    process {
      $0.name = "python3"
      $0.command = ["/usr/bin/python3", "collect.py"]
    }
    let target = read(&probe).value
    #expect(target?.name == "python3")
    #expect(target?.command == "/usr/bin/python3 collect.py")
    #expect(target?.runtime == "python")
  }

  @Test("C8: children come and go, and one that is gone leaves nothing behind")
  func family() {
    process { $0.children = [50, 51] }
    process(50) { $0.parent = 42 }
    process(51) { $0.parent = 42 }
    var probe = probe()
    #expect(read(&probe).value?.children.map(\.pid) == [50, 51])
    #expect(probe.handles.map(\.pid) == [42, 50, 51])
    files.remove("/proc/50")
    #expect(read(&probe).value?.children.map(\.pid) == [51])
    process { $0.children = [51, 52] }
    process(52) { $0.parent = 42 }
    #expect(read(&probe).value?.children.map(\.pid) == [51, 52])
    process(51) {
      $0.parent = 42
      $0.state = "Z"
    }
    #expect(read(&probe).value?.children.map(\.pid) == [52])
    files.remove("/proc/42")
    #expect(read(&probe) == .missing(.gone))
  }

  @Test("without children there are none")
  func alone() {
    process { $0.children = [50] }
    process(50) { $0.parent = 42 }
    var probe = probe(children: false)
    #expect(read(&probe).value?.children.isEmpty == true)
  }

  @Test("C9: what may not be read is missing and names the capability; the rest is there")
  func forbidden() {
    process()
    for name in ["io", "smaps", "maps", "fd"] { files.fail("/proc/42/\(name)", with: EACCES) }
    var probe = probe()
    let target = read(&probe).value
    let absence = Absence.notPermitted(needs: "the same user, or CAP_SYS_PTRACE")
    #expect(target?.root.io == .missing(absence))
    #expect(target?.root.descriptors == .missing(absence))
    #expect(target?.pss == .missing(absence))
    #expect(target?.mappings == .missing(absence))
    #expect(target?.root.resident == .fresh(Bytes(20_480_000)))
  }

  @Test("C11: storage counters that become text, empty or nothing are missing for that tick alone")
  func counters() {
    process()
    var probe = probe()
    for text in ["", "rchar: x", "\u{0}\u{0}"] {
      files.write("/proc/42/io", text)
      #expect(read(&probe).value?.root.io == .missing(.malformed))
    }
    files.write("/proc/42/io", FakeProcess.io(writing: .max))
    #expect(read(&probe).value?.root.io.value?.writtenBytes == .max)
  }

  @Test("C14: whatever a process's files hold, the rest of them is read and nothing absurd is said")
  func damage() {
    var numbers = SeededNumbers(seed: 9)
    let names = ["stat", "status", "io", "schedstat", "cmdline", "limits", "cgroup", "smaps"]
    for _ in 0..<250 {
      process { $0.children = [50] }
      process(50) { $0.parent = 42 }
      var probe = probe()
      _ = read(&probe)
      for pid in [42, 50] {
        for name in names where Bool.random(using: &numbers) {
          let text = Array("42 (a) S 1 1 Threads: VmRSS: 7 rchar: 9 7f00-7fff rw-p".utf8)
          files.write("/proc/\(pid)/\(name)", bytes: numbers.damaged(numbers.damaged(text)))
        }
      }
      time.advance(by: 10)
      guard let target = read(&probe).value else { continue }
      #expect(target.all.allSatisfy { $0.threads >= 0 })
      #expect(target.all.allSatisfy { ($0.resident.value ?? .zero) >= .zero })
      #expect(target.uptime >= 0)
    }
  }

  @Test("this very process can be read, and knows its own name")
  func live() throws {
    let host = Host.live()
    let found = try TargetFinder(host: host).attach(getpid())
    var probe = TargetProbe(
      host: host, includesChildren: true, mappingsInterval: 10, inlineWorkers: true)
    let sample = probe.read(
      found.handle, generation: 1, previousEnd: nil, at: host.time.now(), scratch: scratch)
    let target = sample.value
    #expect(target?.pid == getpid())
    #expect((target?.root.resident.value ?? .zero) > Bytes(1_000_000))
    #expect((target?.root.threads ?? 0) > 0)
    #expect((target?.uptime ?? -1) >= 0)
    #expect(target?.mappings.value?.mappings.isEmpty == false)
    #expect(target?.command.isEmpty == false)
  }
}
