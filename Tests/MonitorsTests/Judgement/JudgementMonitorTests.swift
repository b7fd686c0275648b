import TestSupport
import Testing

@testable import Monitors

@Suite("Judging the whole")
struct JudgementMonitorTests {
  @Test("a program that grows by a megabyte a minute rises, and the rest is steady")
  func trends() throws {
    var story = JudgementStory()
    let reading = story.run(600) { input, step in
      input.memory.owned = .fresh(Bytes(200_000_000 + Int64(step) * 16_667))
    }
    let owned = try #require(reading.trend(.owned))
    #expect(owned.direction == .rising)
    #expect(abs((owned.perHour ?? 0) - 60e6) < 1e6)
    #expect(reading.trend(of: .memory).text == "rising 60 MB/h")
    #expect(reading.trend(.machineCPU)?.direction == .steady)
    #expect(reading.trend(.machineCPU)?.perHour == 0)
    #expect(reading.trend(.latency)?.direction == .unknown)
    #expect(reading.trend(.latency)?.perHour == nil)
  }

  @Test("another generation begins anew, and the machine's own trends go on")
  func generation() {
    var story = JudgementStory()
    story.run(600) { input, step in
      input.memory.owned = .fresh(Bytes(200_000_000 + Int64(step) * 100_000))
      input.change { $0.root.busiestThread = 1 }
    }
    #expect(story.last.main?.kind == .cpu)
    story.generation = 2
    story.tick()
    #expect(story.last.trend(.owned)?.direction == .unknown)
    #expect(story.last.trend(.machineCPU)?.direction == .steady)
    #expect(story.last.bottlenecks.isEmpty)
  }

  @Test("without a target nothing is said of one, and the machine is still judged")
  func machineOnly() {
    var story = JudgementStory()
    story.isWatched = false
    let reading = story.run(30)
    #expect(reading.absence == .gone)
    #expect(reading.score.value == nil && reading.bottlenecks.isEmpty)
    #expect(reading.machine?.level == PressureLevel.none)
    #expect(reading.headline == "not judged: gone")
  }

  @Test("who has just begun sees a score at the second reading")
  func early() {
    var story = JudgementStory()
    story.run(2)
    #expect(story.last.score.value == 100)
  }

  @Test("after the beginning a judgement stands for some seconds, however much jitters")
  func stands() {
    var story = JudgementStory()
    story.run(60)
    var changes = 0
    var last = story.last
    for step in 0..<50 {
      story.tick { $0.vitals.targetCPU = .fresh(Ratio(step % 2 == 0 ? 3.2 : 2.4)) }
      if story.last != last { changes += 1 }
      last = story.last
    }
    #expect(changes <= 12)
  }

  @Test("a disk that fills is forecast, named first, and costs points")
  func disk() throws {
    var story = JudgementStory()
    let reading = story.run(400) { input, step in
      let space = { (available: Double, inodes: UInt64) in
        SpaceSample(
          total: Bytes(1_000_000_000_000), available: Bytes(Int64(available)), inodes: 1_000_000,
          inodesFree: inodes)
      }
      input.storage.filesystems = [
        FilesystemSample(
          mount: "/data", kind: "ext4", space: .fresh(space(4e10 - 1e7 * Double(step), 500_000))),
        FilesystemSample(mount: "/", kind: "ext4", space: .fresh(space(1e11, 900_000))),
      ]
    }
    let nearest = try #require(reading.nearest)
    #expect(nearest.resource == "disk /data")
    #expect(abs((nearest.span?.median ?? 0) - 3600) < 60)
    let others = reading.forecasts.filter { $0 != nearest && $0.kind != .memory }.map(\.outlook)
    #expect(others == [.steady, .steady, .steady, .steady])
    #expect(reading.score.losses.first?.why == "disk /data full in 1 h 0 min")
  }

  @Test("descriptors that are never closed reach their limit when they will")
  func descriptors() throws {
    var story = JudgementStory()
    let reading = story.run(300) { input, step in
      input.change { $0.root.descriptors = .fresh(20 + step) }
    }
    let span = try #require(reading.forecasts.first { $0.kind == .descriptors }?.span)
    #expect(abs(span.median - 705) < 40)
  }

