import Glibc
import TestSupport
import Testing

@testable import Monitors

/// A linked program whose batches a test makes.
struct BatchingDay {
  var monitor: BatchingMonitor
  var seconds = 1000
  var batches: UInt64 = 0
  var size = 10
  var pid: Int32 = 42
  var owned: Int64 = 0
  var link = LinkSample()

  init(_ settings: BatchingConfig = BatchingConfig()) { monitor = BatchingMonitor(settings) }

  /// What a size gets done: a base cost and a cost for each item.
  static func throughput(_ size: Int) -> Double { Double(size) / (0.05 + 0.001 * Double(size)) }

  var now: Moment {
    Moment(nanoseconds: Int64(seconds) * 1_000_000_000, wall: Int64(seconds) * 1_000_000_000)
  }

  func batch(_ change: (inout BatchSample) -> Void = { _ in }) -> BatchSample {
    var batch = BatchSample(
      size: Double(size), seconds: Double(size) / Self.throughput(size), items: Double(size),
      memory: Bytes(Int64(1_000_000 * size)), isDone: true)
    change(&batch)
    return batch
  }

  mutating func tick(_ made: [BatchSample] = [], isLinked: Bool = true) -> BatchingReading {
    seconds += 1
    batches += UInt64(made.count)
    var sample = Sample(moment: now, place: seconds)
    var root = ProcessSample(pid: pid)
    root.anonymous = .fresh(Bytes(owned))
    root.resident = .fresh(Bytes(owned))
    root.shared = .fresh(.zero)
    root.swapped = .fresh(.zero)
    sample.target = .fresh(TargetSample(pid: pid, root: root))
    if isLinked {
      link.batches = made
      link.batchCount = batches
      sample.link = .fresh(link)
    }
    return monitor.judge(sample)
  }

  /// Runs seconds with a batch each.
  mutating func run(
    _ ticks: Int, _ change: (inout BatchSample) -> Void = { _ in }
  ) -> BatchingReading {
    var last = BatchingReading()
    for _ in 0..<ticks { last = tick([batch(change)]) }
    return last
  }
}

@Suite("Batching of a linked target") struct LinkedBatchingTests {
  @Test("linked but without batches is another sentence than not linked, and begins somewhere")
  func silent() {
    var settings = BatchingConfig()
    settings.defaultSize = 24
    var day = BatchingDay(settings)
    let reading = day.tick()
    #expect(reading.lacks?.text.contains("the target is linked, but has told of none") == true)
    #expect(reading.severity == .stale)
    #expect(reading.suggested == 24)
    #expect(reading.reason.text.contains("batching.default_size"))
    #expect(day.tick(isLinked: false).lacks?.text.contains("not linked") == true)
  }

  @Test("a suggestion is there with the first batch")
  func first() {
    var day = BatchingDay()
    let reading = day.run(2)
    #expect(reading.lacks == nil)
    #expect(reading.current == 10)
    #expect(reading.suggested == 19)
    #expect(reading.isTrial)
    #expect(reading.reason.text == "not tried yet: 19 shows whether larger batches get more done")
    #expect(reading.headline.text == "size 10: try 19")
    #expect(abs((reading.throughput ?? 0) - BatchingDay.throughput(10)) < 0.1)
    #expect(reading.successRate?.value == 1)
    #expect(reading.memory == Bytes(10_000_000))
    #expect(reading.cost.text.contains("10.0 MB → 19.0 MB a batch"))
    #expect(reading.batches == 2)
  }

