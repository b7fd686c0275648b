/// When mappings are worth reading again, for what reading them costs.
///
/// Memory that moves is looked at again soon; of memory that stays as it is there is little news.
struct MappingsPace: Sendable {
  private var interval: Double
  private var due: (moving: Moment, steady: Moment)?
  private var looks = 0
  /// What the processes owned when they were looked at last.
  private var ownedBefore = 0.0

  /// The most that was owned at any look, and how many looks in a row have found more.
  private var peak = 0.0
  private var climbs = 0

  /// Seconds of rest for each second that a reading took.
  private static let rest = (climbing: 300.0, moving: 1000.0, steady: 4000.0)
  /// What rises at look after look is worth a closer one, for as long as it takes to tell what it is.
  private static let climb = (fewest: 3, most: 60, share: 0.01, bytes: 2e6)
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
    let least = isClimbing ? step : max(move.bytes, move.share * ownedBefore)
    return due.steady <= moment || moved >= least
  }

  /// A reading begins.
  mutating func begin(owned: Bytes) {
    ownedBefore = Double(owned.count)
    climbs = ownedBefore >= peak + step ? climbs + 1 : max(0, climbs - 1)
    peak = max(peak, ownedBefore)
  }

  private var isClimbing: Bool {
    climbs >= MappingsPace.climb.fewest && climbs <= MappingsPace.climb.most
  }

  /// How much more counts as higher.
  private var step: Double { min(MappingsPace.climb.bytes, MappingsPace.climb.share * peak) }

  /// A reading has ended, which took so many seconds of processor time for so many processes.
  mutating func end(cost: Double, processes: Int, at moment: Moment) {
    looks += 1
    let quick = processes == 1 ? MappingsPace.quickCost.alone : MappingsPace.quickCost.family
    let isFree = looks < MappingsPace.quickLooks && cost < quick
    let rest = MappingsPace.rest
    let moving = isClimbing ? rest.climbing : rest.moving
    due = (
      moment.later(by: isFree ? interval : pause(moving * cost)),
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
