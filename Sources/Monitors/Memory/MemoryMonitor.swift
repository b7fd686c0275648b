/// Judges the target's memory: how much it owns, how fast that grows, what is left.
public struct MemoryMonitor: Monitor {
  /// Its word.
  public static var word: Word { .memory }

  private let settings: MemoryConfig
  private var trend = GrowthTrend()
  private var mappings = MappingTrends()
  private var faults = CounterRate()
  private var kills: (first: UInt64, path: Printable)?
  private var identity: (pid: Int32, startTicks: UInt64)?
  private var history = Series()
  private var last: (at: Moment, step: Double)?
  private static let longestGap = 30.0
  private static let growthWorthSaying = 20_000.0

  /// Starts without a history.
  public init(_ settings: MemoryConfig) { self.settings = settings }

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> MemoryReading {
    var reading = MemoryReading()
    let step = last.map { sample.moment.seconds(since: $0.at) } ?? 0
    defer { last = (sample.moment, step) }
    guard let target = sample.target.value else {
      let absence = sample.target.absence ?? .notYet
      history.append(nil)
      reading.history = history
      return MemoryMonitor.absent(reading, absence)
    }
    follow(target, after: step)
    measure(target, into: &reading)
    judgeGrowth(target, at: sample.moment, into: &reading)
    judgeLimit(sample, target, into: &reading)
    judgeMappings(target, into: &reading)
    history.append(reading.owned.value.map { Double($0.count) })
    reading.history = history
    conclude(&reading)
    return reading
  }

  private static func absent(_ reading: MemoryReading, _ absence: Absence) -> MemoryReading {
    var reading = reading
    reading.resident = .missing(absence)
    reading.proportional = .missing(absence)
    reading.swapped = .missing(absence)
    reading.anonymous = .missing(absence)
    reading.file = .missing(absence)
    reading.shared = .missing(absence)
    reading.owned = .missing(absence)
    reading.growth = .missing(absence)
    reading.mappingsRead = .missing(absence)
    reading.headline = absence.sentence
    return reading
  }

  /// Another process, or a long silence, and what was known says nothing about what is.
  private mutating func follow(_ target: TargetSample, after step: Double) {
    let isNew =
      identity?.pid != target.pid || identity?.startTicks != target.root.startTicks
    // Someone who reads once a minute has no gap in that.
    let isGap = step > max(MemoryMonitor.longestGap, 3 * (last?.step ?? 0))
    if isNew || isGap {
      trend.forget()
      mappings.forget()
      faults = CounterRate()
    }
    if isNew { kills = nil }
    identity = (target.pid, target.root.startTicks)
  }

  private func measure(_ target: TargetSample, into reading: inout MemoryReading) {
    let all = target.all
    reading.processes = all.count
    reading.resident = MemoryMonitor.sum(all, \.resident)
    reading.anonymous = MemoryMonitor.sum(all, \.anonymous)
    reading.file = MemoryMonitor.sum(all, \.file)
    reading.shared = MemoryMonitor.sum(all, \.shared)
    reading.swapped = MemoryMonitor.sum(all, \.swapped)
    reading.proportional = target.pss
    guard let anonymous = reading.anonymous.value, let shared = reading.shared.value else {
      reading.owned = .missing(reading.anonymous.absence ?? .notSupported)
      return
    }
    reading.owned = .fresh(anonymous + shared + (reading.swapped.value ?? .zero))
  }

  /// A child that has just ended has nothing to add; only the target's own absence is one.
  private static func sum(
    _ processes: [ProcessSample], _ path: KeyPath<ProcessSample, Measured<Bytes>>
  ) -> Measured<Bytes> {
    guard let root = processes.first?[keyPath: path], var sum = root.value else {
      return .missing(processes.first?[keyPath: path].absence ?? .gone)
    }
    for process in processes.dropFirst() { sum = sum + (process[keyPath: path].value ?? .zero) }
    return .fresh(sum)
  }

  private mutating func judgeGrowth(
    _ target: TargetSample, at moment: Moment, into reading: inout MemoryReading
  ) {
    if let owned = reading.owned.value {
      trend.add(owned, at: moment)
      reading.growth = trend.slope.map(Measured.fresh) ?? .missing(.notYet)
    } else {
      trend.forget()
      reading.growth = .missing(reading.owned.absence ?? .notYet)
    }
    let total = target.all.reduce(UInt64(0)) { $0 &+ $1.majorFaults }
    reading.majorFaults = faults.update(total, at: moment)
    guard let cgroup = target.cgroup.value, let count = cgroup.oomKills.value else { return }
    if kills?.path != cgroup.path { kills = (count, cgroup.path) }
    reading.oomKills = count >= (kills?.first ?? count) ? count - (kills?.first ?? count) : 0
  }

