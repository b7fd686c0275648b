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
    var taken = LatencyBuckets()
  }

  private var slots: [Slot] = []
  private var taken = LatencyBuckets()
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
