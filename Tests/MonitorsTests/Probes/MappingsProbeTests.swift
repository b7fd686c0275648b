import Glibc
import TestSupport
import Testing

@testable import Monitors

/// Files of which some take their time.
private struct SlowFiles: Files {
  let files: FakeFiles
  let time: FakeTime
  var seconds: [String: Double]

  func read(
    _ path: String, in directory: DirectoryHandle?, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    pass(path)
    return try files.read(path, in: directory, into: buffer)
  }
  func keep(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> KeptFile {
    try files.keep(path, in: directory)
  }
  func read(_ file: KeptFile, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer)
    throws(SystemError) -> Int
  {
    if offset == 0 { pass(file.path) }
    return try files.read(file, at: offset, into: buffer)
  }
  private func pass(_ path: String) {
    for (name, seconds) in seconds where path.hasSuffix(name) { time.advance(by: seconds) }
  }
  func list(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> [String] {
    try files.list(path, in: directory)
  }
  func readLink(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> [UInt8] {
    try files.readLink(path, in: directory)
  }
  func status(_ path: String, in directory: DirectoryHandle?, following: Bool)
    throws(SystemError) -> FileStatus
  { try files.status(path, in: directory, following: following) }
  func statistics(_ path: String) throws(SystemError) -> SpaceSample {
    try files.statistics(path)
  }
  func openDirectory(_ path: String, in directory: DirectoryHandle?) throws(SystemError)
    -> DirectoryHandle
  { try files.openDirectory(path, in: directory) }
}

@Suite("Memory by mapping, on a budget")
struct MappingsProbeTests {
  private let files = FakeFiles()
  private let time = FakeTime()

  private func handle(_ pid: Int32) -> TargetHandle {
    FakeProcess(pid: pid, on: files).write()
    let directory = DirectoryHandle(descriptor: -1, path: "/proc/\(pid)") { _ in }
    return TargetHandle(pid: pid, directory: directory, process: nil, startTicks: 500)
  }

  private func probe(slow: [String: Double] = [:], interval: Double = 10) -> MappingsProbe {
    var host = Host.fake(files: files, time: time)
    host.files = SlowFiles(files: files, time: time, seconds: slow)
    return MappingsProbe(host: host, interval: interval, inlineWorkers: true)
  }

  /// At which seconds the mappings were read.
  private func looks(_ probe: inout MappingsProbe, _ size: Bytes, seconds: Int) -> [Int] {
    let target = handle(42)
    let start = time.now()
    var found: [Int] = []
    var last: Moment?
    for second in 0..<seconds {
      let due = Double(second) - time.now().seconds(since: start)
      if due > 0 { time.advance(by: due) }
      probe.update([(target, size)], at: time.now())
      if let at = probe.mappings.value?.at, at != last {
        last = at
        found.append(second)
      }
    }
    return found
  }

  @Test("two quick looks, so that growth is known after three, and then the configured pace")
  func pace() {
    var usual = probe()
    #expect(looks(&usual, Bytes(50_000_000), seconds: 42) == [0, 5, 10, 20, 30, 40])
    var quick = probe(interval: 2)
    #expect(looks(&quick, Bytes(50_000_000), seconds: 9) == [0, 2, 4, 6, 8])
  }

  @Test("what a look costs lengthens the wait: two hundred times its time, one half percent")
  func cost() {
    var dear = probe(slow: ["/smaps": 0.015], interval: 2)
    #expect(looks(&dear, Bytes(50_000_000), seconds: 10) == [0, 3, 6, 9])
    var large = probe(slow: ["/maps": 0.1])
    #expect(looks(&large, Bytes(900_000_000), seconds: 60) == [0, 20, 40])
  }

  @Test(
    "C3: after pages took longer than 20 ms to count, they are counted no more, and the reason is said"
  )
  func rest() {
    var probe = probe(slow: ["/smaps": 0.035])
    let target = handle(42)
    probe.update([(target, Bytes(50_000_000))], at: time.now())
    #expect(probe.mappings.value?.isByAddressSpace == false)
    #expect(probe.proportional.value != nil)
    time.advance(by: 10)
    probe.update([(target, Bytes(50_000_000))], at: time.now())
    #expect(probe.mappings.value?.isByAddressSpace == true)
    #expect(
      probe.proportional
        == .missing(.because("not read: counting pages took 35 ms, and would stall it")))
    let reads = files.reads(of: "/proc/42/smaps")
    for _ in 0..<50 {
      time.advance(by: 10)
      probe.update([(target, Bytes(50_000_000))], at: time.now())
    }
    #expect(files.reads(of: "/proc/42/smaps") == reads)
    time.advance(by: 100)
    probe.update([(target, Bytes(50_000_000))], at: time.now())
    #expect(files.reads(of: "/proc/42/smaps") > reads)
  }

  @Test("C3: the pages of a large process are never counted")
  func large() {
    var probe = probe()
    probe.update([(handle(42), Bytes(3_000_000_000))], at: time.now())
    #expect(files.reads(of: "/proc/42/smaps") == 0)
    #expect(probe.mappings.value?.isByAddressSpace == true)
    #expect(
      probe.proportional
        == .missing(.because("not read: counting 3.00 GB of pages would stall it")))
  }

  @Test("a size that moves about the threshold does not change the kind of look each time")
  func hysteresis() {
    var probe = probe()
    let target = handle(42)
    var kinds: [Bool] = []
    for size: Int64 in [190, 210, 190, 210, 160, 140, 190] {
      probe.update([(target, Bytes(size * 1_000_000))], at: time.now())
      kinds.append(probe.mappings.value?.isByAddressSpace == true)
      time.advance(by: 10)
    }
    #expect(kinds == [false, true, true, true, true, false, false])
  }

  @Test("proportional memory is the sum of all, and of a child that has just ended nothing")
  func family() {
    var probe = probe()
    let family = [handle(42), handle(43), handle(44)].map { ($0, Bytes(20_000_000)) }
    files.fail("/proc/44/smaps_rollup", with: ESRCH)
    probe.update(family, at: time.now())
    let own: Int64 = (20_000 / 4 + 20_000 / 2) * 1024
    #expect(probe.proportional == .fresh(Bytes(own + 1000 * 1024)))
  }

  @Test("C9: one child that may not be read makes the sum unknown, and names what would allow it")
  func forbidden() {
    var probe = probe()
    let family = [handle(42), handle(43)].map { ($0, Bytes(20_000_000)) }
    files.fail("/proc/43/smaps_rollup", with: EACCES)
    probe.update(family, at: time.now())
    #expect(probe.mappings.value != nil)
    #expect(
      probe.proportional
        == .missing(.notPermitted(needs: "the same user, or CAP_SYS_PTRACE")))
    files.fail("/proc/42/smaps", with: EACCES)
    time.advance(by: 10)
    probe.update(family, at: time.now())
    #expect(probe.mappings.absence?.sentence.text.contains("CAP_SYS_PTRACE") == true)
  }

