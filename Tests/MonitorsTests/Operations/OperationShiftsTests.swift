import Monitors
import TestSupport
import Testing

@Suite("Operations that become slower or get less done")
struct OperationShiftsTests {
  /// A program with one operation, told of each second.
  private struct Story {
    var monitor = OperationsMonitor()
    let time = FakeTime()
    var noise = SeededNoise(seed: 21)
    var operation = OperationSample(name: "collect")
    var generation = 1
    var reading = OperationsReading()

    mutating func tick(_ ended: UInt64, taking seconds: Double, active: Int = 1, step: Double = 1) {
      time.advance(by: step)
      operation.count += ended
      operation.seconds += Double(ended) * seconds
      operation.active = active
      var link = LinkSample()
      link.operations = [operation]
      var sample = Sample(moment: time.now())
      var target = TargetSample(pid: 1, root: ProcessSample(pid: 1))
      target.generation = generation
      sample.target = .fresh(target)
      sample.link = .fresh(link)
      reading = monitor.judge(sample)
    }

    /// Each takes `seconds`, more or less, one after the other.
    mutating func run(_ ticks: Int, taking seconds: Double, pace: UInt64 = 10) {
      for _ in 0..<ticks { tick(pace, taking: seconds * (1 + 0.08 * noise.normal())) }
    }

    func found(_ aspect: OperationRegression.Aspect) -> OperationRegression? {
      reading.regressions.first { $0.aspect == aspect }
    }
  }

  @Test("a step is told within a minute and a half, with since when and by how much")
  func step() throws {
    var story = Story()
    story.run(300, taking: 0.02)
    #expect(story.reading.regressions.isEmpty)
    let begin = story.time.now()
    story.run(90, taking: 0.03)
    let found = try #require(story.found(.latency))
    #expect(found.isWorse && found.change.direction == .up)
    #expect(abs(found.size - 0.5) < 0.08)
    #expect(abs(found.since.seconds(since: begin)) <= 4)
    #expect(abs(found.since.wall - begin.wall) < 4_000_000_000)
    #expect(found.words.text.hasPrefix("collect takes "))
    #expect(found.words.text.contains(" longer since "))
    #expect(story.found(.throughput) == nil)
  }

  @Test("what is faster again is no regression any more")
  func recovery() {
    var story = Story()
    story.run(300, taking: 0.02)
    story.run(150, taking: 0.04)
    #expect(story.found(.latency) != nil)
    story.run(150, taking: 0.02)
    #expect(story.reading.regressions.isEmpty)
  }

  @Test("more noise, two modes, a season and a few outliers are none")
  func calm() {
    var story = Story()
    for second in 0..<1200 {
      let strays = second < 600 ? 0.05 : 0.2
      story.tick(10, taking: 0.02 * (1 + strays * story.noise.normal()))
    }
    #expect(story.found(.latency) == nil)
    story = Story()
    for _ in 0..<1200 { story.tick(1, taking: story.noise.uniform() < 0.3 ? 0.06 : 0.02) }
    #expect(story.found(.latency) == nil)
    story = Story()
    for second in 0..<1200 {
      let phase = Double(second % 100) / 100
      let wave = phase < 0.5 ? phase : 1 - phase
      story.tick(10, taking: 0.02 * (1 + wave + 0.05 * story.noise.normal()))
    }
    #expect(story.found(.latency) == nil)
    story = Story()
    for _ in 0..<1200 {
      story.tick(
        10, taking: 0.02 * (story.noise.uniform() < 0.02 ? 20 : 1 + 0.05 * story.noise.normal()))
    }
    #expect(story.reading.regressions.isEmpty)
  }

