/// Judges the target's memory: how much it owns, how fast that grows, where, and what is left.
public struct MemoryMonitor: Monitor {
  /// Memory.
  public static let word = Word.memory

  private var settings: MemoryConfig
  private var owned = OwnedMemory()
  private var trend = GrowthTrend()
  private var mappings = MappingTrends()
  private var history = Series()
  private var leaks = LeakWatch()
  private var faults = CounterRate()
  private var firstKills: UInt64?
  private var identity: Identity?

  /// Whose history it is: another process, and another program in the same one, begin anew.
  private struct Identity: Equatable {
    var pid: Int32
    var startTicks: UInt64
    var generation: Int
    var execs: Int
  }

  /// Starts without a history.
  public init(_ settings: MemoryConfig) { self.settings = settings }

  /// Goes by other settings from now on.
  public mutating func configure(_ settings: MemoryConfig) { self.settings = settings }

  /// Takes one sample in and says what it means.
  public mutating func judge(_ sample: Sample) -> MemoryReading {
    var reading = MemoryReading()
    if let target = sample.target.value {
      judge(target, sample, &reading)
    } else {
      reading.absent(sample.target.absence ?? .notYet)
      if sample.target.absence == .gone { forget() }
    }
    reading.heap = MemoryMonitor.heap(sample.link)
    history.append(reading.owned.value.map { Double($0.count) })
    reading.history = history
    if sample.target.isStale || sample.target.value == nil { reading.severity = .stale }
    reading.headline = reading.summary(sample.target.absence)
    return reading
  }

  private mutating func judge(
    _ target: TargetSample, _ sample: Sample, _ reading: inout MemoryReading
  ) {
    begin(target)
    reading.add(target)
    owned.update(target)
    reading.owned = owned.total
    if !sample.target.isStale, owned.total.value != nil {
      trend.update(Double(owned.gained), at: sample.moment)
    }
    reading.growth =
      trend.slope.map { .fresh(BytesPerSecond($0)) }
      ?? .missing(owned.total.absence ?? .notYet)
    takeMappings(target, &reading)
    if !sample.target.isStale {
      leaks.update(
        target, owned: owned.total, gained: owned.gained, growing: mappings.growing,
        link: sample.link.value, at: sample.moment)
    }
    reading.leak = leaks.verdict(at: sample.moment)
    reading.descriptorLeak = leaks.descriptorVerdict(at: sample.moment)
    reading.threadLeak = leaks.threadVerdict(at: sample.moment)
    reading.majorFaults = faults.update(MemoryMonitor.majorFaults(target), at: sample.moment)
    takeKills(target, &reading)
    takeBounds(target, sample, &reading)
    reading.exhaustion = leaks.exhaustion(reading.limit, left: reading.left, at: sample.moment)
    reading.severity = severity(reading)
  }

  private static func heap(_ link: Measured<LinkSample>) -> Measured<HeapSample> {
    guard let told = link.value else { return .missing(link.absence ?? .notYet) }
    guard let heap = told.heap else { return .missing(.because("the program does not tell")) }
    if case .stale(_, let since) = link { return .stale(heap, since: since) }
    return .fresh(heap)
  }

  private mutating func begin(_ target: TargetSample) {
    let now = Identity(
      pid: target.pid, startTicks: target.root.startTicks, generation: target.generation,
      execs: target.execs)
    if identity != nil, identity != now { forget() }
    identity = now
  }

  private mutating func forget() {
    owned.forget()
    trend.forget()
    mappings.forget()
    leaks.forget()
    faults = CounterRate()
    firstKills = nil
  }

  private mutating func takeMappings(_ target: TargetSample, _ reading: inout MemoryReading) {
    if case .fresh(let sample) = target.mappings { mappings.update(sample) }
    reading.mappingsRead = target.mappings.map(\.at)
    guard target.mappings.value != nil else { return }
    reading.mappings = mappings.mappings
    reading.growing = mappings.growing
    reading.isMappingGrowthKnown = mappings.isKnown
  }

  private static func majorFaults(_ target: TargetSample) -> UInt64 {
    target.children.reduce(target.root.majorFaults) { $0 &+ $1.majorFaults }
  }

  private mutating func takeKills(_ target: TargetSample, _ reading: inout MemoryReading) {
    guard let kills = target.cgroup.value?.oomKills.value else { return }
    let first = min(firstKills ?? kills, kills)
    firstKills = first
    reading.oomKills = kills - first
  }

  private func takeBounds(
    _ target: TargetSample, _ sample: Sample, _ reading: inout MemoryReading
  ) {
    let bound = MemoryBounds.tightest(
      of: target, owned: reading.owned.value, system: sample.system, configured: settings.maximum,
      told: sample.link.value?.memoryLimit)
    reading.limit = bound?.limit
    reading.left = bound.map { max(.zero, $0.left) }
    reading.used = bound.map { bound in
      Ratio(1 - Double(bound.left.count) / Double(max(1, bound.limit.bytes.count)))
    }
  }

  /// Much used and steady is no trouble; much used and growing is, and nearly everything used always is.
  private func severity(_ reading: MemoryReading) -> Severity {
    guard let used = reading.used?.value else {
      return reading.leak.verdict == .leak ? .warning : .ok
    }
    if used >= settings.criticalThreshold { return .critical }
    if let leak = MemoryMonitor.severity(reading.exhaustion) { return leak }
    if reading.leak.verdict == .leak { return .warning }
    if used >= settings.warningThreshold, reading.isGrowing { return .warning }
    if reading.leak.isSuspected { return .info }
    let perMinute = (reading.growth.value?.value ?? 0) * 60 / 1e6
    return perMinute >= settings.growthWarningPerMinute ? .info : .ok
  }

  private static let (soon, atOnce) = (3600.0, 300.0)

  /// A leak that is confirmed is the worse the sooner it meets its limit.
  private static func severity(_ exhaustion: MemoryExhaustion) -> Severity? {
    guard let expected = exhaustion.expected, !expected.isSuspected else { return nil }
    if expected.seconds < atOnce { return .emergency }
    return expected.seconds < soon ? .critical : nil
  }
}
