@testable import Monitors
@testable import perftop

/// A linked program's batches and quality, judged by the real monitors: calm, or on a machine that is loaded.
struct LinkedRobot {
  private(set) var batching = BatchingReading()
  private(set) var quality = QualityReading()
  private(set) var now = Moment(nanoseconds: 0)

  private var random = Robot.Random(state: 11)
  private var level = QualityLevel.ultraHigh
  private var size = 10
  private var busy: UInt64 = 0

  init(isLoaded: Bool, seconds: Int = 240) {
    var batches = BatchingMonitor(BatchingConfig())
    var levels = QualityMonitor(QualityConfig())
    for second in 0..<seconds {
      now = Moment(
        nanoseconds: Int64(second) * 1_000_000_000,
        wall: 1_790_000_000_000_000_000 + Int64(second) * 1_000_000_000, sequence: UInt64(second))
      let sample = sample(second, isBusy: isLoaded && second > 120, isLoaded: isLoaded)
      batching = batches.judge(sample)
      quality = levels.judge(sample)
      level = quality.wanted ?? level
      if second % 20 == 0, second < 100, let suggested = batching.suggested { size = suggested }
    }
  }

  private mutating func sample(_ second: Int, isBusy: Bool, isLoaded: Bool) -> Sample {
    var sample = Sample(moment: now, place: second)
    // What the machine carries gets less with the level, but not all of it is this program's.
    let share = 0.4 + 0.15 * Double(level.rawValue)
    busy += UInt64((isBusy ? 390 * share : 200) + 8 * random.next())
    sample.system.cpuBusyTicks = .fresh(busy)
    sample.system.cpuTotalTicks = .fresh(UInt64(400 * (second + 1)))
    var root = ProcessSample(pid: 4242)
    root.resident = .fresh(Bytes(412_000_000))
    root.anonymous = .fresh(Bytes(280_000_000))
    root.shared = .fresh(.zero)
    root.swapped = .fresh(.zero)
    sample.target = .fresh(TargetSample(pid: 4242, root: root))
    var link = LinkSample()
    link.offers = [.quality, .batch]
    link.quality = LinkedQualitySample(level: Printable(level.name), isManual: false)
    link.components = LinkedRobot.parts(
      isBusy ? 31 - 3 * Double(level.rawValue) : 29, random.next())
    link.batchCount = UInt64(second + 1)
    link.batchSize = BatchSizeSample(usual: 10, applied: size == 10 ? nil : size)
    var batch = BatchSample(
      size: Double(size), seconds: (0.05 + 0.001 * Double(size)) * (1 + 0.1 * random.next()),
      items: Double(size), memory: Bytes(Int64(2_100_000 * size)), isDone: true)
    batch.isDone = !(isLoaded && second % 5 == 0)
    link.batches = [batch]
    sample.link = .fresh(link)
    return sample
  }

  private static func parts(_ frames: Double, _ noise: Double) -> [ComponentSample] {
    ["lane_detector", "object_detector", "overlay"].enumerated().map { index, name in
      var part = ComponentSample(name: Printable(name))
      part.priority = index + 1
      part.framesPerSecond = frames + noise - Double(index)
      part.latency = 1 / (frames + noise)
      part.queue = Double(index)
      return part
    }
  }
}
