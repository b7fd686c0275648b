import Monitors
import TestSupport
import Testing

@Suite("Open files")
struct OpenFilesProbeTests {
  @Test("a file that was open before watching counts only what is added")
  func before() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly, size: 9000, position: 9000)
    let first = watching.tick()
    #expect(first.seenWritten == 0)
    #expect(first.open.value?.first?.format == "csv")
    watching.target.counters(wchar: 500)
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly, size: 9500, position: 9500)
    #expect(watching.tick().written("csv") == 500)
  }

  @Test("a file made while watched counts everything in it")
  func made() {
    var watching = FilesWatching()
    _ = watching.tick()
    watching.target.counters(wchar: 9000)
    watching.target.open(
      3, "/d/a.csv", inode: 7, flags: writeOnly, size: 9000, position: 9000, born: watching.now)
    #expect(watching.tick().written("csv") == 9000)
  }

  @Test("an old file opened for appending while watched counts only its growth")
  func appended() {
    var watching = FilesWatching()
    _ = watching.tick()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: appending, size: 9000, born: 5)
    #expect(watching.tick().seenWritten == 0)
    watching.target.counters(wchar: 400)
    watching.target.open(
      3, "/d/a.csv", inode: 7, flags: appending, size: 9400, position: 9400, born: 5)
    #expect(watching.tick().written("csv") == 400)
  }

  @Test("pwrite moves size alone and is counted")
  func pwrite() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.bin", inode: 7, flags: readWrite)
    _ = watching.tick()
    watching.target.counters(wchar: 200_000)
    watching.target.open(3, "/d/a.bin", inode: 7, flags: readWrite, size: 200_000)
    #expect(watching.tick().seenWritten == 200_000)
  }

  @Test("writing through memory moves blocks alone and is counted; making the file large is not")
  func mapped() {
    var watching = FilesWatching()
    _ = watching.tick()
    watching.target.open(
      3, "/d/a.npy", inode: 7, flags: readWrite, size: 1 << 30, allocated: 0, born: watching.now)
    #expect(watching.tick().seenWritten == 0)
    watching.target.counters(wchar: 0, writeBytes: 409_600)
    watching.target.open(
      3, "/d/a.npy", inode: 7, flags: readWrite, size: 1 << 30, allocated: 409_600)
    #expect(watching.tick().written("npy") == 409_600)
  }

  @Test("a seek past the end is not taken for writing")
  func seek() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.h5", inode: 7, flags: readWrite, size: 5_000_000)
    _ = watching.tick()
    watching.target.open(
      3, "/d/a.h5", inode: 7, flags: readWrite, size: 5_000_000, position: 5_000_000)
    #expect(watching.tick().seenWritten == 0)
    for _ in 0..<5 { #expect(watching.tick().caveats.isEmpty) }
  }

  @Test("descriptors and children that share one offset count once")
  func shared() {
    var watching = FilesWatching()
    let child = FakeTarget(pid: 43, files: watching.target.files)
    for (process, number) in [(watching.target, Int32(3)), (watching.target, 4), (child, 3)] {
      process.open(number, "/d/a.csv", inode: 7, flags: writeOnly)
    }
    _ = watching.tick([child])
    watching.target.counters(wchar: 100_000)
    for (process, number) in [(watching.target, Int32(3)), (watching.target, 4), (child, 3)] {
      process.open(
        number, "/d/a.csv", inode: 7, flags: writeOnly, size: 100_000, position: 100_000)
    }
    let sample = watching.tick([child])
    #expect(sample.seenWritten == 100_000)
    #expect(sample.open.value?.count == 1)
  }

  @Test("two appenders are counted by size, not by where each one's last write ended")
  func appenders() {
    var watching = FilesWatching()
    for number: Int32 in [3, 4] {
      watching.target.open(number, "/d/a.jsonl", inode: 7, flags: appending)
    }
    _ = watching.tick()
    watching.target.counters(wchar: 150_000)
    watching.target.open(
      3, "/d/a.jsonl", inode: 7, flags: appending, size: 150_000, position: 100_000)
    watching.target.open(
      4, "/d/a.jsonl", inode: 7, flags: appending, size: 150_000, position: 150_000)
    #expect(watching.tick().written("jsonl") == 150_000)
  }

  @Test("a file cut off and written again starts from nothing")
  func truncated() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.log", inode: 7, flags: appending, size: 900_000)
    _ = watching.tick()
    watching.target.counters(wchar: 300_000)
    watching.target.open(3, "/d/a.log", inode: 7, flags: appending, size: 300_000)
    #expect(watching.tick().written("log") == 300_000)
  }

  @Test("a number that leads to another file at once is noticed")
  func swapped() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly, size: 100, position: 100)
    _ = watching.tick()
    watching.target.counters(wchar: 2000)
    watching.target.open(
      3, "/d/b.json", inode: 8, flags: writeOnly, size: 2000, position: 2000, born: watching.now)
    let sample = watching.tick()
    #expect(sample.written("json") == 2000)
    #expect(sample.open.value?.map(\.path) == ["/d/b.json"])
  }

  @Test("a deleted file says so and keeps its name")
  func deleted() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.csv (deleted)", inode: 7, flags: writeOnly, links: 0)
    _ = watching.tick()
    let file = watching.tick().open.value?.first
    #expect(file?.isDeleted == true)
    #expect(file?.path == "/d/a.csv")
  }

  @Test("devices, pipes, kernel files and memory are not listed")
  func nothingElse() {
    var watching = FilesWatching()
    watching.target.open(3, "pipe:[77]", inode: 3, flags: writeOnly, kind: .other)
    watching.target.open(4, "/memfd:x (deleted)", inode: 4, flags: readWrite, links: 0)
    watching.target.open(5, "/proc/stat", inode: 5, flags: 0)
    watching.target.open(6, "/dev/shm/x", inode: 6, flags: readWrite)
    #expect(watching.tick().open == .fresh([]))
  }

  @Test("a reader shows how far it has come")
  func reader() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.mcap", inode: 7, flags: 0, size: 1000, position: 100)
    _ = watching.tick()
    watching.target.open(3, "/d/a.mcap", inode: 7, flags: 0, size: 1000, position: 400)
    let file = watching.tick().open.value?.first
    #expect(file?.read == 300)
    #expect(file?.position == Bytes(400))
    #expect(file?.isWritten == false)
  }

  @Test("the first bytes say more than the name")
  func head() {
    var watching = FilesWatching()
    watching.target.files.write("/proc/42/fd/3", "PAR1 and so on, rows")
    watching.target.open(
      3, "/d/out", inode: 7, flags: writeOnly, size: 20, position: 20)
    _ = watching.tick()
    watching.target.counters(wchar: 500)
    watching.target.open(3, "/d/out", inode: 7, flags: writeOnly, size: 520, position: 520)
    let sample = watching.tick()
    #expect(sample.open.value?.first?.format == "parquet")
    #expect(sample.written("parquet") == 500)
    #expect(sample.written("other") == 0)
  }

  @Test("every one of 2000 open files is looked at in the end, and none of it at once")
  func many() {
    var watching = FilesWatching()
    for number: Int32 in 3..<2003 {
      watching.target.open(number, "/d/\(number).csv", inode: UInt64(number), flags: 0)
    }
    let first = watching.tick().open.value?.count ?? 0
    #expect(first > 0)
    for _ in 0..<20 { _ = watching.tick() }
    watching.target.open(2002, "/d/2002.csv", inode: 2002, flags: 0, size: 10, position: 5)
    #expect(watching.tick().open.value?.count == 256)
    #expect(watching.target.files.reads(of: "/proc/42/fdinfo/2002") == 1)
  }
}

