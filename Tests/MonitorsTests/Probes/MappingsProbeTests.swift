import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Reading memory by mapping")
struct MappingsProbeTests {
  private let files = FakeFiles()
  private let time = FakeTime()

  private func subject(resident: Int64, owned: Int64 = 0) throws -> (
    handle: TargetHandle, sample: ProcessSample
  ) {
    files.put(FakeProcess(42))
    let directory = try files.openDirectory("/proc/42", in: nil)
    var sample = ProcessSample(pid: 42)
    sample.resident = .fresh(Bytes(resident))
    sample.anonymous = .fresh(Bytes(owned))
    return (TargetHandle(pid: 42, directory: directory, process: nil, startTicks: 5000), sample)
  }

  private func entry(_ line: String, rss: Int, anonymous: Int) -> String {
    "\(line)\nSize: 99 kB\nRss: \(rss) kB\nPss: \(rss) kB\nAnonymous: \(anonymous) kB\nSwap: 0 kB\n"
  }

  private func probe() -> MappingsProbe {
    MappingsProbe(
      host: .fake(files: files, time: time), interval: 10, inlineWorker: true)
  }

  @Test("C3: a small process is read whole and at once, and not again before it is due")
  func small() throws {
    let subject = try subject(resident: 50_000_000)
    files.write(
      "/proc/42/smaps",
      entry("1000-9000 rw-p 00000000 00:00 0   [heap]", rss: 40, anonymous: 40)
        + entry("a000-f000 r--p 00000000 08:01 9   /lib/x.so", rss: 8, anonymous: 0))
    var probe = probe()
    let first = probe.read([subject], at: time.now())
    #expect(first.mappings.value?.mappings.map(\.name) == ["[heap]", "/lib/x.so"])
    #expect(first.pss == .fresh(Bytes(48 * 1024)))
    time.advance(by: 9)
    _ = probe.read([subject], at: time.now())
    #expect(files.reads(of: "/proc/42/smaps") == 3)
    time.advance(by: 2)
    _ = probe.read([subject], at: time.now())
    #expect(files.reads(of: "/proc/42/smaps") > 3)
  }

  @Test(
    "C3: a mapping too large to be walked is known by subtraction, and PSS says why it is missing")
  func large() throws {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let subject = try subject(resident: 1_000_000_000, owned: 900_000_000)
    files.write(
      "/proc/42/maps",
      "00000000-00100000 rw-p 00000000 00:00 0  [heap]\n40000000-80000000 rw-p 00000000 00:00 0\n")
    files.write("/proc/42/pagemap", bytes: pagemap(present: 2))
    var probe = probe()
    let read = probe.read([subject], at: time.now())
    #expect(files.reads(of: "/proc/42/smaps") == 0)
    let mappings = read.mappings.value?.mappings ?? []
    #expect(mappings.map(\.name) == ["[anonymous] 40000000", "[heap]"])
    #expect(mappings.last?.owned == Bytes(Int64(2 * page)))
    #expect(mappings.first?.owned == Bytes(Int64(900_000_000 - 2 * page)))
    #expect(read.pss.absence?.sentence.text.contains("mmap") == true)
  }

  @Test("pages of a family of processes are counted, and what they share is there once")
  func family() throws {
    let page = Int64(sysconf(Int32(_SC_PAGESIZE)))
    let subject = try subject(resident: 1_000_000_000, owned: 900_000_000)
    files.write("/proc/42/maps", "00000000-40000000 rw-p 00000000 00:00 0\n")
    files.write("/proc/42/pagemap", bytes: pagemap(present: 3))
    var probe = probe()
    let read = probe.read([subject, subject], at: time.now())
    #expect(read.mappings.value?.mappings.first?.owned == Bytes(3 * page))
    #expect(read.mappings.value.map { abs($0.shareOnce - 0.5) < 1e-9 } == true)
  }

