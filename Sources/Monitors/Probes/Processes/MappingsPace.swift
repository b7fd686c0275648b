/// When mappings are worth reading again, for what reading them costs.
///
/// Memory that moves is looked at again soon; of memory that stays as it is there is little news.
struct MappingsPace: Sendable {
  private var interval: Double
  private var due: (moving: Moment, steady: Moment)?
  private var looks = 0
  /// What the processes owned when they were looked at last.
  private var ownedBefore = 0.0

  /// Seconds of rest for each second that a reading took.
  private static let rest = (moving: 1000.0, steady: 4000.0)
  private static let longestRest = 3600.0
  /// What counts as moving: this share of what is owned, and at least so many bytes.
  private static let move = (share: 0.02, bytes: 8e6)
  /// The growth of a mapping is known after three looks, so these do not wait for the budget.
  private static let quickLooks = 3
  private static let quickCost = (alone: 0.05, family: 0.015)

  /// Reads every `interval` seconds at most.
  init(interval: Double) { self.interval = interval }

  /// Whether it is time, for processes that own so much now.
  func isDue(owned: Bytes, at moment: Moment) -> Bool {
    guard let due else { return true }
    guard due.moving <= moment else { return false }
    let moved = abs(Double(owned.count) - ownedBefore)
    let move = MappingsPace.move
    return due.steady <= moment || moved >= max(move.bytes, move.share * ownedBefore)
  }

  /// A reading begins.
  mutating func begin(owned: Bytes) { ownedBefore = Double(owned.count) }

  /// A reading has ended, which took so many seconds of processor time for so many processes.
  mutating func end(cost: Double, processes: Int, at moment: Moment) {
    looks += 1
    let quick = processes == 1 ? MappingsPace.quickCost.alone : MappingsPace.quickCost.family
    let isFree = looks < MappingsPace.quickLooks && cost < quick
    let rest = MappingsPace.rest
    due = (
      moment.later(by: isFree ? interval : pause(rest.moving * cost)),
      moment.later(by: isFree ? interval : pause(rest.steady * cost))
    )
  }

  /// Another interval; what was planned by the old one is planned anew.
  mutating func change(interval: Double) {
    if interval < self.interval { due = nil }
    self.interval = interval
  }

  private func pause(_ seconds: Double) -> Double {
    max(interval, min(seconds, MappingsPace.longestRest))
  }

  /// What was read is of no use: the next reading does not wait.
  mutating func hurry() { due = nil }
}