  @Test("a program that gets less done while it works is told, in items where it counts them")
  func throughput() throws {
    var story = Story()
    for second in 0..<400 {
      let items = (second < 300 ? 100.0 : 60) * (1 + 0.05 * story.noise.normal())
      story.operation.items += items
      story.tick(5, taking: 0.02)
    }
    let found = try #require(story.found(.throughput))
    #expect(found.isWorse && found.countsItems && abs(found.change.magnitude + 0.4) < 0.05)
    #expect(found.words.text.contains("gets 4") && found.words.text.contains("items/s"))
    #expect(story.found(.latency) == nil)
  }

  @Test("a pause is no slow-down: nothing that nobody asked for counts")
  func pauses() {
    var story = Story()
    for second in 0..<900 {
      let isWorking = second < 300 || second % 30 < 5
      story.tick(
        isWorking ? 10 : 0, taking: 0.02 * (1 + 0.05 * story.noise.normal()),
        active: isWorking ? 1 : 0)
    }
    #expect(story.reading.regressions.isEmpty)
  }

  @Test("news that comes every second tick only changes nothing")
  func unevenNews() {
    var story = Story()
    story.run(300, taking: 0.02)
    for second in 0..<300 {
      story.tick(
        second % 2 == 0 ? 20 : 0, taking: 0.02 * (1 + 0.05 * story.noise.normal()), active: 0)
    }
    #expect(story.reading.regressions.isEmpty)
  }

  @Test("however often one looks, a value is made of a second")
  func quickLooks() {
    var story = Story()
    story.run(300, taking: 0.02)
    // Five seconds at a tenth of a second each are too short to be called a change.
    for _ in 0..<50 { story.tick(1, taking: 0.05, step: 0.1) }
    #expect(story.reading.regressions.isEmpty)
  }

  @Test("another program begins anew, and so do sums that fell")
  func restart() {
    var story = Story()
    story.run(300, taking: 0.02)
    story.generation = 2
    story.operation = OperationSample(name: "collect")
    story.run(100, taking: 0.04)
    #expect(story.reading.regressions.isEmpty)
    story.operation = OperationSample(name: "collect")
    story.run(100, taking: 0.08)
    #expect(story.reading.regressions.isEmpty)
  }

  @Test("of hundreds of operations the busiest are watched, and no more")
  func bounded() {
    var monitor = OperationsMonitor()
    let time = FakeTime()
    var noise = SeededNoise(seed: 3)
    var operations = (0..<200).map { OperationSample(name: Printable("o\($0)")) }
    var reading = OperationsReading()
    for second in 0..<500 {
      time.advance(by: 1)
      for place in operations.indices {
        let count = UInt64(place < 40 ? 200 - place : 1)
        operations[place].count += count
        let seconds = (second < 350 ? 0.01 : 0.02) * (1 + 0.05 * noise.normal())
        operations[place].seconds += Double(count) * seconds
        operations[place].active = 1
      }
      var sample = Sample(moment: time.now())
      var link = LinkSample()
      link.operations = operations
      sample.link = .fresh(link)
      reading = monitor.judge(sample)
    }
    let slower = reading.regressions.filter { $0.aspect == .latency }
    #expect(slower.count == 32)
    #expect(slower.allSatisfy { $0.isWorse })
  }

  @Test("the document has each with its keys, and a reason where there can be none")
  func document() throws {
    var story = Story()
    story.run(300, taking: 0.02)
    story.run(100, taking: 0.03)
    var document = Document(path: "")
    story.reading.describeRegressions(into: &document)
    let one = try #require(document.fields.first?.value.elements?.first)
    #expect(one["operation"] == .text("collect") && one["direction"] == .text("up"))
    #expect(one["magnitude"]?.real.map { abs($0 - 0.5) < 0.08 } == true)
    #expect(one["since"]?.string?.hasSuffix("Z") == true)
    #expect(one["what"] == .text("latency") && one["worse"] == .bool(true))
    document = Document(path: "")
    OperationsReading().describeRegressions(into: &document)
    #expect(document.fields == [.init("regressions", .null)])
    #expect(document.unavailable == [.init("regressions", .text("the target is not linked"))])
  }
}
