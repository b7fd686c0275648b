import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Finding processes")
struct TargetFinderTests {
  private let files = FakeFiles()
  private let processes = FakeProcesses()
  private let scratch = Scratch()

  private var finder: TargetFinder {
    TargetFinder(host: .fake(files: files, processes: processes))
  }

  private func put(
    _ pid: Int32, _ name: String, _ arguments: [String], parent: Int32 = 1, start: UInt64 = 5000
  ) {
    var process = FakeProcess(pid)
    process.name = name
    process.arguments = arguments
    process.parent = parent
    process.start = start
    files.put(process)
  }

  @Test("a process is held by its directory and its start time")
  func attach() throws {
    put(42, "robot", ["robot"], start: 77)
    let handle = try finder.attach(42, scratch: scratch)
    #expect(handle.pid == 42)
    #expect(handle.startTicks == 77)
    #expect(handle.process?.pid == 42)
  }

  @Test(
    "C8: no such process is said as such, with the exit code of scripts", arguments: [0, -5, 99])
  func none(_ pid: Int32) {
    processes.refuse(99, with: ESRCH)
    let error = thrown(TargetError.self) { _ = try finder.attach(pid, scratch: scratch) }
    #expect(error == .noSuchProcess(pid))
    #expect(error?.exitCode == 3)
  }

  @Test("C9: a process that /proc hides is told from one that is not there")
  func hidden() {
    let error = thrown(TargetError.self) { _ = try finder.attach(7, scratch: scratch) }
    #expect(error?.exitCode == 4)
    #expect(error?.sentence.text.contains("root") == true)
  }

  @Test("the number of a thread leads to its process")
  func thread() throws {
    put(42, "robot", ["robot"])
    var thread = FakeProcess(42)
    thread.name = "worker"
    files.write("/proc/43/status", thread.statusText)
    files.write("/proc/43/stat", thread.statText)
    #expect(try finder.attach(43, scratch: scratch).pid == 42)
  }

  @Test("C7: a process that ends while it is being attached to is not taken for another")
  func endsMeanwhile() {
    put(42, "robot", ["robot"])
    files.fail("/proc/42/stat", with: ESRCH)
    let error = thrown(TargetError.self) { _ = try finder.attach(42, scratch: scratch) }
    #expect(error == .noSuchProcess(42))
  }

  @Test("a name is the short name or the program's file name, before it is a pattern")
  func names() throws {
    put(10, "camera_node", ["/opt/ros/camera_node", "--rate", "30"])
    put(11, "python3", ["/opt/bin/camera", "x"])
    put(12, "bash", ["bash", "-c", "camera"])
    #expect(finder.find(try CommandPattern("camera"), scratch: scratch).map(\.pid) == [11])
    #expect(finder.find(try CommandPattern("camera_node"), scratch: scratch).map(\.pid) == [10])
    #expect(
      finder.find(try CommandPattern("rate [0-9]+$"), scratch: scratch).map(\.pid) == [10])
    #expect(finder.find(try CommandPattern("nothing"), scratch: scratch).isEmpty)
  }

  @Test("perftop and what it was started by never match")
  func itself() throws {
    put(5, "bash", ["bash", "-c", "perftop -n collector"])
    put(6, "sudo", ["sudo", "perftop", "-n", "collector"], parent: 5)
    put(7, "perftop", ["perftop", "-n", "collector"], parent: 6)
    put(8, "perftop", ["perftop", "-n", "collector"])
    put(20, "python3", ["python3", "collector.py"])
    files.link("/proc/self", to: "7")
    #expect(finder.find(try CommandPattern("collector"), scratch: scratch).map(\.pid) == [20])
  }

  @Test("workers of a match are its children, and the oldest match comes first")
  func topmost() throws {
    put(30, "collect", ["collect"], start: 900)
    put(31, "collect", ["collect"], parent: 30, start: 901)
    put(20, "collect", ["collect"], start: 100)
    #expect(finder.find(try CommandPattern("collect"), scratch: scratch).map(\.pid) == [20, 30])
  }

  @Test("a broken pattern is an error of use")
  func badPattern() {
    let error = thrown(TargetError.self) { _ = try CommandPattern("a(") }
    #expect(error?.exitCode == 2)
  }

  @Test("B6: a command line of two megabytes is read to 4 KiB")
  func longCommand() throws {
    put(
      42, "robot", ["robot"] + Array(repeating: String(repeating: "A", count: 131_000), count: 15))
    let found = try #require(finder.find(try CommandPattern("robot"), scratch: scratch).first)
    #expect(found.command.text.utf8.count <= 4096)
  }
}
