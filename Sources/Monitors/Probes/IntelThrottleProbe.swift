/// Counts how often Intel processors slowed themselves down for heat, by package.
///
/// Every processor of a package repeats the package's own count, so the largest counts; processors come and go, so
/// each is followed by its own number and only what it gained is added.
struct IntelThrottleProbe: Probe {
  static let provenance = Provenance(
    name: "Intel throttling",
    reads: "/sys/devices/system/cpu/cpu*/thermal_throttle/{core,package}_throttle_count",
    microseconds: 25)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    var probe = IntelThrottleProbe()
    probe.discover(on: host, Scratch(size: 4096))
    return probe.processors.isEmpty
      ? .because("no thermal throttle counters: not an Intel processor, or a virtual machine") : nil
  }

  private struct Processor {
    var number: Int
    var package: Int
    var core: ValueFile
    var packageCount: ValueFile?
  }

  private struct Counts {
    var cores: UInt64 = 0
    var package: UInt64?
  }

  private static let directory = "/sys/devices/system/cpu"
  private static let mostProcessors = 1024
  private static let mostReads = 16
  private static let mostKept = 64

  private var processors: [Processor] = []
  private var cursor = 0
  private var lastCore: [Int: UInt64] = [:]
  private var packages: [Int: Counts] = [:]
  private var known: [ThrottleSample] = []
  private var period = Period(seconds: 1)

  /// Finds the processors that count, as they are plugged now.
  mutating func discover(on host: Host, _ scratch: Scratch) {
    let names = ValueFile.names(in: Self.directory, prefix: "cpu", on: host)
    processors = []
    for name in names.prefix(Self.mostProcessors) {
      guard let number = Int(name.dropFirst(3)) else { continue }
      let path = "\(Self.directory)/\(name)"
      let keeps = processors.count < Self.mostKept / 2
      guard
        let core = ValueFile(
          "\(path)/thermal_throttle/core_throttle_count", on: host, keeps: keeps)
      else {
        // One processor without counters that is online means that none has them.
        if number == 0 { return }
        continue
      }
      let package = ValueFile.number("\(path)/topology/physical_package_id", on: host, scratch)
      processors.append(
        Processor(
          number: number, package: Int(clamping: max(0, package ?? 0)), core: core,
          packageCount: ValueFile(
            "\(path)/thermal_throttle/package_throttle_count", on: host, keeps: keeps)))
    }
    cursor = 0
    period.hasten()
  }

  /// Adds the counts of every package; answers false where a processor has gone.
  mutating func read(
    into throttles: inout [ThrottleSample], on host: Host, at moment: Moment, _ scratch: Scratch
  ) -> Bool {
    var areAllThere = true
    if !processors.isEmpty, period.isDue(at: moment) {
      // The first time all are read, so that later gains are measured from the truth.
      let reads = known.isEmpty ? processors.count : min(processors.count, Self.mostReads)
      for _ in 0..<reads {
        cursor = cursor + 1 < processors.count ? cursor + 1 : 0
        areAllThere = readProcessor(processors[cursor], on: host, scratch) && areAllThere
      }
      known = samples()
    }
    throttles += known
    return areAllThere
  }

  private mutating func readProcessor(
    _ processor: Processor, on host: Host, _ scratch: Scratch
  ) -> Bool {
    let core = processor.core.number(host.files, scratch)
    var counts = packages[processor.package] ?? Counts()
    if let value = core.value.map({ UInt64(clamping: $0) }) {
      // A processor plugged in later brings its past along, and one that was replugged may begin again at zero.
      let last = lastCore[processor.number] ?? (known.isEmpty ? 0 : value)
      counts.cores &+= value >= last ? value - last : 0
      lastCore[processor.number] = value
    }
    if let value = processor.packageCount?.number(host.files, scratch).value {
      counts.package = max(counts.package ?? 0, UInt64(clamping: value))
    }
    packages[processor.package] = counts
    return core.absence != .gone
  }

  private func samples() -> [ThrottleSample] {
    packages.sorted { $0.key < $1.key }.flatMap { number, counts in
      let cores = ThrottleSample(
        .temperature, source: "package \(number) cores", sinceBoot: counts.cores > 0,
        count: counts.cores)
      guard let count = counts.package else { return [cores] }
      let whole = ThrottleSample(
        .temperature, source: "package \(number)", sinceBoot: count > 0, count: count)
      return [cores, whole]
    }
  }
}
