/// Sums storage counters over a changing set of processes, without the jumps that births and deaths would make.
///
/// A process that was born since the last reading counts from zero; one that was merely found counts from what it had.
/// When a child has been waited for, the kernel adds all its counters to its parent's: what was already counted for
/// the child is taken off the parent's growth again.
public struct CounterTotal: Sendable {
  /// One process at one reading.
  public struct Entry: Sendable {
    let pid: Int32
    let parent: Int32
    let startTicks: UInt64
    let counters: IOCounters?
    let isNewborn: Bool

    /// Makes one; `counters` is `nil` where they can't be read.
    public init(
      pid: Int32, parent: Int32, startTicks: UInt64, counters: IOCounters?, isNewborn: Bool
    ) {
      self.pid = pid
      self.parent = parent
      self.startTicks = startTicks
      self.counters = counters
      self.isNewborn = isNewborn
    }
  }

  fileprivate struct Known {
    var parent: Int32
    var startTicks: UInt64
    var lanes: SIMD8<UInt64>
    /// Counters of children that ended, which will appear or have appeared in this one's.
    var owed = SIMD8<UInt64>()
    var owedTicks = 0
    var seen = 0
  }

  private var known: [Int32: Known] = [:]
  private var reading = 0
  private static let patience = 5

  /// Has seen nothing yet.
  public init() {}

  /// Takes a reading of all processes; gives the growth of each counter since the last one, or `nil` if nothing was comparable.
  public mutating func update(_ entries: [Entry]) -> IOCounters? {
    reading &+= 1
    if entries.count != known.count || !entries.allSatisfy({ known[$0.pid] != nil }) {
      settleDeaths(Set(entries.map(\.pid)))
    }
    var total = SIMD8<UInt64>()
    var isComparable = false
    for entry in entries {
      guard let counters = entry.counters else { continue }
      if let growth = advance(entry, to: counters.lanes) {
        total = total &+ growth
        isComparable = true
      }
    }
    let now = reading
    if known.contains(where: { $0.value.seen != now }) {
      known = known.filter { $0.value.seen == now }
    }
    return isComparable ? IOCounters(lanes: total) : nil
  }

  private mutating func settleDeaths(_ alive: Set<Int32>) {
    for (pid, ended) in known where !alive.contains(pid) {
      known[ended.parent]?.owed &+= ended.lanes &+ ended.owed
      known[ended.parent]?.owedTicks = 0
    }
  }

  private mutating func advance(_ entry: Entry, to lanes: SIMD8<UInt64>) -> SIMD8<UInt64>? {
    guard var process = known[entry.pid], process.startTicks == entry.startTicks else {
      known[entry.pid] = Known(
        parent: entry.parent, startTicks: entry.startTicks, lanes: lanes, seen: reading)
      return entry.isNewborn ? lanes : nil
    }
    process.seen = reading
    process.parent = entry.parent
    // A counter that went backwards was reset; no growth is better than an invented one.
    var growth = (lanes &- process.lanes).replacing(with: 0, where: lanes .< process.lanes)
    process.lanes = lanes
    process.settle(&growth, patience: CounterTotal.patience)
    known[entry.pid] = process
    return growth
  }
}

extension CounterTotal.Known {
  /// The debt is paid in the tick in which every counter has grown by at least that much; a child nobody waited for never pays.
  fileprivate mutating func settle(_ growth: inout SIMD8<UInt64>, patience: Int) {
    guard owed != SIMD8() else { return }
    if all(growth .>= owed) {
      growth = growth &- owed
      owed = SIMD8()
    } else {
      owedTicks += 1
      if owedTicks > patience { owed = SIMD8() }
    }
  }
}

extension IOCounters {
  fileprivate var lanes: SIMD8<UInt64> {
    SIMD8(
      readCharacters, writtenCharacters, readCalls, writeCalls, readBytes, writtenBytes,
      cancelledBytes, 0)
  }

  fileprivate init(lanes: SIMD8<UInt64>) {
    self.init()
    readCharacters = lanes[0]
    writtenCharacters = lanes[1]
    readCalls = lanes[2]
    writeCalls = lanes[3]
    readBytes = lanes[4]
    writtenBytes = lanes[5]
    cancelledBytes = lanes[6]
  }
}