  @Test("who follows the suggestions ends at the best size, each reason with its figures")
  func followed() {
    var day = BatchingDay()
    var reasons: [String] = []
    for _ in 0..<60 {
      let reading = day.run(1)
      reasons.append(reading.reason.text)
      day.size = reading.suggested ?? day.size
    }
    let reading = day.run(1)
    #expect(reading.current == 100)
    #expect(reading.suggested == 100)
    #expect(reading.reason.text == "the largest size that batching.max_size allows")
    #expect(reading.headline.text == "size 100 is the best known")
    #expect(
      reasons.contains { $0.hasPrefix("throughput still rises with size: 19 → 38 may give +") })
    #expect(reading.sizes.map(\.size) == reading.sizes.map(\.size).sorted())
    #expect(reading.sizes.count >= 4)
  }

  @Test("a better size that was run before is suggested with what it gains and costs")
  func gain() throws {
    var day = BatchingDay()
    for size in [10, 19, 38, 76, 100] {
      day.size = size
      _ = day.run(3)
    }
    day.size = 10
    let reading = day.run(4)
    #expect(reading.suggested == 100)
    #expect(!reading.isTrial)
    let gain = try #require(reading.gain)
    #expect(abs(gain.value - (BatchingDay.throughput(100) / BatchingDay.throughput(10) - 1)) < 0.05)
    #expect(reading.reason.text.hasPrefix("throughput rises with size: 10 → 100 gives +"))
    #expect(reading.cost.text.contains("10.0 MB → 100 MB a batch, each takes 2.5 times as long"))
  }

  @Test("memory that would not suffice is named, with what else the target owns")
  func memory() {
    var settings = BatchingConfig()
    settings.maximumMemory = Bytes(100_000_000)
    var day = BatchingDay(settings)
    day.owned = 40_000_000
    for _ in 0..<80 {
      let reading = day.run(1)
      day.size = reading.suggested ?? day.size
      day.owned = 40_000_000 + Int64(day.size) * 1_000_000
      #expect(day.size < 62)
    }
    let reading = day.run(1)
    #expect((45...60).contains(reading.suggested ?? 0))
    #expect(reading.reason.text.contains("memory: "))
    #expect(reading.reason.text.hasSuffix("of 100 MB"))
    #expect((reading.memoryShare?.value ?? 0) > 0.8)
    #expect(reading.memoryLimit == Bytes(100_000_000))
  }

  @Test("without the memory rule the same sizes are suggested")
  func memoryIgnored() {
    var settings = BatchingConfig()
    settings.maximumMemory = Bytes(50_000_000)
    settings.obeysMemory = false
    var day = BatchingDay(settings)
    for _ in 0..<60 {
      day.size = day.run(1).suggested ?? day.size
    }
    #expect(day.size == 100)
  }

  @Test("the target's own limit counts too")
  func ownLimit() {
    var day = BatchingDay()
    day.link.memoryLimit = Bytes(30_000_000)
    for _ in 0..<60 { day.size = day.run(1).suggested ?? day.size }
    #expect((20...27).contains(day.size))
  }

  @Test("large batches that fail are not suggested, and said so")
  func failing() {
    var day = BatchingDay()
    var settings = BatchingConfig()
    settings.maximumSize = 1000
    day.monitor = BatchingMonitor(settings)
    day.size = 50
    _ = day.run(20)
    day.size = 150
    var turn = 0
    let reading = day.run(40) { batch in
      turn += 1
      batch.isDone = turn % 4 > 0
    }
    #expect((50...128).contains(reading.suggested ?? 0))
    #expect(reading.reason.text == "25 % of batches fail from 152 on")
  }

  @Test("too many failures are a warning, a few are not")
  func success() {
    var day = BatchingDay()
    #expect(day.run(5) { $0.isDone = false }.severity == .warning)
    var other = BatchingDay()
    _ = other.tick([other.batch { $0.isDone = false }])
    let reading = other.run(30)
    #expect(reading.severity == .ok)
    #expect(abs((reading.successRate?.value ?? 0) - 30.0 / 31) < 1e-9)
  }

  @Test("throughput that falls at the same size is told")
  func falling() {
    var day = BatchingDay()
    var turn = 0.0
    let reading = day.run(300) {
      turn += 1
      $0.seconds *= 1 + turn / 300
    }
    #expect((reading.fallen?.value ?? 0) > 0.2)
    #expect(reading.severity == .info)
    #expect(reading.headline.text.hasPrefix("throughput fell by"))
  }

  @Test("a link that is lost leaves the last figures and says so")
  func lost() {
    var day = BatchingDay()
    _ = day.run(20)
    let reading = day.tick(isLinked: false)
    #expect(reading.severity == .stale)
    #expect(reading.headline.text == "no batches any more: the target is not linked")
    #expect(reading.current == 10)
    #expect(reading.suggested == nil)
    #expect(day.run(1).severity == .ok)
  }

  @Test("another process begins anew")
  func restarted() {
    var day = BatchingDay()
    _ = day.run(20)
    day.pid = 43
    day.batches = 0
    #expect(day.tick().lacks != nil)
    #expect(day.run(1).sizes.isEmpty == false)
  }

  @Test("silence is no failure")
  func idle() {
    var day = BatchingDay()
    _ = day.run(20)
    var reading = BatchingReading()
    for _ in 0..<130 { reading = day.tick() }
    #expect(reading.throughput == nil)
    #expect(reading.headline.text == "no batch for 2 min 0 s")
    #expect(reading.severity == .ok)
    #expect(reading.successRate?.value == 1)
  }

  @Test("batches of a hostile program break nothing")
  func hostile() {
    var day = BatchingDay()
    var noise = SeededNoise(seed: 5)
    let values = [0, -1, .nan, .infinity, 1e300, 1e9, 1, 17]
    for _ in 0..<300 {
      let batches = (0..<20).map { _ in
        var batch = BatchSample(
          size: values[noise.below(8)], seconds: values[noise.below(8)],
          items: values[noise.below(8)], memory: Bytes(Int64(truncatingIfNeeded: noise.next())),
          isDone: noise.below(3) > 0)
        batch.isOutOfMemory = noise.below(9) == 0
        return batch
      }
      let reading = day.tick(batches)
      var document = Document(path: "batching")
      reading.describe(into: &document)
      #expect(reading.suggested.map { (1...100).contains($0) } ?? true)
    }
  }

  @Test("the document has every key")
  func document() {
    var day = BatchingDay()
    var document = Document(path: "batching")
    day.run(3).describe(into: &document)
    let object = JSONValue.object(document.fields)
    #expect(object["current_size"] == .integer(10))
    #expect(object["suggested_size"] == .integer(19))
    #expect(object["throughput_window_s"] == .number(60))
    #expect(object["success_rate"] == .number(1))
    #expect(object["batches"] == .integer(3))
    #expect(object["batch_memory_bytes"] == .integer(10_000_000))
    #expect(object["status"] == .text("ok"))
    if case .text(let reason)? = object["reason"] { #expect(!reason.isEmpty) }
    let reasons = document.unavailable.map(\.name)
    #expect(reasons == ["batching.expected_gain"])
  }

  @Test("other settings hold at once and nothing is forgotten")
  func configure() {
    var day = BatchingDay()
    for size in [10, 19, 38, 76, 100] {
      day.size = size
      _ = day.run(3)
    }
    var settings = BatchingConfig()
    settings.maximumSize = 50
    day.monitor.configure(settings)
    let reading = day.run(1)
    #expect(reading.sizes.count == 5)
    #expect((38...50).contains(reading.suggested ?? 0))
    settings.isAdaptive = false
    day.monitor.configure(settings)
    let silent = day.run(1)
    #expect(silent.suggested == nil)
    #expect(silent.reason.text.contains("batching.adaptive"))
  }
}
