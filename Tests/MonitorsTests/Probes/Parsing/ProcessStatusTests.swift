import TestSupport
import Testing

@testable import Monitors

@Suite("The status file of a process")
struct ProcessStatusTests {
  private let robot =
    "Name:\tro\\nbot\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t42\nNgid:\t0\nPid:\t42\n"
    + "PPid:\t7\nTracerPid:\t0\nUid:\t1000\t1001\t1000\t1000\nVmPeak:\t  900 kB\n"
    + "VmSize:\t  800 kB\nVmRSS:\t  600 kB\nRssAnon:\t  300 kB\nRssFile:\t  200 kB\n"
    + "RssShmem:\t  100 kB\nVmSwap:\t  50 kB\nThreads:\t3\nSigQ:\t0/1\n"

  @Test("memory is in bytes, and each part stands in its place")
  func fields() throws {
    let status = try #require(withBytes(robot, ProcessStatus.parse))
    #expect(status.group == 42)
    #expect(status.parent == 7)
    #expect(status.uid == 1000)
    #expect(status.threads == 3)
    #expect(status.virtual == Bytes(800 * 1024))
    #expect(status.resident == Bytes(600 * 1024))
    #expect(status.anonymous == Bytes(300 * 1024))
    #expect(status.file == Bytes(200 * 1024))
    #expect(status.shared == Bytes(100 * 1024))
    #expect(status.swapped == Bytes(50 * 1024))
  }

  @Test("a process without memory has no memory, not none of it")
  func noMemory() throws {
    let text =
      "Name:\tkworker\nState:\tI (idle)\nTgid:\t9\nPPid:\t2\nUid:\t0\t0\t0\t0\nThreads:\t1\n"
    let status = try #require(withBytes(text, ProcessStatus.parse))
    #expect(status.resident == nil)
    #expect(status.anonymous == nil)
  }

  @Test("C14: garbage in status is refused or read, and never a crash")
  func fuzz() {
    var read = 0
    garbage(from: robot, rounds: 5000) { if ProcessStatus.parse($0) != nil { read += 1 } }
    #expect(read < 5000)
    let huge = robot.replacing("600 kB", with: "99999999999999999999999 kB")
    #expect(withBytes(huge, ProcessStatus.parse)?.resident == Bytes(.max))
  }
}
