import Monitors
import TestSupport
import Testing

@Suite("Writes that become slower")
struct WriteShiftsTests {
  private struct Story {
    var monitor = StorageMonitor(StorageConfig())
    let time = FakeTime()
    var noise = SeededNoise(seed: 33)
    var writes: [Printable: WriteSample] = [:]
    var generation = 1
    var reading = StorageReading()

    mutating func write(_ format: Printable, _ bytes: UInt64, speed: Double) {
      var write = writes[format] ?? WriteSample(format: format)
      write.bytes += bytes
      write.count += 1
      write.seconds += Double(bytes) / speed * (1 + 0.08 * noise.normal())
      writes[format] = write
    }

    mutating func tick() {
      time.advance(by: 1)
      var sample = Sample(moment: time.now())
      var link = LinkSample()
      link.writes = writes.values.sorted { $0.format < $1.format }
      sample.link = .fresh(link)
      var target = TargetSample(pid: 1, root: ProcessSample(pid: 1))
      target.generation = generation
      sample.target = .fresh(target)
      reading = monitor.judge(sample)
    }
  }

  @Test("a device that slows down is told, by format and size, with since when")
  func slower() throws {
    var story = Story()
    for second in 0..<450 {
      story.write("parquet", 1_500_000, speed: second < 350 ? 100e6 : 40e6)
      story.write("csv", 4000, speed: 20e6)
      story.tick()
    }
    #expect(story.reading.slowDowns.count == 1)
    let slow = try #require(story.reading.slowDowns.first)
    #expect(slow.format == "parquet" && slow.least == Bytes(1 << 20))
    #expect(abs(slow.size - 0.6) < 0.05)
    let age = story.time.now().seconds(since: slow.since)
    #expect(age > 95 && age < 106)
    #expect(slow.words.text.hasPrefix("parquet writes of 1.05 MB to 2.10 MB are "))
  }

  @Test("smaller writes are slower by nature: that is no slow-down")
  func smaller() {
    var story = Story()
    for second in 0..<700 {
      if second < 350 {
        story.write("parquet", 3_000_000, speed: 100e6)
      } else {
        story.write("parquet", 20_000, speed: 8e6)
      }
      story.tick()
    }
    #expect(story.reading.slowDowns.isEmpty)
  }

  @Test("what gets faster again, or was never slow, is not in the list")
  func faster() {
    var story = Story()
    for second in 0..<800 {
      story.write("parquet", 1_500_000, speed: (300..<500).contains(second) ? 40e6 : 100e6)
      story.write("csv", 1_500_000, speed: second < 400 ? 40e6 : 100e6)
      story.tick()
    }
    #expect(story.reading.slowDowns.isEmpty)
  }

  @Test("a program that writes seldom, or anything of any size, takes no room to speak of")
  func bounded() {
    var story = Story()
    for second in 0..<2000 {
      story.write("x", UInt64(1) << UInt64(second % 40), speed: 1e6)
      story.tick()
    }
    #expect(story.reading.slowDowns.isEmpty)
  }

  @Test("the document has each, and a reason where the program is not linked")
  func document() throws {
    var story = Story()
    for second in 0..<450 {
      story.write("parquet", 1_500_000, speed: second < 350 ? 100e6 : 40e6)
      story.tick()
    }
    var document = Document(path: "storage")
    story.reading.describe(into: &document)
    let list = document.fields.first { $0.name == "slowdowns" }?.value
    let one = try #require(list?.elements?.first)
    #expect(one["format"] == .text("parquet") && one["size_bytes_from"] == .integer(1 << 20))
    #expect(one["magnitude"]?.real.map { $0 < -0.5 } == true)
    document = Document(path: "storage")
    StorageReading().describe(into: &document)
    #expect(
      document.unavailable.contains(.init("storage.slowdowns", .text("the target is not linked"))))
  }
}
