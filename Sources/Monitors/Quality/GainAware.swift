/// Chooses one of five quality levels from pressure: quick to give way, slow to come back, and it learns what a level costs.
///
/// Takes one pressure a second; a pressure that is not a number holds the level.
public struct GainAware: Sendable, Equatable {
  private static let high = 0.85
  private static let low = 0.62
  private static let comfortable = 0.76
  private static let emergency = 0.97
  private static let patience = 0.15
  private static let firstWait = 30.0
  private static let longestWait = 1200.0

  private struct Upgrade: Equatable {
    var level: Int
    var at: Int
    var load: Double
  }

  private struct Departure: Equatable {
    var level: Int
    var pressure: Double
  }

  /// Where the level stands: 0 is the cheapest.
  public private(set) var level: Int
  /// What each level costs in units of the cheapest, as far as it has been learned.
  public private(set) var ratios: [Double]

  private let prior: [Double]
  private let learns: Bool
  private var filter = PressureFilter()
  private var past: [Double] = []
  private var time = 0
  private var moved = -99
  private var excess = 0.0
  private var calm = 0
  private var alarms = 0
  private var waits: [Double]
  private var failures: [Double?]
  private var upgrade: Upgrade?
  private var departure: Departure?

  /// Starts at a level, the best unless told otherwise; one that does not learn keeps to the prior costs.
  public init(
    prior: [Double] = [1, 1.35, 1.75, 2.2, 2.8], level first: Int? = nil, learns: Bool = true
  ) {
    let usable = prior.isEmpty || prior.contains { !($0 > 0) } ? [1] : prior
    self.prior = usable
    self.learns = learns
    ratios = usable
    level = max(0, min(usable.count - 1, first ?? usable.count - 1))
    waits = Array(repeating: GainAware.firstWait, count: usable.count)
    failures = Array(repeating: nil, count: usable.count)
  }

  /// Smoothed pressure.
  public var smoothed: Double? { filter.value }

  /// Takes the pressure of one second and says which level to run at.
  public mutating func update(_ pressure: Double) -> Int {
    time += 1
    guard pressure.isFinite else { return level }
    let smooth = filter.update(pressure)
    count(smooth)
    let isSettled = hasSettled
    if learns { learn(smooth, isSettled: isSettled) }
    if mustGoDown(isSettled: isSettled) {
      goDown(smooth)
    } else {
      goUp(smooth, isSettled: isSettled)
    }
    trustUpgrade()
    return level
  }

  /// Takes the pressure of one second without deciding anything: while somebody else does, or an order is under way.
  ///
  /// Nothing is learned of costs as long as what was decided has not taken effect.
  public mutating func observe(_ pressure: Double, isInEffect: Bool = true) {
    time += 1
    guard pressure.isFinite else { return }
    let smooth = filter.update(pressure)
    count(smooth)
    if learns, isInEffect { learn(smooth, isSettled: hasSettled) }
    if isInEffect { trustUpgrade() }
    rest()
  }

  /// Somebody else moved the level: what comes of that is learned as if it had been an own decision.
  public mutating func follow(_ next: Int) {
    guard next != level, ratios.indices.contains(next) else { return }
    guard let smooth = filter.value else { return level = next }
    if next < level {
      rememberFailure()
      upgrade = nil
    } else {
      upgrade = Upgrade(level: next, at: time, load: smooth / ratios[level])
    }
    move(to: next, from: smooth)
  }

  /// What was decided takes effect only now: from now on it has to settle.
  public mutating func confirm() { moved = time }

  /// What was decided came to nothing: the level is this one, and nothing is to be learned from it.
  public mutating func giveUp(at old: Int) {
    guard ratios.indices.contains(old) else { return }
    level = old
    moved = time
    departure = nil
    upgrade = nil
    rest()
  }

  private mutating func rest() {
    excess = 0
    calm = 0
    alarms = 0
  }

  private var age: Int { time - moved }

