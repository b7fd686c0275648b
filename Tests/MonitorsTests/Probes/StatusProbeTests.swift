import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Reading one process")
struct StatusProbeTests {
  private let files = FakeFiles()
  private let scratch = Scratch()
  private let time = FakeTime()

  private func probe(_ process: FakeProcess, keeps: Bool = true) throws -> StatusProbe {
    files.put(process)
    let directory = try files.openDirectory("/proc/\(process.pid)", in: nil)
    let handle = TargetHandle(
      pid: process.pid, directory: directory, process: nil, startTicks: process.start)
    return StatusProbe(files: files, handle: handle, keepsFiles: keeps)
  }

  @Test(
    "memory, counters and descriptors of an ordinary process are read", arguments: [true, false])
  func ordinary(_ keeps: Bool) throws {
    var probe = try probe(FakeProcess(42), keeps: keeps)
    let sample = try #require(probe.read(at: time.now(), scratch: scratch).value)
    #expect(sample.name == "robot")
    #expect(sample.cpuTicks == 70)
    #expect(sample.majorFaults == 7)
    #expect(sample.anonymous == .fresh(Bytes(20_480_000)))
    #expect(sample.owned == .fresh(Bytes(21_504_000)))
    #expect(sample.descriptors == .fresh(2))
    #expect(sample.io.value?.readCalls == 1)
    #expect(sample.runDelay.value != nil)
  }

  @Test("C6: a leader that ended while its threads live is alive, with the memory of a thread")
  func leaderEnded() throws {
    var process = FakeProcess(42)
    process.state = "Z"
    process.threads = 4
    var probe = try probe(process)
    var thread = process
    thread.state = "S"
    files.write("/proc/42/task/43/status", thread.statusText)
    files.link("/proc/42/task/43/fd/5", to: "/dev/null")
    let sample = try #require(probe.read(at: time.now(), scratch: scratch).value)
    #expect(sample.leaderEnded)
    #expect(!sample.isZombie)
    #expect(sample.descriptors == .fresh(1))
    #expect(sample.anonymous == .fresh(Bytes(20_480_000)))
  }

  @Test("C6: a process that ended and was not collected has no memory, and says so")
  func zombie() throws {
    var process = FakeProcess(42)
    process.state = "Z"
    var probe = try probe(process)
    let sample = try #require(probe.read(at: time.now(), scratch: scratch).value)
    #expect(sample.isZombie)
    #expect(sample.resident.value == nil)
  }

  @Test("C8: a process that is gone between two reads is gone, not empty")
  func gone() throws {
    var probe = try probe(FakeProcess(42))
    _ = probe.read(at: time.now(), scratch: scratch)
    files.remove("/proc/42")
    #expect(probe.read(at: time.now(), scratch: scratch) == .missing(.gone))
  }

  @Test("C8: another program in the same process is noticed by its stack, and its name is new")
  func exec() throws {
    var process = FakeProcess(42)
    var probe = try probe(process)
    _ = probe.read(at: time.now(), scratch: scratch)
    #expect(probe.execs == 0)
    process.stack += 4096
    process.name = "collector"
    files.put(process)
    let sample = probe.read(at: time.now(), scratch: scratch).value
    #expect(probe.execs == 1)
    #expect(sample?.name == "collector")
  }

  @Test("a program that only renames itself is still the same program")
  func rename() throws {
    var process = FakeProcess(42)
    var probe = try probe(process)
    _ = probe.read(at: time.now(), scratch: scratch)
    process.name = "robot: idle"
    files.put(process)
    #expect(probe.read(at: time.now(), scratch: scratch).value?.name == "robot: idle")
    #expect(probe.execs == 0)
  }

  @Test("C9: counters that are closed to us name what is missing, and the rest is read")
  func notPermitted() throws {
    var probe = try probe(FakeProcess(42))
    files.fail("/proc/42/io", with: EACCES)
    files.fail("/proc/42/fd", with: EACCES)
    let sample = try #require(probe.read(at: time.now(), scratch: scratch).value)
    let absence = Absence.notPermitted(needs: "CAP_SYS_PTRACE or the same user")
    #expect(sample.io == .missing(absence))
    #expect(sample.descriptors == .missing(absence))
    #expect(sample.anonymous.value != nil)
  }

  @Test("C14: an unreadable stat leaves what status says, and both unreadable say so")
  func garbage() throws {
    var probe = try probe(FakeProcess(42))
    files.write("/proc/42/stat", "\0\0\0)((\n")
    let sample = try #require(probe.read(at: time.now(), scratch: scratch).value)
    #expect(sample.threads == 1)
    #expect(sample.anonymous.value != nil)
    files.write("/proc/42/status", "")
    #expect(probe.read(at: time.now(), scratch: scratch) == .missing(.malformed))
  }

  @Test("the busiest thread is the one that ran most since the reading before")
  func busiest() throws {
    var process = FakeProcess(42)
    process.threads = 2
    var probe = try probe(process)
    files.write("/proc/42/task/42/schedstat", "1000000000 0 1\n")
    files.write("/proc/42/task/43/schedstat", "9000000000 0 1\n")
    let first = try #require(probe.read(at: time.now(), scratch: scratch).value)
    #expect(first.busiestThread == nil)
    time.advance(by: 2)
    files.write("/proc/42/task/42/schedstat", "2800000000 0 1\n")
    files.write("/proc/42/task/43/schedstat", "9200000000 0 1\n")
    let second = try #require(probe.read(at: time.now(), scratch: scratch).value)
    #expect(abs((second.busiestThread ?? 0) - 0.9) < 1e-9)
    time.advance(by: 2)
    files.write("/proc/42/task/42/schedstat", "100 0 1\n")
    files.write("/proc/42/task/43/schedstat", "100 0 1\n")
    let third = try #require(probe.read(at: time.now(), scratch: scratch).value)
    #expect(third.busiestThread == nil)
  }

  @Test(
    "time spent waiting for a processor is that of all threads, and a thread that ends takes none away"
  )
  func delays() throws {
    var process = FakeProcess(42)
    process.threads = 2
    var probe = try probe(process)
    files.write("/proc/42/task/43/schedstat", "5 1000 1\n")
    let first = try #require(probe.read(at: time.now(), scratch: scratch).value?.runDelay.value)
    files.write("/proc/42/task/43/schedstat", "5 1700 1\n")
    files.write("/proc/42/task/42/schedstat", "5 500 1\n")
    let second = try #require(probe.read(at: time.now(), scratch: scratch).value?.runDelay.value)
    #expect(second - first == 1000)
    process.threads = 1
    files.remove("/proc/42/task/43")
    files.put(process)
    let third = try #require(probe.read(at: time.now(), scratch: scratch).value?.runDelay.value)
    #expect(third >= second)
  }
}
