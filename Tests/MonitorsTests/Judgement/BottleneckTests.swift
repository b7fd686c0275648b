import Testing

@testable import Monitors

@Suite("What holds a program back")
struct BottleneckTests {
  private func named(
    seconds: Int = 40, _ change: @escaping (inout Readings, Int) -> Void
  ) -> JudgementReading {
    var story = JudgementStory()
    return story.run(seconds, change)
  }

  @Test("nothing holds back what has all it wants")
  func balanced() {
    let reading = named { _, _ in }
    #expect(reading.bottlenecks.isEmpty)
    #expect(reading.headline == "balanced: nothing holds it back")
    #expect(reading.score.value == 100)
  }

  @Test("one thread at its limit is bound by its processor though three others are idle")
  func thread() throws {
    let reading = named { input, _ in
      input.vitals.cpu = .fresh(Ratio(0.27))
      input.vitals.targetCPU = .fresh(Ratio(1.02))
      input.change { $0.root.busiestThread = 0.99 }
    }
    let main = try #require(reading.main)
    #expect(main.kind == .cpu)
    #expect(main.evidence.words == "one thread takes 99 % of a processor, of 4")
    #expect(main.advice == [.moreProcesses])
    #expect(main.confidence > 0.5)
  }

  @Test("a program that takes half of each of its threads is not")
  func threads() {
    let reading = named { input, _ in
      input.vitals.targetCPU = .fresh(Ratio(1))
      input.change { $0.root.busiestThread = 0.5 }
    }
    #expect(reading.main == nil)
  }

  @Test("the group's own limit binds before the machine does")
  func quota() throws {
    let reading = named { input, _ in
      input.vitals.targetCPU = .fresh(Ratio(0.5))
      input.change { target in
        var group = CgroupSample()
        group.cpuLimit = 0.5
        target.cgroup = .fresh(group)
      }
    }
    #expect(try #require(reading.main).advice == [.raiseQuota])
  }