@Suite("Short-lived files")
struct ShortLivedFilesTests {
  @Test("a file written under another name and renamed counts once")
  func renamed() {
    var watching = FilesWatching()
    _ = watching.tick()
    watching.target.counters(wchar: 50000)
    watching.file("/home/robot/a.jpg", inode: 9, size: 50000, born: watching.now)
    watching.directories.happen(.created, "a.jpg.tmp", in: "/home/robot")
    watching.directories.happen(.closedAfterWriting, "a.jpg.tmp", in: "/home/robot")
    watching.directories.happen(.movedHere, "a.jpg", in: "/home/robot")
    #expect(watching.tick().written("images") == 50000)
    watching.directories.happen(.movedHere, "a.jpg", in: "/home/robot")
    let sample = watching.tick()
    #expect(sample.written("images") == 50000)
    #expect(sample.formats.first?.files == 1)
  }

  @Test("a file appended again and again counts its growth alone")
  func appended() {
    var watching = FilesWatching()
    watching.file("/home/robot/m.csv", inode: 9, size: 70000, born: 5)
    watching.target.files.write("/home/robot/m.csv", "")
    _ = watching.tick()
    for tick: Int64 in 1...3 {
      watching.target.counters(wchar: UInt64(tick) * 1000)
      watching.file("/home/robot/m.csv", inode: 9, size: 70000 + tick * 1000, born: 5)
      watching.directories.happen(.closedAfterWriting, "m.csv", in: "/home/robot")
      #expect(watching.tick().written("csv") == UInt64(tick) * 1000)
    }
  }