  private struct Bound {
    var limit: MemoryLimit
    var used: Bytes
    var left: Bytes { limit.bytes - used }
  }

  /// The least of what is configured, what the control group allows and what the machine has.
  ///
  /// A limit of address space is of another kind: it counts only where it leaves less than that.
  private func judgeLimit(
    _ sample: Sample, _ target: TargetSample, into reading: inout MemoryReading
  ) {
    guard let owned = reading.owned.value else { return }
    let bounds = [configured(owned), group(target, owned), machine(sample, owned)].compactMap(
      \.self)
    guard var bound = bounds.min(by: { $0.limit.bytes < $1.limit.bytes }) ?? addressSpace(target)
    else { return }
    if let virtual = addressSpace(target), virtual.left < bound.left { bound = virtual }
    reading.limit = bound.limit
    var left = bounds.map(\.left).reduce(bound.left, min)
    if let available = sample.system.memoryAvailable.value { left = min(left, available) }
    reading.left = max(.zero, left)
    if bound.limit.bytes > .zero {
      reading.used = Ratio(Double(bound.used.count) / Double(bound.limit.bytes.count))
    }
  }

  private func configured(_ owned: Bytes) -> Bound? {
    settings.maximum.map { Bound(limit: MemoryLimit(bytes: $0, origin: "configured"), used: owned) }
  }

  private func group(_ target: TargetSample, _ owned: Bytes) -> Bound? {
    guard let cgroup = target.cgroup.value, let limit = cgroup.memoryLimit else { return nil }
    let used = cgroup.workingSet.value ?? cgroup.memoryUsed.value ?? owned
    return Bound(limit: MemoryLimit(bytes: limit, origin: "cgroup"), used: used)
  }

  private func machine(_ sample: Sample, _ owned: Bytes) -> Bound? {
    sample.system.memoryTotal.value.map {
      Bound(limit: MemoryLimit(bytes: $0, origin: "machine"), used: owned)
    }
  }

  private func addressSpace(_ target: TargetSample) -> Bound? {
    guard let limit = target.addressSpaceLimit.value ?? nil,
      let used = target.root.virtual.value
    else { return nil }
    return Bound(limit: MemoryLimit(bytes: limit, origin: "address space limit"), used: used)
  }

  private mutating func judgeMappings(_ target: TargetSample, into reading: inout MemoryReading) {
    if let sample = target.mappings.value { mappings.update(sample) }
    reading.mappingsRead = target.mappings.map(\.at)
    reading.mappings = mappings.mappings
    reading.growing = mappings.growing
  }

  private func conclude(_ reading: inout MemoryReading) {
    let growth = reading.growth.value?.value ?? 0
    let isGrowing = growth >= MemoryMonitor.growthWorthSaying
    let used = reading.used?.value ?? 0
    if used >= settings.criticalThreshold {
      reading.severity = .critical
    } else if used >= settings.warningThreshold, isGrowing {
      reading.severity = .warning
    } else if growth * 60 >= settings.growthWarningPerMinute * 1e6 {
      reading.severity = .info
    }
    if reading.oomKills > 0 { reading.severity = .critical }
    reading.headline = MemoryMonitor.headline(reading, isGrowing: isGrowing)
  }

  private static func headline(_ reading: MemoryReading, isGrowing: Bool) -> Printable {
    guard let owned = reading.owned.value else {
      return reading.owned.absence?.sentence ?? "not read"
    }
    if reading.oomKills > 0 {
      return "killed for want of memory \(reading.oomKills) times in its group; owns \(owned.text)"
    }
    let limit = reading.limit.map { " of \($0.bytes.text) (\($0.origin))" } ?? ""
    guard isGrowing, let growth = reading.growth.value else {
      let trend = reading.growth.value == nil ? "" : ", steady"
      return "owns \(owned.text)\(limit)\(trend)"
    }
    let place = reading.growing.first.map { " in \($0.name)" } ?? ""
    return "growing \(growth.perMinuteText)\(place); owns \(owned.text)\(limit)"
  }
}
