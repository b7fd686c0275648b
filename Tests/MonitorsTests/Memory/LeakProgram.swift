import TestSupport

@testable import Monitors

/// A program whose memory a test makes up, mapping by mapping, on a clock that costs no time.
struct LeakProgram {
  /// What a mapping owns at a time, in bytes.
  typealias Shape = (Double) -> Double

  var mappings: [(name: Printable, owned: Shape)]
  var runtime: Printable = "native"
  /// How long it had run when watching began, in seconds.
  var uptime = 0.0
  /// Seconds between two readings of the mappings.
  var scan = 12.0
  var descriptors: Shape = { _ in 20 }
  var threads: Shape = { _ in 4 }
  var link: (Double) -> LinkSample? = { _ in nil }
  var limit = Bytes(8_000_000_000)
  var noise = 100_000.0

  private static let start = 1_790_000_000.0

  /// What is found, and the second in which each verdict first was.
  struct Outcome {
    var last = MemoryReading()
    var alarm: Double?
    var alarmPlace: Printable?
    var places: Set<Printable> = []
    var suspicion: Double?
    var readings: [Double: MemoryReading] = [:]
  }

  /// Watches it for some minutes, second by second.
  func watched(minutes: Double, keeping kept: Set<Double> = []) -> Outcome {
    var monitor = MemoryMonitor(MemoryConfig())
    var outcome = Outcome()
    var random = SeededNoise(seed: 5)
    var scanned: MappingsSample?
    for second in 0...Int(minutes * 60) {
      let time = Double(second)
      if time >= Double(scanned.map { $0.at.seconds } ?? -1e9) + scan { scanned = scanning(time) }
      outcome.last = monitor.judge(sample(time, scanned, random.normal() * noise))
      if kept.contains(time) { outcome.readings[time] = outcome.last }
      let leak = outcome.last.leak
      if leak.isSuspected, outcome.suspicion == nil { outcome.suspicion = time }
      guard leak.verdict == .leak else { continue }
      if outcome.alarm == nil { (outcome.alarm, outcome.alarmPlace) = (time, leak.place?.name) }
      if let name = leak.place?.name { outcome.places.insert(name) }
    }
    return outcome
  }

  private func scanning(_ time: Double) -> MappingsSample {
    MappingsSample(
      at: moment(time), cost: 0.002,
      mappings: mappings.map { name, owned in
        var mapping = Mapping(name: name)
        mapping.owned = Bytes(Int64(owned(time)))
        mapping.resident = mapping.owned
        return mapping
      }.sorted { $1.owned < $0.owned })
  }

  private func moment(_ time: Double) -> Moment {
    Moment(
      nanoseconds: Int64(time * 1e9), wall: Int64((LeakProgram.start + time) * 1e9),
      sequence: UInt64(time))
  }

  private func sample(_ time: Double, _ scanned: MappingsSample?, _ noise: Double) -> Sample {
    var root = ProcessSample(pid: 42)
    root.startTicks = 5000
    let owned = mappings.reduce(0) { $0 + $1.owned(time) } + noise
    root.anonymous = .fresh(Bytes(Int64(owned)))
    root.shared = .fresh(.zero)
    root.swapped = .fresh(.zero)
    root.resident = root.anonymous
    root.descriptors = .fresh(Int(descriptors(time)))
    root.threads = Int(threads(time))
    root.cpuTicks = UInt64(time * 20)
    var target = TargetSample(pid: 42, root: root)
    target.runtime = runtime
    target.uptime = uptime + time
    target.mappings = scanned.map { .fresh($0) } ?? .missing(.notYet)
    var sample = Sample(moment: moment(time), place: Int(time))
    sample.target = .fresh(target)
    sample.link = link(time).map { .fresh($0) } ?? .missing(.because("the target is not linked"))
    sample.system.memoryTotal = .fresh(Bytes(16_000_000_000))
    sample.system.memoryAvailable = .fresh(Bytes(12_000_000_000))
    return sample
  }
}

extension LeakProgram {
  static let heap: Printable = "[heap]"
  static let arena: Printable = "[anonymous] 7f00"

  /// Fills by and by: quickly at first, then ever more slowly.
  static func fill(_ cap: Double, tau: Double) -> Shape {
    { time in
      // 1 - exp(-x) without Glibc: close enough for a cache.
      let x = time / tau
      let inverse = 1 + x + x * x / 2 + x * x * x / 6 + x * x * x * x / 24
      return cap * (1 - 1 / inverse)
    }
  }

  /// Rises and falls back.
  static func saw(_ height: Double, period: Double) -> Shape {
    { height * $0.truncatingRemainder(dividingBy: period) / period }
  }

  static func perMinute(_ megabytes: Double) -> Shape { { megabytes * 1e6 / 60 * $0 } }
}
