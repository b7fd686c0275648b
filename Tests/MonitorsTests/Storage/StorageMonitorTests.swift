import Monitors
import TestSupport
import Testing

@Suite("Storage")
struct StorageMonitorTests {
  @Test("C12: the first reading has no rate, and says so")
  func first() {
    var story = StorageStory()
    story.tick()
    #expect(story.reading.writeRate == .missing(.notYet))
    #expect(story.json()["write_bytes_per_s"] == .null)
  }

  @Test("C12: two ticks at one instant invent no rate")
  func frozen() {
    var story = StorageStory()
    story.tick()
    story.tick {
      $0.time.advance(by: -1)
      $0.write(1000, "csv")
    }
    #expect(story.reading.writeRate == .missing(.notYet))
    #expect(story.reading.formats.allSatisfy { $0.writeRate.value.isFinite })
  }

  @Test("rates of formats are smooth, fastest first, and lose nothing over a longer time")
  func formats() {
    var story = StorageStory()
    story.tick()
    var sum = 0.0
    for second in 1...24 {
      story.tick {
        $0.write(100_000, "csv")
        if second % 4 == 0 { $0.write(8_000_000, "parquet") }
      }
      if second > 4 {
        sum += story.reading.formats.first { $0.format == "parquet" }?.writeRate.value ?? 0
      }
    }
    #expect(abs(sum / 20 - 2_000_000) < 100_000)
    #expect(story.reading.formats.map(\.format) == ["parquet", "csv"])
    #expect(story.reading.formats.last?.writeRate.value == 100_000)
    #expect(story.reading.headline == "writing 2.10 MB/s, mostly parquet")
  }

  @Test("a child that appears or ends makes no spike")
  func children() {
    var story = StorageStory()
    story.tick()
    var child = ProcessSample(pid: 2)
    child.parent = 1
    child.startTicks = 200
    var io = IOCounters()
    io.writtenBytes = 50_000_000
    child.io = .fresh(io)
    story.tick { $0.children = [child] }
    #expect(story.reading.writeRate.value == BytesPerSecond(0))
    story.tick {
      $0.children = []
      $0.io.writtenBytes += 50_000_100
    }
    #expect(story.reading.writeRate.value == BytesPerSecond(50))
    #expect(story.reading.writeHistory.last == 100)
  }

  @Test("C11: counters that go backwards make a gap or nothing, never a spike")
  func backwards() {
    var story = StorageStory()
    story.io.writtenBytes = .max
    story.tick()
    story.tick { $0.io.writtenBytes = 5 }
    #expect(story.reading.writeRate.value == BytesPerSecond(0))
  }

  @Test("coverage is the share of written bytes that was seen in files")
  func coverage() {
    var story = StorageStory()
    story.openWriter()
    story.tick()
    #expect(story.reading.coverage == nil)
    for _ in 0..<5 {
      story.tick {
        $0.write(750_000, "csv")
        $0.io.writtenCharacters += 250_000
      }
    }
    #expect(story.reading.coverage == Ratio(0.75))
  }

  @Test("a reader shows its progress and its rate")
  func reader() {
    var story = StorageStory()
    var file = OpenFileSample(path: "/d/a.mcap")
    file.size = Bytes(1000)
    for read: UInt64 in [0, 100, 200, 300] {
      file.read = read
      file.position = Bytes(Int64(read))
      story.files.open = .fresh([file])
      story.tick()
    }
    #expect(story.reading.files.first?.readRate == BytesPerSecond(100))
    #expect(story.reading.files.first?.progress == Ratio(0.3))
  }

  @Test("an idle writer is no stall, however busy the device is")
  func idle() {
    var story = StorageStory()
    story.openWriter()
    for _ in 0..<31 { story.tick { $0.pressure += 900_000 } }
    #expect(story.reading.stall == nil)
    #expect(story.reading.severity == .ok)
    #expect(story.reading.headline == "idle: 1 file open for writing")
  }

  @Test(
    "a process that waits for storage for several ticks is stalled, and worse the longer it lasts")
  func waiting() {
    var story = StorageStory()
    story.tick()
    story.tick { $0.state = "D" }
    #expect(story.reading.stall == nil)
    for _ in 0..<4 { story.tick() }
    #expect(story.reading.stall?.evidence == "waiting for storage (state D)")
    #expect(story.reading.severity == .info)
    for _ in 0..<8 { story.tick() }
    #expect(story.reading.severity == .warning)
    #expect(story.reading.headline == "stalled for 12 s: waiting for storage (state D)")
    story.tick { $0.write(10, "csv") }
    #expect(story.reading.stall == nil)
  }

  @Test("a process that waits and yet gets on is not stalled")
  func slow() {
    var story = StorageStory()
    for _ in 0..<10 {
      story.tick {
        $0.state = "D"
        $0.write(4096, "csv")
      }
    }
    #expect(story.reading.stall == nil)
  }

