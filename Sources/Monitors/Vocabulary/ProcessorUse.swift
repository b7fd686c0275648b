/// What a target and its children take of the processors, from counters that only they have.
///
/// A process is known by its number and start time, so that one that appears or ends makes no spike.
public struct ProcessorUse: Sendable {
  /// Shares of one processor: of wall time spent running, and spent ready but waiting.
  public struct Shares: Sendable, Equatable {
    /// Running, 1 being one processor.
    public var running: Measured<Ratio>
    /// Ready and waiting for a processor.
    public var waiting: Measured<Ratio>
  }

  private struct Entry {
    var pid: Int32
    var startTicks: UInt64
    var ticks: UInt64
    var delay: UInt64?
  }

  private struct Sum {
    var ticks: UInt64 = 0
    var delay: UInt64 = 0
    var hasDelay = false
    var isBroken = false
    var known = 0
  }

  private let ticksPerSecond: Double
  private let longestGap: Double
  private var entries: [Entry] = []
  private var last: Moment?

  /// Starts without a past; `ticksPerSecond` is the unit of the kernel's processor times.
  public init(ticksPerSecond: Double = 100, longestGap: Double = 30) {
    self.ticksPerSecond = ticksPerSecond > 0 ? ticksPerSecond : 100
    self.longestGap = longestGap
  }

  /// Takes one reading of all processes; no rate comes of the first, of a gap, or of a counter that went back.
  public mutating func update(_ target: Measured<TargetSample>, at moment: Moment) -> Shares {
    guard case .fresh(let target) = target else {
      forget()
      let absence = target.absence ?? .notYet
      return Shares(running: .missing(absence), waiting: .missing(absence))
    }
    let elapsed = last.map { moment.seconds(since: $0) } ?? 0
    let sum = take(target)
    last = moment
    return shares(sum, elapsed: elapsed, delay: target.root.runDelay.absence)
  }

  /// Forgets the past.
  public mutating func forget() {
    entries.removeAll(keepingCapacity: true)
    last = nil
  }

  private func shares(_ sum: Sum, elapsed: Double, delay: Absence?) -> Shares {
    if sum.isBroken {
      let absence = Absence.because("a counter went backwards")
      return Shares(running: .missing(absence), waiting: .missing(absence))
    }
    guard elapsed > 0, elapsed <= longestGap, sum.known > 0 else {
      return Shares(running: .missing(.notYet), waiting: .missing(delay ?? .notYet))
    }
    let running = Double(sum.ticks) / ticksPerSecond / elapsed
    let waiting = Double(sum.delay) / 1e9 / elapsed
    return Shares(
      running: .fresh(Ratio(running)),
      waiting: sum.hasDelay ? .fresh(Ratio(waiting)) : .missing(delay ?? .notYet))
  }

  /// Adds up what each process used since last time, and remembers where each stands now.
  private mutating func take(_ target: TargetSample) -> Sum {
    var sum = Sum()
    var cursor = 0
    var next: [Entry] = []
    next.reserveCapacity(target.children.count + 1)
    next.append(compare(target.root, &cursor, &sum))
    for child in target.children { next.append(compare(child, &cursor, &sum)) }
    entries = next
    return sum
  }

  private func compare(_ process: ProcessSample, _ cursor: inout Int, _ sum: inout Sum) -> Entry {
    let entry = Entry(
      pid: process.pid, startTicks: process.startTicks, ticks: process.cpuTicks,
      delay: process.runDelay.value)
    guard let found = find(entry, from: cursor) else { return entry }
    cursor = found + 1
    let before = entries[found]
    sum.known += 1
    guard entry.ticks >= before.ticks else {
      sum.isBroken = true
      return entry
    }
    sum.ticks &+= entry.ticks - before.ticks
    if let now = entry.delay, let then = before.delay, now >= then {
      sum.delay &+= now - then
      sum.hasDelay = true
    }
    return entry
  }

  /// Processes keep their order from tick to tick, so the search begins where the last one ended.
  private func find(_ entry: Entry, from cursor: Int) -> Int? {
    for step in 0..<entries.count {
      let index = (cursor + step) % entries.count
      if entries[index].pid == entry.pid, entries[index].startTicks == entry.startTicks {
        return index
      }
    }
    return nil
  }
}