  /// Pages that are present, anonymous and mapped by others too.
  private func pagemap(present: Int) -> [UInt8] {
    (0..<present).flatMap { _ in [0, 0, 0, 0, 0, 0, 0, 0x80] as [UInt8] }
  }

  @Test("C6: mappings of a process whose leader has ended are those of a living thread")
  func leaderEnded() throws {
    var subject = try subject(resident: 5_000_000)
    subject.sample.leaderEnded = true
    files.write("/proc/42/smaps", "")
    files.write(
      "/proc/42/task/43/smaps",
      entry("1000-9000 rw-p 00000000 00:00 0   [heap]", rss: 4, anonymous: 4))
    var probe = probe()
    #expect(probe.read([subject], at: time.now()).pss == .fresh(Bytes(4096)))
  }

  @Test("C9: mappings that are closed to us name what is missing")
  func notPermitted() throws {
    let subject = try subject(resident: 5_000_000)
    files.fail("/proc/42/smaps", with: EACCES)
    var probe = probe()
    let read = probe.read([subject], at: time.now())
    let absence = Absence.notPermitted(needs: "CAP_SYS_PTRACE or the same user")
    #expect(read.mappings == .missing(absence))
    #expect(read.pss == .missing(absence))
  }

  @Test("C1: a reading that does not come back makes the last one old, and the tick goes on")
  func stuck() throws {
    let subject = try subject(resident: 5_000_000)
    let stuck = StuckFiles(files)
    var probe = MappingsProbe(
      host: Host(
        files: stuck, time: time, processes: FakeProcesses(), environment: { _ in nil }),
      interval: 10)
    _ = probe.read([subject], at: time.now())
    time.advance(by: 1)
    let read = probe.read([subject], at: time.now())
    #expect(read.mappings == .missing(.timedOut))
    #expect(read.pss == .missing(.timedOut))
    stuck.barrier.open()
  }

  @Test("forked processes own what they share once")
  func forked() {
    var region = MappedRegion(
      start: 0, end: 4096, kind: .anonymous, isAccessible: true, isPrivate: true,
      isWritable: true, path: "")
    region.anonymous = 200_000_000
    region.resident = 200_000_000
    region.proportional = 40_000_000
    var table = MappingTable()
    var names = RegionNames()
    for owner in Int32(1)...5 { table.add([region], names: &names, owner: owner) }
    #expect(abs(table.shareOnce - 0.2) < 1e-9)
    region.sharedByFork = 200_000_000
    var counted = MappingTable()
    for owner in Int32(1)...5 { counted.add([region], names: &names, owner: owner) }
    #expect(abs(counted.shareOnce - 0.2) < 1e-9)
  }

  @Test("shared memory that several processes map is there once")
  func sharedMemory() {
    var region = MappedRegion(
      start: 0, end: 4096, kind: .sharedMemory, isAccessible: true, isPrivate: false,
      isWritable: true, path: "/dev/shm/frames")
    region.resident = 64_000_000
    var table = MappingTable()
    var names = RegionNames()
    for owner in Int32(1)...3 { table.add([region], names: &names, owner: owner) }
    #expect(table.mappings.first?.owned == Bytes(64_000_000))
  }
}

extension MappingsProbe {
  fileprivate mutating func read(_ subjects: [Subject], at moment: Moment)
    -> (mappings: Measured<MappingsSample>, pss: Measured<Bytes>)
  {
    let owned = subjects.reduce(Bytes.zero) { $0 + ($1.sample.owned.value ?? .zero) }
    return read(subjects[0].handle, owned: owned, at: moment) { subjects }
  }
}

/// Files of which `smaps` waits until it is let go.
private final class StuckFiles: FilesBehind {
  let files: FakeFiles
  let barrier = Barrier()

  init(_ files: FakeFiles) { self.files = files }

  func keep(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> KeptFile {
    if path == "smaps" { barrier.wait() }
    return try files.keep(path, in: directory)
  }
}