  @Test("C14: mappings that make no sense are said to be unreadable")
  func damaged() {
    var probe = probe()
    let target = handle(42)
    files.write("/proc/42/smaps", "\u{0}\u{0}no mappings at all")
    probe.update([(target, Bytes(20_000_000))], at: time.now())
    #expect(probe.mappings == .missing(.malformed))
  }

  @Test(
    "C1: a look that never ends makes what was known stale, holds up nobody, and is not begun twice"
  )
  func stuck() throws {
    let pipe = try Descriptors.pipe()
    var host = Host.fake(files: files, time: time)
    host.files = BlockingFiles(descriptor: pipe.reading)
    var probe = MappingsProbe(host: host, interval: 10, inlineWorkers: false)
    let held = DirectoryHandle(descriptor: -1, path: "/proc/42") { _ in }
    let target = TargetHandle(pid: 42, directory: held, process: nil, startTicks: 1)
    for _ in 0..<30 {
      probe.update([(target, Bytes(1_000_000))], at: time.now())
      time.advance(by: 1)
    }
    #expect(probe.mappings == .missing(.timedOut))
    #expect(probe.proportional == .missing(.timedOut))
    close(pipe.writing)
  }
}

/// Every file is one that answers only when somebody writes.
private struct BlockingFiles: Files {
  let descriptor: Int32

  func read(
    _ path: String, in directory: DirectoryHandle?, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int { wait() }
  func keep(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> KeptFile {
    KeptFile(descriptor: -1, path: path) { _ in }
  }
  func read(_ file: KeptFile, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer)
    throws(SystemError) -> Int
  { wait() }
  private func wait() -> Int {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&request, 1, 10_000)
    return 0
  }
  func list(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> [String] { [] }
  func readLink(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> [UInt8] {
    throw .notFound
  }
  func status(_ path: String, in directory: DirectoryHandle?, following: Bool)
    throws(SystemError) -> FileStatus
  { throw .notFound }
  func statistics(_ path: String) throws(SystemError) -> SpaceSample { throw .notFound }
  func openDirectory(_ path: String, in directory: DirectoryHandle?) throws(SystemError)
    -> DirectoryHandle
  { throw .notFound }
}
