import Monitors
import Synchronization
import TestSupport
import Testing

/// Files of which one place never answers, until it is let go.
private final class DeadServer: FilesBehind {
  let files: FakeFiles
  let deadPath: String
  let isAlive = Mutex(false)

  init(_ files: FakeFiles, deadPath: String) {
    self.files = files
    self.deadPath = deadPath
  }

  func statistics(_ path: String) throws(SystemError) -> SpaceSample {
    if path == deadPath { while !isAlive.withLock({ $0 }) {} }
    return try files.statistics(path)
  }
}

@Suite("Filesystems")
struct FilesystemProbeTests {
  private let target = FakeTarget()
  private let time = FakeTime()
  private let space = SpaceSample(
    total: Bytes(1000), available: Bytes(400), inodes: 10, inodesFree: 5)

  init() {
    target.files.write(
      "/proc/42/mountinfo",
      """
      22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw
      30 22 0:25 / /data rw - nfs4 server:/x rw
      31 22 0:26 / /rom ro - ext4 /dev/rom ro
      32 22 0:4 / /proc rw - proc proc rw
      33 22 0:40 / /mnt/a\\040b\\033[31m rw - tmpfs tmpfs rw

      """)
    for path in ["/", "/data", "/rom", "/mnt/a b\u{1b}[31m"] {
      target.files.setSpace(path, space)
    }
  }

  private func probe() -> FilesystemProbe {
    FilesystemProbe(host: .fake(files: target.files, time: time), inlineWorkers: true)
  }

  @Test(
    "the filesystems of written places are asked, each once; that of the working directory where nothing is written"
  )
  func places() {
    var probe = probe()
    #expect(probe.read(target.handle, places: [], at: time.now()).map(\.mount) == ["/"])
    let places = [
      WrittenPlace(path: "/data/a", device: 25), WrittenPlace(path: "/data/b", device: 25),
    ]
    let samples = probe.read(target.handle, places: places, at: time.now())
    #expect(samples == [FilesystemSample(mount: "/data", kind: "nfs4", space: .fresh(space))])
  }

  @Test("filesystems that can't be written or hold no data are left out")
  func leftOut() {
    var probe = probe()
    let places = [
      WrittenPlace(path: "/rom/x", device: 26), WrittenPlace(path: "/proc/x", device: 4),
    ]
    #expect(probe.read(target.handle, places: places, at: time.now()).isEmpty)
  }

  @Test("room is asked again after five seconds, not before")
  func again() {
    var probe = probe()
    let available = { (probe: inout FilesystemProbe) in
      probe.read(target.handle, places: [], at: time.now()).first?.space.value?.available
    }
    #expect(available(&probe) == Bytes(400))
    var less = space
    less.available = Bytes(300)
    target.files.setSpace("/", less)
    time.advance(by: 2)
    #expect(available(&probe) == Bytes(400))
    time.advance(by: 3)
    #expect(available(&probe) == Bytes(300))
  }

  @Test(
    "B11: a mount point with a blank and an escape is asked by its real name and drawn harmlessly")
  func hostile() {
    var probe = probe()
    let places = [WrittenPlace(path: "/mnt/a b\u{1b}[31m/x", device: 40)]
    let samples = probe.read(target.handle, places: places, at: time.now())
    #expect(samples.map(\.mount.text) == ["/mnt/a b·[31m"])
    #expect(samples.first?.space == .fresh(space))
  }

  @Test(
    "C2: a filesystem that never answers says for how long, blocks nobody, and is asked no second time"
  )
  func dead() {
    let server = DeadServer(target.files, deadPath: "/data")
    defer { server.isAlive.withLock { $0 = true } }
    var host = Host.fake(files: target.files, time: time)
    host.files = server
    var probe = FilesystemProbe(host: host)
    let places = [
      WrittenPlace(path: "/data", device: 25), WrittenPlace(path: "/home", device: 254 << 8),
    ]
    _ = probe.read(target.handle, places: places, at: time.now())
    time.advance(by: 12)
    let silent = probe.read(target.handle, places: places, at: time.now()).first
    #expect(silent?.space == .missing(.silent(seconds: 12)))
    #expect(silent?.space.absence?.sentence == "no answer for 12 s")
    var other: Measured<SpaceSample>?
    for _ in 0..<1_000_000 {
      other = probe.read(target.handle, places: places, at: time.now()).last?.space
      if other == .fresh(space) { break }
    }
    #expect(other == .fresh(space))
    server.isAlive.withLock { $0 = true }
    var revived: Measured<SpaceSample>?
    for _ in 0..<1_000_000 {
      revived = probe.read(target.handle, places: places, at: time.now()).first?.space
      if revived == .fresh(space) { break }
    }
    #expect(revived == .fresh(space))
  }

  @Test("C2: a filesystem that answered once and then no more shows what it said, as old")
  func stale() {
    let server = DeadServer(target.files, deadPath: "/data")
    defer { server.isAlive.withLock { $0 = true } }
    server.isAlive.withLock { $0 = true }
    var host = Host.fake(files: target.files, time: time)
    host.files = server
    var probe = FilesystemProbe(host: host)
    let places = [WrittenPlace(path: "/data", device: 25)]
    var first: Measured<SpaceSample>?
    for _ in 0..<1_000_000 where first != .fresh(space) {
      first = probe.read(target.handle, places: places, at: time.now()).first?.space
    }
    let answered = time.now()
    server.isAlive.withLock { $0 = false }
    time.advance(by: 6)
    _ = probe.read(target.handle, places: places, at: time.now())
    time.advance(by: 1)
    let last = probe.read(target.handle, places: places, at: time.now()).first?.space
    #expect(last == .stale(space, since: answered))
  }
}
