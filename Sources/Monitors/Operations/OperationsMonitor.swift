/// Keeps the last minute of each operation that a linked target tells of, and notices which of them change for good.
public struct OperationsMonitor: Sendable {
  /// What is kept of one operation.
  private struct Kept: Sendable {
    var window = OperationWindow()
    /// Only the busiest are watched for changes.
    var shifts: OperationShifts?
    var pace = 0.0
  }

  private var kept: [Printable: Kept] = [:]
  private var watched = 0
  private var judged = 0
  private var generation: Int?

  /// How many operations are watched for changes.
  static let mostWatched = 32
  /// How often it is looked again which are the busiest, in samples.
  private static let choosing = 60
  /// One that is watched gives way only to one that is so much busier: it would lose what is known of it.
  private static let loyalty = 2.0

  /// Starts without a history.
  public init() {}

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> OperationsReading {
    if let now = sample.target.value?.generation, now != generation {
      kept = [:]
      watched = 0
      generation = now
    }
    var reading = OperationsReading()
    guard let link = sample.link.value else {
      reading.absence = sample.link.absence ?? .notYet
      return reading
    }
    reading.absence = nil
    reading.overflow = link.overflow
    reading.rows.reserveCapacity(link.operations.count)
    judged &+= 1
    if link.operations.count > OperationsMonitor.mostWatched,
      judged % OperationsMonitor.choosing == 0
    {
      choose()
    }
    let isFresh = !sample.link.isStale
    for operation in link.operations {
      var one = kept.removeValue(forKey: operation.name) ?? Kept()
      let row = one.window.update(operation, at: sample.moment)
      one.pace = row.perSecond ?? 0
      if isFresh { watch(operation, &one, at: sample.moment) }
      if let shifts = one.shifts {
        reading.regressions += shifts.regressions(of: operation.name, at: sample.moment)
      }
      reading.rows.append(row)
      kept[operation.name] = one
    }
    reading.regressions.sort(by: OperationsMonitor.isBefore)
    return reading
  }

  private mutating func watch(_ operation: OperationSample, _ one: inout Kept, at now: Moment) {
    if one.shifts == nil {
      guard operation.count > 0 || operation.active > 0, watched < OperationsMonitor.mostWatched
      else { return }
      one.shifts = OperationShifts()
      watched += 1
    }
    one.shifts?.update(operation, at: now)
  }

  /// Lets those go that are not among the busiest any more.
  private mutating func choose() {
    let paces = kept.map { name, one in
      (name: name, pace: one.pace * (one.shifts == nil ? 1 : OperationsMonitor.loyalty))
    }
    let busiest = paces.sorted { ($1.pace, $0.name) < ($0.pace, $1.name) }
    for (name, _) in busiest.dropFirst(OperationsMonitor.mostWatched)
    where kept[name]?.shifts != nil {
      kept[name]?.shifts = nil
      watched -= 1
    }
  }

  private static func isBefore(_ a: OperationRegression, _ b: OperationRegression) -> Bool {
    if a.isWorse != b.isWorse { return a.isWorse }
    if a.size != b.size { return a.size > b.size }
    return (a.operation, a.aspect.rawValue) < (b.operation, b.aspect.rawValue)
  }
}