  @Test("a file rewritten at the same size counts anew")
  func rewritten() {
    var watching = FilesWatching()
    _ = watching.tick()
    for tick: UInt64 in 1...3 {
      watching.target.counters(wchar: tick * 5000)
      watching.file("/home/robot/s.json", inode: 9, size: 5000, modified: Int64(tick), born: .max)
      watching.directories.happen(.closedAfterWriting, "s.json", in: "/home/robot")
      #expect(watching.tick().written("json") == tick * 5000)
    }
  }

  @Test("what others write into the same directory is not the target's")
  func foreign() {
    var watching = FilesWatching()
    _ = watching.tick()
    watching.file("/home/robot/b.mp4", inode: 9, size: 80_000_000, born: watching.now)
    watching.directories.happen(.closedAfterWriting, "b.mp4", in: "/home/robot")
    let sample = watching.tick()
    #expect(sample.seenWritten == 0)
    #expect(sample.caveats.contains { $0.text.contains("others write") })
  }

  @Test("directories of written files are watched, and those made in them, but not the kernel's")
  func directories() {
    var watching = FilesWatching()
    watching.target.open(3, "/data/run/a.csv", inode: 7, flags: writeOnly)
    watching.target.files.link("/proc/42/cwd", to: "/proc/self")
    _ = watching.tick()
    #expect(watching.directories.watched == ["/data/run"])
    watching.directories.happen(.directoryCreated, "date=1", in: "/data/run")
    _ = watching.tick()
    #expect(watching.directories.watched == ["/data/run", "/data/run/date=1"])
  }

  @Test("when the kernel loses events the directories are looked through again, and that is said")
  func overflow() {
    var watching = FilesWatching()
    _ = watching.tick()
    watching.target.counters(wchar: 3000)
    watching.file("/home/robot/a.npy", inode: 9, size: 3000, born: watching.now)
    watching.target.files.write("/home/robot/a.npy", "")
    watching.directories.overflow()
    let sample = watching.tick()
    #expect(sample.written("npy") == 3000)
    #expect(sample.caveats.contains { $0.text.contains("too many") })
  }

  @Test("a file written and closed between two ticks of its being open counts to its end")
  func lastLook() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly, size: 100, position: 100)
    _ = watching.tick()
    watching.target.counters(wchar: 900)
    watching.file("/d/a.csv", inode: 7, size: 1000)
    watching.target.close(3)
    #expect(watching.tick().written("csv") == 900)
    watching.directories.happen(.closedAfterWriting, "a.csv", in: "/d")
    #expect(watching.tick().written("csv") == 900)
  }
}

@Suite("Open files on bad days")
struct OpenFilesFaultsTests {
  @Test("C9: descriptors that may not be listed say which right is lacking, and are not zero")
  func denied() {
    var watching = FilesWatching()
    watching.target.files.fail("/proc/42/fd", with: 13)
    let sample = watching.tick()
    #expect(
      sample.open == .missing(.notPermitted(needs: "the same user or CAP_SYS_PTRACE")))
  }

  @Test("a target that is gone is said to be gone")
  func gone() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly)
    _ = watching.tick()
    watching.target.files.remove("/proc/42")
    #expect(watching.tick().open == .missing(.gone))
  }

  @Test("B2: a name with escapes is drawn harmlessly")
  func hostile() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/\u{1b}]52;c;aGk=\u{7}.csv", inode: 7, flags: writeOnly)
    let path = watching.tick().open.value?.first?.path.text ?? ""
    #expect(path == "/d/·]52;c;aGk=·.csv")
  }

  @Test("B4: a name that is no UTF-8 is shown and does not crash")
  func invalid() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/x", inode: 7, flags: writeOnly)
    watching.target.files.link("/proc/42/fd/3", bytes: Array("/d/é".utf8.dropLast()) + [0xff])
    #expect(watching.tick().open.value?.count == 1)
  }

  @Test("C14: garbage in fdinfo leaves the file out and nothing else")
  func garbage() {
    var watching = FilesWatching()
    watching.target.open(3, "/d/a.csv", inode: 7, flags: writeOnly)
    watching.target.open(4, "/d/b.csv", inode: 8, flags: writeOnly)
    watching.target.files.write("/proc/42/fdinfo/3", bytes: [0, 255, 10, 112, 111, 115, 58])
    #expect(watching.tick().open.value?.map(\.path) == ["/d/b.csv"])
  }

  @Test("C11: a size that shrinks and counters that go back invent nothing")
  func backwards() {
    var watching = FilesWatching()
    watching.target.counters(wchar: .max)
    watching.target.open(
      3, "/d/a.csv", inode: 7, flags: appending, size: .max, position: .max, allocated: .max)
    _ = watching.tick()
    watching.target.counters(wchar: 5)
    watching.target.open(3, "/d/a.csv", inode: 7, flags: appending, size: 0)
    #expect(watching.tick().seenWritten == 0)
  }
}