  private var hasSettled: Bool {
    guard past.count >= 10, let first = past.first, let last = past.last else { return false }
    return abs(last - first) < 0.04 && age >= 10
  }

  private mutating func count(_ smooth: Double) {
    if past.count == 10 { past.removeFirst() }
    past.append(smooth)
    if smooth > GainAware.high {
      excess += smooth - GainAware.high
    } else if smooth <= GainAware.high - 0.02 {
      excess = 0
    }
    calm = smooth < GainAware.low ? calm + 1 : 0
    alarms = (filter.floor ?? 0) > GainAware.emergency ? alarms + 1 : 0
  }

  private func mustGoDown(isSettled: Bool) -> Bool {
    guard level > 0 else { return false }
    if alarms >= 3, age >= 4 { return true }
    let isFalling = past.count >= 4 && past[past.count - 1] < past[past.count - 4] - 0.02
    return excess >= GainAware.patience && (age >= 12 || isSettled) && !(age < 40 && isFalling)
  }

  /// One step, or as many as the costs say where pressure is at its end.
  private mutating func goDown(_ smooth: Double) {
    var next = level - 1
    if alarms >= 3 {
      while next > 0, smooth * ratios[next] / ratios[level] > GainAware.comfortable { next -= 1 }
    }
    rememberFailure()
    move(to: next, from: smooth)
    upgrade = nil
  }

  /// An upgrade that did not hold: at which load that was, and a longer wait before the next.
  private mutating func rememberFailure() {
    guard let upgrade, upgrade.level == level, time - upgrade.at < 180 else { return }
    failures[level] = upgrade.load
    waits[level] = min(GainAware.longestWait, waits[level] * 5)
  }

  private mutating func goUp(_ smooth: Double, isSettled: Bool) {
    let next = level + 1
    guard next < ratios.count, Double(calm) >= waits[next], isSettled else { return }
    let load = smooth / ratios[level]
    guard load * ratios[next] < GainAware.comfortable else { return }
    if let failure = failures[next], load >= 0.85 * failure, Double(age) <= waits[next] { return }
    upgrade = Upgrade(level: next, at: time, load: load)
    move(to: next, from: smooth)
  }

  private mutating func move(to next: Int, from smooth: Double) {
    departure = Departure(level: level, pressure: smooth)
    level = next
    moved = time
    rest()
  }

  /// An upgrade that has held for five minutes clears the memory of the one that had not.
  private mutating func trustUpgrade() {
    guard let held = upgrade, time - held.at >= 300 else { return }
    failures[level] = nil
    waits[level] = max(GainAware.firstWait, waits[level] / 2)
    upgrade = nil
  }

  private mutating func learn(_ smooth: Double, isSettled: Bool) {
    if let before = departure, isSettled || age >= 120 {
      departure = nil
      if before.pressure > 0.05, smooth > 0.02 { adopt(before, smooth) }
    }
    if age >= 60, age % 10 == 0 { forget() }
  }

  /// A half step, geometric, from the cost believed to the cost just seen.
  private mutating func adopt(_ before: Departure, _ smooth: Double) {
    let steps = abs(level - before.level)
    guard steps > 0 else { return }
    let seen = level > before.level ? smooth / before.pressure : before.pressure / smooth
    let least = GainAware.power(1.05, steps)
    let most = GainAware.power(2, steps)
    let upper = max(level, before.level)
    let believed = ratios[upper] / ratios[min(level, before.level)]
    let factor = (min(most, max(least, seen)) / believed).squareRoot()
    for index in upper..<ratios.count { ratios[index] *= factor }
  }

  /// What was learned fades, slowly where a failure taught it.
  private mutating func forget() {
    var next = [1.0]
    var product = 1.0
    for index in 1..<max(1, ratios.count) {
      let learned = ratios[index] / ratios[index - 1]
      let assumed = prior[index] / prior[index - 1]
      let pace = failures[index] == nil ? 0.03 : 0.003
      product *= learned + pace * (assumed - learned)
      next.append(product)
    }
    ratios = next
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { product, _ in product * base }
  }
}
