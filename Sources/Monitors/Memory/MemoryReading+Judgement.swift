extension MemoryReading {
  /// Slower than a few megabytes an hour is not called growing.
  static let slowestGrowth = 1000.0

  /// Whether what it owns grows at a pace worth a word.
  var isGrowing: Bool { (growth.value?.value ?? 0) >= MemoryReading.slowestGrowth }

  /// Sums up what the processes have; one that can't be read is left out, except the first.
  mutating func add(_ target: TargetSample) {
    processes = 1 + target.children.count
    processesLeftOut = target.leftOut
    resident = MemoryReading.sum(target) { $0.resident }
    anonymous = MemoryReading.sum(target) { $0.anonymous }
    file = MemoryReading.sum(target) { $0.file }
    shared = MemoryReading.sum(target) { $0.shared }
    swapped = MemoryReading.sum(target) { $0.swapped }
    proportional = target.pss
  }

  /// Says of everything why it is not there.
  mutating func absent(_ absence: Absence) {
    resident = .missing(absence)
    proportional = .missing(absence)
    swapped = .missing(absence)
    anonymous = .missing(absence)
    file = .missing(absence)
    shared = .missing(absence)
    owned = .missing(absence)
    growth = .missing(absence)
    mappingsRead = .missing(absence)
  }

  private static func sum(
    _ target: TargetSample, _ part: (ProcessSample) -> Measured<Bytes>
  ) -> Measured<Bytes> {
    part(target.root).map { own in
      target.children.reduce(own) { $0 + (part($1).value ?? .zero) }
    }
  }

  /// One sentence: what it owns, where that is going, and how much room there is.
  func summary(_ absence: Absence?) -> Printable {
    guard let owned = owned.value else {
      let reason = absence ?? self.owned.absence ?? .notYet
      return "memory is not known: \(reason.sentence)"
    }
    if oomKills > 0 { return "the kernel has killed in its group for want of memory\(room)" }
    if leak.verdict == .leak || leak.isSuspected { return leaking }
    guard let growth = growth.value else { return "\(owned.text) owned\(room)" }
    if isGrowing { return "growing \(growth.perMinuteText)\(place)\(room)" }
    let isShrinking = growth.value <= -MemoryReading.slowestGrowth
    return "\(owned.text) owned, \(isShrinking ? "shrinking" : "steady")\(room)"
  }

  private var leaking: Printable {
    let isDue = exhaustion.expected.map { $0.seconds < 30 * 86400 } ?? false
    return isDue ? "\(leak.words), \(exhaustion.words)" : "\(leak.words)\(room)"
  }

  /// The mapping that grows, where it accounts for the growth: the two are measured over different times.
  private var place: Printable {
    guard let first = growing.first, let total = growth.value?.value, total > 0 else { return "" }
    let share = (first.growth?.value ?? 0) / total
    guard share >= 0.5 else { return "" }
    return share < 0.8 || growing.count > 1 ? ", mostly in \(first.name)" : " in \(first.name)"
  }

  private var room: Printable {
    guard let limit, let left else { return "" }
    guard left > .zero else {
      return ", beyond the limit of \(limit.bytes.text) (\(limit.origin))"
    }
    return ", \(left.text) left of \(limit.bytes.text) (\(limit.origin))"
  }
}
