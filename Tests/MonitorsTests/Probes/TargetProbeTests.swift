import TestSupport
import Testing

@testable import Monitors

@Suite("Reading the target with its children")
struct TargetProbeTests {
  private let files = FakeFiles()
  private let time = FakeTime()
  private let scratch = Scratch()

  private func start(children: Bool = true) throws -> (TargetProbe, TargetHandle) {
    files.setClock(newest: 60, uptime: 100)
    files.put(FakeProcess(42))
    let host = Host.fake(files: files, time: time)
    let handle = try TargetFinder(host: host).attach(42, scratch: scratch)
    return (
      TargetProbe(
        host: host, includesChildren: children, mappingsInterval: 10, inlineWorkers: true), handle
    )
  }

  private func read(_ probe: inout TargetProbe, _ handle: TargetHandle) -> Measured<TargetSample> {
    probe.read(handle, generation: 3, previousEnd: "x", at: time.now(), scratch: scratch)
  }

  private func putChild(_ pid: Int32, written: UInt64) {
    var child = FakeProcess(pid)
    child.parent = 42
    child.start = 6000
    child.written = written
    files.put(child)
  }

  @Test("everything about a target is in the sample")
  func whole() throws {
    var (probe, handle) = try start()
    putChild(50, written: 0)
    files.write("/proc/42/smaps", "1000-9000 rw-p 00000000 00:00 0 [heap]\nRss: 4 kB\nPss: 4 kB\n")
    files.write("/proc/50/smaps", "1000-9000 rw-p 00000000 00:00 0 [heap]\nRss: 4 kB\nPss: 2 kB\n")
    let target = try #require(read(&probe, handle).value)
    #expect(target.name == "robot")
    #expect(target.command == "/usr/bin/robot --fast")
    #expect(target.runtime == "native")
    #expect(target.generation == 3)
    #expect(target.previousEnd == "x")
    #expect(target.children.map(\.pid) == [50])
    #expect(target.pss == .fresh(Bytes(6 * 1024)))
    #expect(target.uptime == 50)
    #expect(target.startedWall == time.now().wall - 50_000_000_000)
    #expect(target.descriptorLimit == .fresh(1024))
    #expect(target.addressSpaceLimit == .fresh(nil))
    #expect(probe.handles.map(\.pid) == [42, 50])
  }

  @Test("children are left out when nobody wants them")
  func alone() throws {
    var (probe, handle) = try start(children: false)
    putChild(50, written: 0)
    #expect(read(&probe, handle).value?.children.isEmpty == true)
  }

  @Test("a child collected by its parent moves its counters there, and the sum shows no jump")
  func reaped() throws {
    var (probe, handle) = try start()
    putChild(50, written: 50_000_000)
    let before = try #require(read(&probe, handle).value)
    let sum = { (target: TargetSample) in
      target.all.reduce(UInt64(0)) { $0 + ($1.io.value?.writtenBytes ?? 0) }
    }
    #expect(sum(before) == 50_000_000)
    time.advance(by: 1)
    files.remove("/proc/50")
    var root = FakeProcess(42)
    root.written = 50_001_000
    files.put(root)
    let after = try #require(read(&probe, handle).value)
    #expect(after.children.isEmpty)
    #expect(sum(after) == 50_001_000)
    #expect(probe.handles.map(\.pid) == [42])
  }

  @Test("C8: a target that is gone is gone")
  func gone() throws {
    var (probe, handle) = try start()
    _ = read(&probe, handle)
    files.remove("/proc/42")
    #expect(read(&probe, handle) == .missing(.gone))
  }

  @Test(
    "C8: after an exec the command is read again, and the process is the same, of a new generation")
  func exec() throws {
    var (probe, handle) = try start()
    _ = read(&probe, handle)
    var process = FakeProcess(42)
    process.name = "python3"
    process.arguments = ["/usr/bin/python3", "collect.py"]
    process.stack += 8
    files.put(process)
    let target = try #require(read(&probe, handle).value)
    #expect(target.execs == 1)
    #expect(target.generation == 4)
    #expect(target.command == "/usr/bin/python3 collect.py")
    #expect(target.runtime == "python")
  }

  @Test("C8: where only a new name tells of an exec, it may be no more than a new name")
  func renamed() throws {
    var (probe, handle) = try start()
    var hidden = FakeProcess(42)
    hidden.stack = 0
    files.put(hidden)
    _ = read(&probe, handle)
    hidden.name = "robot: idle"
    files.put(hidden)
    let target = try #require(read(&probe, handle).value)
    #expect(target.execs == 1)
    #expect(target.generation == 3)
  }

  @Test("B6: a command line of two megabytes is cut at 4 KiB, and says so")
  func longCommand() throws {
    var (probe, handle) = try start()
    files.write("/proc/42/cmdline", String(repeating: "A", count: 2_000_000))
    let target = try #require(read(&probe, handle).value)
    #expect(target.command.text.count == 4097)
    #expect(target.command.text.hasSuffix("…"))
  }

  @Test("what a program runs in is told by its file, else by its libraries")
  func runtimes() throws {
    #expect(Runtime.ofProgram("/usr/bin/python3.11") == "python")
    #expect(Runtime.ofProgram("/usr/lib/jvm/bin/java") == "jvm")
    #expect(Runtime.ofProgram("/usr/bin/robot") == nil)
    var (probe, handle) = try start()
    files.write(
      "/proc/42/maps", "1000-9000 r-xp 00000000 08:01 5  /usr/lib/libpython3.12.so.1.0\n")
    #expect(read(&probe, handle).value?.runtime == "python")
  }
}
