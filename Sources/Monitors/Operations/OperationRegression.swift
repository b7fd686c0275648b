/// An operation that has become slower or faster, or gets more or less done, and stays so.
public struct OperationRegression: Sendable, Equatable {
  /// What of it changed.
  public enum Aspect: String, Sendable { case latency, throughput }

  /// The operation's name.
  public var operation: Printable
  /// What of it changed.
  public var aspect: Aspect
  /// When that began.
  public var since: Moment
  /// When it was told.
  public var told: Moment
  /// From what to what: seconds, or operations or items in a second.
  public var change: ShiftWatch.Standing
  /// Whether throughput counts items.
  public var countsItems = false

  /// Makes one.
  public init(
    operation: Printable, aspect: Aspect, since: Moment, told: Moment,
    change: ShiftWatch.Standing, countsItems: Bool = false
  ) {
    self.operation = operation
    self.aspect = aspect
    self.since = since
    self.told = told
    self.change = change
    self.countsItems = countsItems
  }

  /// Whether it takes longer or gets less done.
  public var isWorse: Bool { (change.direction == .up) == (aspect == .latency) }

  /// How much it changed, without a sign; as a share of what it was.
  public var size: Double { abs(change.magnitude) }

  /// `download takes 41 % longer since 14:02:10Z: 28.4 ms, before 20.1 ms`.
  public var words: Printable {
    let since = Units.clock(wall: since.wall)
    return
      "\(operation) \(what) since \(since): \(value(change.after)), before \(value(change.before))"
  }

  private var what: String {
    let share = Ratio(size).text
    switch (aspect, change.direction) {
    case (.latency, .up):
      return size < 1 ? "takes \(share) longer" : "takes \(times(change.magnitude + 1)) as long"
    case (.latency, .down): return "takes \(share) less time"
    case (.throughput, .up):
      return size < 1
        ? "gets \(share) more done" : "gets \(times(change.magnitude + 1)) as much done"
    case (.throughput, .down): return "gets \(share) less done"
    }
  }

  private func times(_ factor: Double) -> String {
    "\(Units.fixed(factor, digits: factor < 10 ? 1 : 0)) times"
  }

  private func value(_ level: Double) -> String {
    guard aspect == .throughput else { return Units.duration(level) }
    let digits = level < 10 ? 2 : level < 100 ? 1 : 0
    let number =
      level < 100_000 ? Units.fixed(level, digits: digits) : Units.scaled(level, unit: "")
    return countsItems ? "\(number) items/s" : "\(number)/s"
  }
}