  @Test("a steady writer that stands still while the machine waits for storage is stalled")
  func blocked() {
    var story = StorageStory()
    story.openWriter()
    for _ in 0..<10 { story.tick { $0.write(1_000_000, "csv") } }
    for _ in 0..<5 { story.tick { $0.pressure += 800_000 } }
    #expect(story.reading.stall?.evidence == "no file moves while the device is busy")
  }

  @Test("filesystems stand tightest first; one without room or answer is spoken of")
  func filesystems() {
    let roomy = SpaceSample(
      total: Bytes(1_000_000), available: Bytes(900_000), inodes: 0, inodesFree: 0)
    var tight = roomy
    tight.available = Bytes(10_000)
    var story = StorageStory()
    story.files.filesystems = [
      FilesystemSample(mount: "/", kind: "ext4", space: .fresh(roomy)),
      FilesystemSample(mount: "/data", kind: "ext4", space: .fresh(tight)),
    ]
    story.tick()
    #expect(story.reading.filesystems.map(\.mount) == ["/data", "/"])
    #expect(story.reading.severity == .warning)
    #expect(story.reading.headline == "/data has 10.0 kB left")
    tight.available = .zero
    story.files.filesystems[1].space = .fresh(tight)
    story.tick()
    #expect(story.reading.severity == .critical)
    #expect(story.reading.headline == "/data is full")
    story.files.filesystems[1].space = .missing(.silent(seconds: 12))
    story.tick()
    #expect(story.reading.headline == "/data: no answer for 12 s")
  }

  @Test("running out of inodes is running out of room")
  func inodes() {
    var story = StorageStory()
    story.files.filesystems = [
      FilesystemSample(
        mount: "/", kind: "ext4",
        space: .fresh(
          SpaceSample(total: Bytes(100), available: Bytes(90), inodes: 1000, inodesFree: 3)))
    ]
    story.tick()
    #expect(story.reading.headline == "/ has 3 inodes left")
    #expect(story.reading.severity == .warning)
  }

  @Test("C9: what may not be read is null with the right that is lacking, and the rest still works")
  func denied() {
    var story = StorageStory()
    story.files.open = .missing(.notPermitted(needs: "CAP_SYS_PTRACE"))
    story.tick()
    story.tick()
    var document = Document(path: "storage")
    story.reading.describe(into: &document)
    #expect(
      document.unavailable.contains {
        $0.name == "storage.files" && $0.value == .text("permission denied: needs CAP_SYS_PTRACE")
      })
    #expect(
      story.reading.headline == "files can't be seen: permission denied: needs CAP_SYS_PTRACE")
    #expect(story.json()["write_bytes_per_s"] == .number(0))
  }

  @Test("every promised key is in the document")
  func keys() {
    var story = StorageStory()
    story.openWriter()
    story.tick()
    story.tick { $0.write(5000, "csv") }
    let json = story.json()
    for key in ["read_bytes_per_s", "write_bytes_per_s", "formats", "files", "status"] {
      #expect(json[key] != nil)
    }
    guard case .list(let formats)? = json["formats"] else {
      Issue.record("formats is no list")
      return
    }
    #expect(formats.first?["format"] == .text("csv"))
    #expect(formats.first?["files"] == .integer(1))
    #expect(json["status"] == .text("ok"))
  }

  @Test("without a process there is nothing to judge, and that is said")
  func nobody() {
    var monitor = StorageMonitor(StorageConfig())
    var sample = Sample(moment: FakeTime().now())
    sample.target = .missing(.gone)
    let reading = monitor.judge(sample)
    #expect(reading.severity == .stale)
    #expect(reading.headline == "no process: gone")
    #expect(reading.writeRate == .missing(.gone))
  }

  @Test("C8: another program in the same process begins with rates of its own")
  func exec() {
    var story = StorageStory()
    for _ in 0..<20 { story.tick { $0.write(9_000_000, "csv") } }
    #expect((story.reading.writeRate.value?.value ?? 0) > 8_000_000)
    story.tick { $0.generation = 2 }
    #expect(story.reading.writeRate.value == nil || story.reading.writeRate.value?.value == 0)
    for _ in 0..<6 { story.tick { $0.write(1_000_000, "csv") } }
    #expect((story.reading.writeRate.value?.value ?? 0) < 1_100_000)
    #expect((story.reading.formats.first?.writeRate.value ?? 0) < 1_100_000)
  }

  @Test("history has one place a tick, and a gap where nothing was known")
  func history() {
    var story = StorageStory()
    story.tick()
    story.tick { $0.write(500, "csv") }
    #expect(story.reading.writeHistory.total == 2)
    #expect(story.reading.writeHistory[0] == nil)
    #expect(story.reading.writeHistory[1] == 500)
  }
}
