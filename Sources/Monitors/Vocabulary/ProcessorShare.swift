/// How busy all processors of a machine were between two readings of its tick counters.
public struct ProcessorShare: Sendable {
  private var last: (busy: UInt64, total: UInt64, at: Moment)?
  private let longestGap: Double

  /// Starts without a past.
  public init(longestGap: Double = 30) { self.longestGap = longestGap }

  /// Takes a reading; nothing comes of the first, of a gap, or of counters that went back.
  public mutating func update(_ system: SystemSample, at moment: Moment) -> Measured<Ratio> {
    guard case .fresh(let busy) = system.cpuBusyTicks, case .fresh(let total) = system.cpuTotalTicks
    else {
      last = nil
      return .missing(system.cpuBusyTicks.absence ?? system.cpuTotalTicks.absence ?? .notYet)
    }
    defer { last = (busy, total, moment) }
    guard let last else { return .missing(.notYet) }
    guard busy >= last.busy, total >= last.total else {
      return .missing(.because("a counter went backwards"))
    }
    let elapsed = moment.seconds(since: last.at)
    guard elapsed > 0, elapsed <= longestGap, total > last.total else { return .missing(.notYet) }
    let share = Double(busy - last.busy) / Double(total - last.total)
    return .fresh(Ratio(min(1, share)))
  }
}

extension SystemSample {
  /// Share of the machine's memory in use: all that could not be had without swapping.
  public var memoryUsed: Measured<Ratio> {
    guard let total = memoryTotal.value else { return .missing(memoryTotal.absence ?? .notYet) }
    guard total > .zero else { return .missing(.malformed) }
    return memoryAvailable.map { available in
      Ratio(max(0, 1 - Double(available.count) / Double(total.count)))
    }
  }
}