  @Test("others that take the processors are the system's, not the program's own")
  func others() throws {
    let reading = named { input, _ in
      input.vitals.cpu = .fresh(Ratio(1))
      input.vitals.targetCPU = .fresh(Ratio(0.4))
      input.vitals.runDelay = .fresh(Ratio(0.6))
    }
    let main = try #require(reading.main)
    #expect(main.kind == .system)
    #expect(
      main.evidence.words
        == "other programs take 3.6 processors, and it is kept waiting for a processor 60 % of its time"
    )
    #expect(reading.score.losses.contains { $0.why == "system holds it back" })
  }

  @Test("a program that wants no processor is not held back by what others take")
  func idleAmongOthers() {
    let reading = named { input, _ in
      input.vitals.cpu = .fresh(Ratio(1))
      input.vitals.targetCPU = .fresh(Ratio(0))
      input.vitals.runDelay = .fresh(Ratio(0))
    }
    #expect(reading.bottlenecks.isEmpty)
    #expect(!reading.score.losses.contains { $0.why.text.contains("back") })
  }

  @Test("no points are lost for what is not named")
  func onlyNamed() {
    let weak = named { input, _ in input.change { $0.root.busiestThread = 0.85 } }
    #expect(weak.bottlenecks.isEmpty)
    #expect(weak.score.value == 100)
    let brief = named(seconds: 4) { input, _ in input.change { $0.root.busiestThread = 1 } }
    #expect(brief.bottlenecks.isEmpty)
    #expect(brief.score.value == 100)
  }

  @Test("waiting for a disk is storage, with what would make it wait less")
  func storage() throws {
    let reading = named { input, _ in
      let place = UInt64(input.sample.place)
      input.change { target in
        target.root.state = "D"
        var io = IOCounters()
        io.writeCalls = place * 10_000
        io.writtenCharacters = place * 600_000
        target.root.io = .fresh(io)
      }
      input.storage.writeRate = .fresh(BytesPerSecond(600_000))
      input.storage.formats = [
        FormatRate(
          format: "csv", files: 1, writeRate: BytesPerSecond(600_000), written: Bytes(1_000_000))
      ]
    }
    let main = try #require(reading.main)
    #expect(main.kind == .storage && main.score > 90)
    #expect(main.severity == .warning)
    #expect(main.advice.contains(.binaryFormat("csv")))
    #expect(main.advice.contains(.lookStorage))
    guard case .largerBuffers(let bytes)? = main.advice.first else {
      Issue.record("small writes were not seen: \(main.advice)")
      return
    }
    #expect(abs(bytes - 60) < 1)
  }

  @Test("a disk that others keep busy is nothing to a program that neither reads nor writes")
  func idle() {
    let reading = named { input, _ in
      input.sample.system.ioPressure = .fresh(.stalls(some: 80))
    }
    #expect(reading.bottlenecks.isEmpty)
  }

  @Test("heat that slows the machine down now is named, and quality is lowered by its key")
  func thermal() throws {
    let reading = named { input, _ in
      input.thermal.throttledNow = true
      input.thermal.slowedBy = "under-voltage (raspberrypi firmware)"
      input.link { $0.offers = [.quality] }
    }
    let main = try #require(reading.main)
    #expect(main.kind == .thermal)
    #expect(main.evidence.words.text.hasSuffix("under-voltage (raspberrypi firmware)"))
    #expect(main.advice.map(\.line.text).first == "<: lower the quality by a level")
  }

  @Test("a program that collects garbage most of its time wants memory")
  func collecting() throws {
    let reading = named { input, step in
      var heap = HeapSample()
      heap.used = .fresh(Bytes(1_500_000_000))
      heap.collectionSeconds = .fresh(0.4 * Double(step))
      input.memory.heap = .fresh(heap)
      input.link { link in
        var cache = CacheSample(name: "frames")
        cache.isEvictable = true
        cache.bytes = Bytes(4_000_000)
        link.caches = [cache]
      }
    }
    let main = try #require(reading.main)
    #expect(main.kind == .memory)
    #expect(main.advice == [.collect, .evict, .objects, .memoryLimit])
    #expect(main.advice.compactMap(\.key) == ["C", "E", "1", "1"])
  }

  @Test("a queue that grows names the part it grows before")
  func queue() throws {
    let reading = named(seconds: 90) { input, step in
      input.link { link in
        var camera = ComponentSample(name: "camera")
        camera.queue = 2
        var detector = ComponentSample(name: "detector")
        detector.queue = Double(step)
        link.components = [camera, detector]
      }
    }
    let main = try #require(reading.main)
    #expect(main.kind == .queue && main.component == "detector")
  }

  @Test("operations that take longer and longer are a latency that rises")
  func latency() {
    let reading = named(seconds: 300) { input, step in
      var row = OperationRow(name: "grab")
      row.perSecond = 10
      row.p95 = 0.02 + 0.0001 * Double(step)
      input.operations.rows = [row]
      input.operations.absence = nil
    }
    #expect(reading.main?.kind == .latency)
    #expect(reading.trend(.latency)?.direction == .rising)
  }

  @Test("ten seconds of trouble are named, three are not, and two that are alike are no main one")
  func holds() {
    var story = JudgementStory()
    story.run(30)
    let hot = { (input: inout Readings, _: Int) in input.storage.stall = .long }
    story.run(5, hot)
    story.run(20)
    #expect(story.last.bottlenecks.isEmpty)
    story.run(20, hot)
    #expect(story.last.main?.kind == .storage)
    story.run(30) { input, _ in
      input.storage.stall = .long
      input.sample.system.memoryPressure = .fresh(.stalls(some: 60, full: 40))
    }
    #expect(story.last.bottlenecks.count == 2)
    #expect(story.last.main == nil)
    #expect(story.last.headline.text.hasPrefix("several things hold it back: "))
  }

  @Test("a worse sign never scores less", arguments: [0.1, 0.3, 0.5, 0.8])
  func monotone(busy: Double) {
    let score = { (delta: Double) -> Double in
      let reading = self.named { input, _ in
        input.vitals.targetCPU = .fresh(Ratio(busy + delta))
        input.change { $0.root.busiestThread = busy + delta }
        input.memory.majorFaults = 1000 * (busy + delta)
        input.change { $0.root.state = busy + delta > 0.5 ? "D" : "S" }
      }
      return Double(reading.score.value ?? -1)
    }
    var last = 101.0
    for delta in [0, 0.05, 0.1, 0.2] {
      let next = score(delta)
      #expect(next <= last)
      last = next
    }
  }

  @Test("every advice has words, and its key is that of what it means")
  func advice() {
    let all: [Advice] = [
      .collect, .evict, .smallerBatches, .suggestedBatch(8), .objects, .lowerQuality,
      .moreProcesses, .fewerLines, .raiseQuota, .lowerCompression(3), .lowerCompression(0),
      .binaryFormat("csv"), .largerBuffers(60), .evenWrites(8), .lookStorage, .cooling,
      .otherPrograms, .operations, .feedSlower, .memoryLimit,
    ]
    for advice in all {
      #expect(!advice.words.isEmpty)
      #expect((advice.key == nil) == (advice.means == nil))
    }
    #expect(Advice.suggestedBatch(8).line == "B: make batches of 8")
  }
}

extension StorageStall {
  fileprivate static let long = StorageStall(seconds: 30, evidence: "waiting for storage (state D)")
}
