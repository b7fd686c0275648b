/// The last minute of one operation, in steps of ten seconds.
///
/// What the first answer tells of the time before counts as of then: who attaches sees at once how long things take.
/// Rates count from the first answer on.
struct OperationWindow: Sendable {
  private struct Totals {
    var count = 0.0
    var errors = 0.0
    var items = 0.0
    var seconds = 0.0
    var memory = 0.0
    var measured = 0.0

    init() {}

    init(_ sample: OperationSample) {
      count = Double(sample.count)
      errors = Double(sample.errors)
      items = sample.items
      seconds = sample.seconds
      memory = sample.memoryDelta
      measured = Double(sample.memorySamples)
    }
  }

  private struct Slot {
    var begun: Moment
    /// The sums as they were before it.
    var before: Totals
    /// The same for rates: what came before anybody looked is no rate.
    var seen: Totals
    var taken = BucketCounts()
  }

  private var slots: [Slot] = []
  private var taken = BucketCounts()
  private var last: UInt64 = 0
  private static let seconds = 10.0
  private static let most = 6

  mutating func update(_ sample: OperationSample, at moment: Moment) -> OperationRow {
    // Sums that fell are another program's.
    if sample.count < last { self = OperationWindow() }
    last = sample.count
    let now = Totals(sample)
    move(to: moment, now)
    if !sample.latencies.isEmpty, let newest = slots.indices.last {
      slots[newest].taken.add(sample.latencies)
      taken.add(sample.latencies)
    }
    var row = OperationRow(name: sample.name)
    row.kind = sample.kind
    row.count = sample.count
    row.errors = sample.errors
    row.active = sample.active
    row.oldest = sample.oldest
    judge(&row, now, at: moment)
    return row
  }

  private mutating func move(to moment: Moment, _ now: Totals) {
    guard let newest = slots.last else {
      return slots.append(Slot(begun: moment, before: Totals(), seen: now))
    }
    guard moment.seconds(since: newest.begun) >= OperationWindow.seconds else { return }
    slots.append(Slot(begun: moment, before: now, seen: now))
    let oldest = OperationWindow.seconds * Double(OperationWindow.most)
    while let first = slots.first, moment.seconds(since: first.begun) >= oldest {
      taken.remove(first.taken)
      slots.removeFirst()
    }
  }

  private func judge(_ row: inout OperationRow, _ now: Totals, at moment: Moment) {
    guard let first = slots.first else { return }
    let elapsed = moment.seconds(since: first.begun)
    if elapsed > 0 {
      row.perSecond = max(0, now.count - first.seen.count) / elapsed
      row.itemsPerSecond = max(0, now.items - first.seen.items) / elapsed
    }
    let ended = now.count - first.before.count
    if ended > 0 {
      row.mean = max(0, now.seconds - first.before.seconds) / ended
      row.failures = Ratio(min(1, max(0, now.errors - first.before.errors) / ended))
    }
    let measured = now.measured - first.before.measured
    if measured > 0 { row.memoryDelta = (now.memory - first.before.memory) / measured }
    let quantiles = taken.quantiles([0.5, 0.95, 0.99])
    guard quantiles.count == 3 else { return }
    (row.median, row.p95, row.p99) = (quantiles[0], quantiles[1], quantiles[2])
  }
}

/// Counts by bucket, from which others can be taken off again.
struct BucketCounts: Sendable {
  private var entries: [(bucket: Int, count: UInt64)] = []

  mutating func add(_ other: LatencyBuckets) {
    for (bucket, count) in other.counts { change(bucket) { $0.addingReportingOverflow(count) } }
  }

  mutating func remove(_ other: BucketCounts) {
    for entry in other.entries {
      change(entry.bucket) { $0.subtractingReportingOverflow(entry.count) }
    }
    entries.removeAll { $0.count == 0 }
  }

  private mutating func change(
    _ bucket: Int, _ body: (UInt64) -> (partialValue: UInt64, overflow: Bool)
  ) {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].bucket < bucket { low = middle + 1 } else { high = middle }
    }
    if low == entries.count || entries[low].bucket != bucket {
      entries.insert((bucket, 0), at: low)
    }
    let changed = body(entries[low].count)
    if !changed.overflow { entries[low].count = changed.partialValue }
  }

  /// How long those shares, in rising order, took at most; the middle of each one's bucket. Empty where nothing is counted.
  func quantiles(_ shares: [Double]) -> [Double] {
    let total = entries.reduce(0.0) { $0 + Double($1.count) }
    guard total > 0 else { return [] }
    var found: [Double] = []
    var below = 0.0
    for entry in entries {
      below += Double(entry.count)
      while found.count < shares.count, below >= max(1, (shares[found.count] * total).rounded(.up))
      {
        let (low, high) = LatencyBuckets.bounds(of: entry.bucket)
        found.append((low + high) / 2)
      }
    }
    return found
  }
}