  @Test("descriptors that run out are said first, and are at their limit as long as they are")
  func exhausted() throws {
    var story = JudgementStory()
    story.run(236) { input, step in
      input.change { target in
        target.descriptorLimit = .fresh(256)
        target.root.descriptors = .fresh(min(256, 20 + step * 9 / 10))
      }
    }
    #expect(story.last.headline.text.hasPrefix("descriptors at their limit in "))
    story.run(1500) { input, _ in
      input.change { target in
        target.descriptorLimit = .fresh(256)
        target.root.descriptors = .fresh(256)
        target.root.busiestThread = 1
      }
    }
    let nearest = try #require(story.last.nearest)
    #expect(nearest.hasRunOut && nearest.median == 0)
    #expect(story.last.headline.text.hasPrefix("descriptors at their limit; CPU holds it back"))
    let first = try #require(story.last.score.losses.first)
    #expect(first.points == 25 && first.why == "descriptors at their limit")
  }

  @Test("a heat wave is told before the machine slows down")
  func heat() throws {
    var story = JudgementStory()
    let reading = story.run(200) { input, step in
      let celsius = 95 - 50 * (-Double(step) / 300).exponential
      var sensor = SensorSample(
        name: "cpu-thermal", source: "zone0", celsius: .fresh(Celsius(celsius)))
      sensor.passiveLimit = Celsius(85)
      input.thermal.hottest = .fresh(sensor)
    }
    #expect(try #require(reading.nearest).kind == .throttling)
    #expect(reading.trend(.celsius)?.direction == .rising)
  }

  @Test("hostile numbers end nothing")
  func hostile() {
    var noise = SeededNoise(seed: 5)
    var story = JudgementStory()
    let odd: [Double] = [
      .nan, .infinity, -.infinity, -1, 0, 1e300, 1e-300, .greatestFiniteMagnitude,
    ]
    for _ in 0..<3000 {
      story.interval = noise.uniform() < 0.02 ? noise.uniform() * 1000 : 1
      story.generation = noise.uniform() < 0.01 ? story.generation + 1 : story.generation
      story.isWatched = noise.uniform() < 0.98
      let any = { odd[noise.below(odd.count)] }
      story.tick { input in
        input.vitals.cpu = .fresh(Ratio(any()))
        input.vitals.targetCPU = .fresh(Ratio(any()))
        input.vitals.runDelay = .fresh(Ratio(any()))
        input.memory.majorFaults = any()
        input.sample.system.processors = noise.below(3) - 1
        input.sample.system.ioPressure = .fresh(.stalls(some: any(), full: any()))
        input.memory.owned = .fresh(Bytes(noise.uniform() < 0.5 ? .max : .min))
        input.change { target in
          target.root.descriptors = .fresh(noise.uniform() < 0.5 ? .max : .min)
          target.descriptorLimit = .fresh(noise.uniform() < 0.5 ? .max : 1)
          target.root.busiestThread = any()
        }
        input.link { link in
          var part = ComponentSample(name: "part")
          part.queue = any()
          part.framesPerSecond = any()
          link.components = [part]
        }
      }
      var document = Document(path: "")
      story.last.describe(into: &document)
      #expect(!document.fields.isEmpty)
    }
  }

  @Test("parts that make fewer frames, or as many for more work, are less efficient")
  func efficiency() throws {
    func part(_ name: Printable, _ priority: Int, frames: Double, share: Double)
      -> ComponentQuality
    {
      ComponentQuality(
        name: name, priority: priority, level: .high,
        settings: QualitySettings(resolutionScale: 1, compressionQuality: 90, frameSkip: 0),
        framesPerSecond: frames, efficiency: Ratio(share))
    }
    var story = JudgementStory()
    story.run(40) { input, _ in
      input.quality.level = .high
      input.quality.components = [
        part("lane", 1, frames: 30, share: 1), part("overlay", 3, frames: 30, share: 0.5),
      ]
    }
    #expect(story.last.efficiency(of: "lane")?.value == 1)
    #expect(abs((story.last.efficiency(of: "overlay")?.value ?? 0) - 0.5) < 0.01)
    story.run(60) { input, _ in
      input.vitals.targetCPU = .fresh(Ratio(1))
      input.quality.level = .high
      input.quality.components = [part("lane", 1, frames: 30, share: 1)]
    }
    let lane = try #require(story.last.efficiency(of: "lane")?.value)
    #expect(abs(lane - 0.5) < 0.05)
  }
}
