import Monitors
import TestSupport
import Testing

@Suite("Whose writes they are")
struct OpenFilesClaimsTests {
  @Test("what others write into a file the target shares with them is not the target's")
  func shared() {
    var watching = FilesWatching()
    for second: Int64 in 0..<8 {
      let size = second * 1_000_000
      watching.target.open(
        1, "/d/x.log", inode: 7, flags: writeOnly, size: size, position: size)
      let sample = watching.tick()
      #expect(sample.seenWritten == 0)
      #expect(sample.written("log") == 0)
      guard second > 0 else { continue }
      #expect(
        sample.caveats == ["its files grew more than it wrote; only what it wrote is counted"])
    }
  }

  @Test("of what the target and others write into one file only its own counts")
  func half() {
    var watching = FilesWatching()
    for second: Int64 in 0..<20 {
      watching.target.counters(wchar: UInt64(second) * 400_000)
      watching.target.open(1, "/d/x.log", inode: 7, flags: appending, size: second * 1_000_000)
      _ = watching.tick()
    }
    let written = watching.tick().written("log")
    #expect(written == 19 * 400_000)
  }

  @Test("what others dirty in a file is not the target's, what it may have dirtied itself is")
  func mapped() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.npy", inode: 7, flags: readWrite, size: 1 << 30, allocated: 0)
    _ = watching.tick()
    watching.target.counters(wchar: 0, writeBytes: 1_000_000)
    watching.target.open(
      3, "/d/a.npy", inode: 7, flags: readWrite, size: 1 << 30, allocated: 9_000_000)
    _ = watching.tick()
    for _ in 0..<5 { #expect(watching.tick().written("npy") == 1_000_000) }
  }

  @Test("growth seen before the counters tell of it is counted when they do")
  func late() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly)
    _ = watching.tick()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly, size: 9000, position: 9000)
    #expect(watching.tick().written("csv") == 0)
    watching.target.counters(wchar: 9000)
    let sample = watching.tick()
    #expect(sample.written("csv") == 9000)
    #expect(sample.caveats.isEmpty)
  }

  @Test("files of other programs in the same directory are not the target's")
  func neighbours() {
    var watching = FilesWatching()
    watching.target.open(3, "/home/robot/a.csv", inode: 7, flags: writeOnly)
    _ = watching.tick()
    var sample = FilesSample()
    for second: Int64 in 1...20 {
      let size = second * 100_000
      // Half a kilobyte a second goes to a socket, and pages are dirtied whole.
      watching.target.counters(
        wchar: UInt64(size + second * 500), writeBytes: UInt64(size + second * 8192))
      watching.target.open(
        3, "/home/robot/a.csv", inode: 7, flags: writeOnly, size: size, position: size)
      for number: Int64 in 0..<3 {
        let name = "other\(second)-\(number).\(number == 0 ? "csv" : "log")"
        watching.file(
          "/home/robot/\(name)", inode: UInt64(100 + second * 10 + number), size: 7000,
          born: watching.now)
        watching.directories.happen(.closedAfterWriting, name, in: "/home/robot")
      }
      sample = watching.tick()
    }
    #expect(sample.formats == [FormatSample(format: "csv", files: 1, written: 2_000_000)])
    #expect(
      sample.caveats == ["others write in its directories; their files are not counted"])
  }

  @Test("short-lived files of the target count beside a great one of somebody else, with a warning")
  func claimants() {
    var watching = FilesWatching()
    _ = watching.tick()
    var sample = FilesSample()
    for second: UInt64 in 1...10 {
      watching.target.counters(wchar: second * 50_000)
      watching.file(
        "/home/robot/\(second).jpg", inode: 100 + second, size: 50_000, born: watching.now)
      watching.file(
        "/home/robot/\(second).mp4", inode: 200 + second, size: 80_000_000, born: watching.now)
      watching.directories.happen(.closedAfterWriting, "\(second).jpg", in: "/home/robot")
      watching.directories.happen(.closedAfterWriting, "\(second).mp4", in: "/home/robot")
      sample = watching.tick()
    }
    #expect(sample.formats == [FormatSample(format: "images", files: 10, written: 500_000)])
    #expect(
      sample.caveats == ["others write in its directories: which files are its own is a guess"])
  }

  @Test("without counters only what the target holds open is counted, and that is said")
  func uncounted() {
    var watching = FilesWatching()
    watching.target.files.fail("/proc/42/io", with: 13)
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly)
    _ = watching.tick()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly, size: 9000, position: 9000)
    watching.file("/home/robot/b.mp4", inode: 9, size: 80_000, born: watching.now)
    watching.directories.happen(.closedAfterWriting, "b.mp4", in: "/home/robot")
    let sample = watching.tick()
    #expect(sample.formats == [FormatSample(format: "csv", files: 1, written: 9000)])
    #expect(
      sample.caveats.contains("its write counters can't be read: what others write may be counted"))
  }
}

