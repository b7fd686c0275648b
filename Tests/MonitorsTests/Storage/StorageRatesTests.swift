import Monitors
import TestSupport
import Testing

@Suite("Rates of storage")
struct StorageRatesTests {
  @Test("two readings give what was written between them, whole")
  func once() {
    var story = StorageStory()
    story.openWriter()
    story.tick()
    story.tick { $0.write(4_000_000, "csv") }
    #expect(story.reading.writeRate == .fresh(BytesPerSecond(4_000_000)))
    #expect(story.reading.formats.first?.writeRate == BytesPerSecond(4_000_000))
    #expect(story.reading.headline == "writing 4.00 MB/s, csv")
  }

  @Test("a burst every five seconds is one steady rate, in the headline and in every figure")
  func bursts() {
    var story = StorageStory()
    story.openWriter()
    story.tick()
    for second in 1...60 {
      story.tick { if second % 5 == 0 { $0.write(4_000_000, "csv") } }
      guard second > 10 else { continue }
      #expect(story.reading.headline == "writing 800 kB/s, csv")
      #expect(story.reading.writeRate == .fresh(BytesPerSecond(800_000)))
      #expect(story.reading.writeCallRate == .fresh(BytesPerSecond(800_000)))
      #expect(story.reading.formats.first?.writeRate == BytesPerSecond(800_000))
      #expect(story.json()["write_bytes_per_s"] == .number(800_000))
    }
    let graph = (51...60).compactMap { story.reading.writeHistory[$0] }
    #expect(graph == [0, 0, 0, 0, 4_000_000, 0, 0, 0, 0, 4_000_000])
  }

  @Test("the headline never says another rate than the figure beside it")
  func agreement() {
    var story = StorageStory()
    story.openWriter()
    story.tick()
    for second: UInt64 in 1...40 {
      story.tick {
        $0.write(1_000_000 + second * 7919 % 900_000, "csv")
        $0.io.writtenBytes += second % 3 * 40_000
      }
      let figure = story.reading.writeRate.value?.text ?? ""
      #expect(story.reading.headline == "writing \(figure), csv")
    }
  }

  @Test("readings of a steady writer average to what was written over 20 seconds")
  func average() {
    var story = StorageStory()
    story.tick()
    var (total, csv, truth) = (0.0, 0.0, 0.0)
    for second: UInt64 in 1...20 {
      let bytes = 900_000 + second * 7919 % 200_000
      story.tick { $0.write(bytes, "csv") }
      truth += Double(bytes)
      total += story.reading.writeRate.value?.value ?? 0
      csv += story.reading.formats.first?.writeRate.value ?? 0
    }
    #expect(abs(total - truth) < 0.02 * truth)
    #expect(abs(csv - truth) < 0.02 * truth)
  }

  @Test("one that has stopped is idle after half a minute and no sooner")
  func stopped() {
    var story = StorageStory()
    story.openWriter()
    for _ in 0..<10 { story.tick { $0.write(1_000_000, "csv") } }
    for second in 1..<30 {
      story.tick()
      #expect(!story.reading.headline.text.hasPrefix("idle"))
      guard second >= 6 else { continue }
      #expect(story.reading.writeRate == .fresh(BytesPerSecond(0)))
      #expect(
        story.reading.headline == "nothing written for \(second) s: 1 file open for writing")
    }
    story.tick()
    #expect(story.reading.headline == "idle: 1 file open for writing")
  }

  @Test("what goes into files in memory is said to, for no device sees it")
  func memory() {
    var story = StorageStory()
    story.openWriter()
    story.tick()
    story.tick {
      $0.write(500_000, "csv")
      $0.io.writtenBytes = 0
    }
    #expect(story.reading.writeRate == .fresh(BytesPerSecond(0)))
    #expect(story.reading.headline == "writing 500 kB/s into files, csv")
  }

  @Test("what was written and seen in no file is told in bytes")
  func unseen() {
    var story = StorageStory()
    story.openWriter()
    story.tick()
    story.tick {
      $0.write(381_000, "log")
      $0.io.writtenCharacters += 619_000
    }
    #expect(
      story.reading.caveats == ["619 kB of the last 1.00 MB written were not seen in any file"])
  }

  @Test("C9: a writer of whom nothing may be read is never called idle")
  func blind() {
    var story = StorageStory()
    let forbidden = Absence.notPermitted(needs: "CAP_SYS_PTRACE")
    story.files.open = .missing(forbidden)
    story.unreadable = forbidden
    for _ in 0..<40 {
      story.tick()
      #expect(
        story.reading.headline == "files can't be seen: permission denied: needs CAP_SYS_PTRACE")
      #expect(story.reading.severity == .info)
    }
    var document = Document(path: "storage")
    story.reading.describe(into: &document)
    let reasons = Dictionary(
      document.unavailable.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    for key in [
      "read_bytes_per_s", "write_bytes_per_s", "write_call_bytes_per_s", "formats", "open_files",
      "files", "coverage", "stall",
    ] {
      #expect(story.json()[key] == .null)
      #expect(
        reasons["storage.\(key)"] == .text("permission denied: needs CAP_SYS_PTRACE"), "\(key)")
    }
  }

  @Test("C9: where only the counters can be read, the rate is told and that files can't be seen")
  func half() {
    var story = StorageStory()
    story.files.open = .missing(.notPermitted(needs: "CAP_SYS_PTRACE"))
    story.tick()
    story.tick {
      $0.io.writtenBytes += 1_000_000
      $0.io.writtenCharacters += 1_000_000
    }
    #expect(
      story.reading.headline
        == "writing 1.00 MB/s; files can't be seen: permission denied: needs CAP_SYS_PTRACE")
    #expect(story.reading.coverage == nil)
  }
}
