import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Finding processes")
struct TargetFinderTests {
  private let files = FakeFiles()
  private let processes = FakeProcesses()

  private var finder: TargetFinder {
    TargetFinder(host: .fake(files: files, processes: processes))
  }

  private func process(_ pid: Int32, _ change: (inout FakeProcess) -> Void = { _ in }) {
    var process = FakeProcess(pid: pid, on: files)
    change(&process)
    process.write()
  }

  private func found(_ name: String) throws -> [Int32] {
    try finder.find(name).map(\.handle.pid)
  }

  @Test("a process is held by its number, its start and its pidfd")
  func attach() throws {
    process(42) { $0.startTicks = 777 }
    let found = try finder.attach(42)
    #expect(found.name == "robot")
    #expect(found.handle.startTicks == 777)
    #expect(found.handle.process?.pid == 42)
  }

  @Test("why a process can not be held is said, each with its own exit code")
  func failures() {
    process(50) { $0.state = "Z" }
    process(60)
    files.write("/proc/60/status", "Tgid:\t42\nThreads:\t2\n")
    files.write("/proc/70/stat", "no stat at all")
    files.write("/proc/80/stat", "x")
    files.fail("/proc/80", with: EACCES)
    #expect(throws: AttachFailure.noSuchProcess("1")) { try finder.attach(1) }
    #expect(throws: AttachFailure.hasEnded(50)) { try finder.attach(50) }
    #expect(throws: AttachFailure.isThread(60, of: 42)) { try finder.attach(60) }
    #expect(throws: AttachFailure.noSuchProcess("70")) { try finder.attach(70) }
    #expect(throws: AttachFailure.notPermitted(80)) { try finder.attach(80) }
    #expect(AttachFailure.noSuchProcess("1").exitStatus == 3)
    #expect(AttachFailure.notPermitted(1).exitStatus == 4)
    #expect(AttachFailure.badPattern("(", "x").exitStatus == 2)
    #expect(AttachFailure.notPermitted(1).sentence.text.contains("CAP_SYS_PTRACE"))
  }

  @Test("C6: a leader that has ended while threads run can be held")
  func leaderEnded() throws {
    process(42) {
      $0.state = "Z"
      $0.threads = 2
    }
    #expect(try finder.attach(42).handle.pid == 42)
  }

  @Test("an exact name comes before a pattern over command lines")
  func exact() throws {
    process(42)
    process(43) {
      $0.name = "tail"
      $0.command = ["tail", "-f", "robot.log"]
    }
    process(44) {
      $0.name = "python3"
      $0.command = ["python3", "/opt/lane_detector.py"]
    }
    #expect(try found("robot") == [42])
    #expect(try found("lane_detector") == [44])
    #expect(try found("python3 .*lane") == [44])
    #expect(try found("nobody") == [])
  }

  @Test("a name that the kernel has cut is found by the program's whole name")
  func longName() throws {
    process(42) {
      $0.name = "lane_detector_n"
      $0.command = ["/opt/bin/lane_detector_node", "-x"]
    }
    #expect(try found("lane_detector_node") == [42])
  }

  @Test("the workers of a match are watched with it, not beside it")
  func workers() throws {
    process(42)
    process(43) { $0.parent = 42 }
    process(50)
    #expect(try found("robot") == [42, 50])
  }

  @Test("what is no regular expression is said so")
  func badPattern() {
    process(42)
    #expect(throws: AttachFailure.self) { try finder.find("robot(") }
  }

  @Test("C8: processes that vanish while they are looked for are left out")
  func vanishing() throws {
    process(42)
    process(43)
    files.vanishAfterFirstRead("/proc/43/stat")
    #expect(try found("robot") == [42])
  }
}