@Suite("Very many open files")
struct ManyOpenFilesTests {
  private static func crowd(_ watching: inout FilesWatching, appended second: Int64) {
    for number: Int32 in 3..<5003 {
      let isActive = number.isMultiple(of: 100)
      guard second == 0 || isActive else { continue }
      let size = isActive ? second * 20_000 : 0
      watching.target.open(
        number, "/d/\(number).csv", inode: UInt64(number), flags: appending, size: size)
      watching.target.files.setStatus(
        "/proc/42/fd/\(number)",
        FileStatus(
          kind: .regular, size: size, allocated: size, device: 8, inode: UInt64(number),
          modified: isActive ? watching.now : 1))
    }
    watching.target.counters(wchar: UInt64(second) * 1_000_000)
  }

  @Test("the 50 of 5000 into which something is written are found in a few seconds")
  func lively() {
    var watching = FilesWatching()
    watching.time.advance(by: 1000)
    var totals: [UInt64] = []
    for second: Int64 in 0..<10 {
      ManyOpenFilesTests.crowd(&watching, appended: second)
      totals.append(watching.tick().written("csv"))
    }
    let rate = Double(totals[9] - totals[6]) / 3
    #expect(abs(rate - 1_000_000) < 50_000)
    let open = watching.tick().open.value ?? []
    #expect(open.prefix(50).allSatisfy { $0.size.count > 0 })
  }

  @Test("their true number is told, and that not all are followed")
  func number() {
    var watching = FilesWatching()
    ManyOpenFilesTests.crowd(&watching, appended: 0)
    for _ in 0..<5 {
      let sample = watching.tick()
      #expect(sample.descriptors == 5001)
      #expect(
        sample.caveats == ["only 256 of 5001 open files are followed, the others in turn"])
    }
  }

  @Test("5000 that are made at once and stay open are not said to be missed")
  func made() {
    var watching = FilesWatching()
    _ = watching.tick()
    for number in 0..<5000 {
      watching.directories.happen(.created, "\(number).csv", in: "/home/robot")
    }
    #expect(watching.tick().caveats.isEmpty)
    for number in 0..<5000 {
      watching.directories.happen(.closedAfterWriting, "\(number).csv", in: "/home/robot")
    }
    #expect(watching.tick().caveats == ["too many short-lived files: some were missed"])
  }

  @Test("one tick looks at no more than its budget")
  func budget() {
    var watching = FilesWatching()
    ManyOpenFilesTests.crowd(&watching, appended: 0)
    for _ in 0..<3 { _ = watching.tick() }
    let reads = (3..<5003).reduce(0) {
      $0 + watching.target.files.reads(of: "/proc/42/fdinfo/\($1)")
    }
    #expect(reads <= 3 * 160)
  }
}

@Suite("Files that may not be seen")
struct UnseenFilesTests {
  private let forbidden = Absence.notPermitted(needs: "the same user or CAP_SYS_PTRACE")

  @Test("C9: what may not be listed stays unlisted for the same reason, tick after tick")
  func steady() {
    var watching = FilesWatching()
    watching.target.files.fail("/proc/42/fd", with: 13)
    watching.target.files.setStatus(
      "/proc/42/fd", FileStatus(kind: .directory, size: 4, device: 1, inode: 2))
    for _ in 0..<10 {
      let sample = watching.tick()
      #expect(sample.open == .missing(forbidden))
      #expect(sample.formats.isEmpty)
    }
  }

  @Test("C9: a list of descriptors that may not be looked at is no list of files")
  func blind() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly)
    watching.target.files.fail("/proc/42/fd/0", with: 13)
    watching.target.files.fail("/proc/42/fd/3", with: 13)
    for _ in 0..<5 { #expect(watching.tick().open == .missing(forbidden)) }
  }

  @Test("C9: a single file that its filesystem hides leaves the others to be seen")
  func hidden() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly)
    watching.target.open(4, "/fuse/b.csv", inode: 8, flags: writeOnly)
    watching.target.files.fail("/proc/42/fd/4", with: 13)
    for _ in 0..<5 { #expect(watching.tick().open.value?.map(\.path) == ["/d/a.csv"]) }
  }

  @Test("C9: children whose files may not be seen are counted aloud")
  func children() {
    var watching = FilesWatching()
    let child = FakeTarget(pid: 43, files: watching.target.files)
    watching.target.files.fail("/proc/43/fd", with: 13)
    let sample = watching.tick([child])
    #expect(sample.open == .fresh([]))
    #expect(
      sample.caveats == ["files of 1 of 2 processes can't be seen: no permission"])
  }
}
