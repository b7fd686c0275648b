/// Finds the size of batches that gets most done, from nothing but what batches of some sizes achieved.
///
/// Throughput rises with the size up to a point and falls behind it, so only the neighbours of the best size known
/// need trying. It begins by doubling, keeps within memory by a line through what batches took, forgets slowly, and
/// begins anew when the program has changed. It only suggests: what was really run is what it learns from.
///
///     var search = UniLog(size: 32)
///     let size = search.next
///     search.record(size: Double(size), throughput: 4000, memory: 2e8, limit: 1e9)
///     search.suggestion
public struct UniLog: Sendable {
  private static let curiosity = 1.5
  private static let batchesEach = 2
  static let worthwhile = 0.03
  private static let hysteresis = 0.02
  /// Sizes between this share of the cap and the cap are left to the cap.
  private static let belowCap = 0.84
  /// A failure for want of memory binds for so many batches.
  private static let rememberedBatches = 500

  enum Phase: Sendable {
    /// Doubling, or halving where `step` is negative, as long as that pays.
    case start
    /// Staying with the best and trying its neighbours.
    case track
  }

  var arms = BatchArms()
  var memory = BatchMemory()
  var successes = BatchSuccess()
  private(set) var phase = Phase.start
  /// The largest size that memory allows, as far as that is known.
  private(set) var cap = Double.infinity
  private(set) var bounds: ClosedRange<Int>
  /// The arm that is tried while it starts.
  private var current = 0
  private var left = UniLog.batchesEach
  private(set) var best: Int?
  private var first = 0
  private var misses = 0
  private var step = BatchGrid.octave
  private var deviations = 0
  private var suggested = 0
  private var isSuggestionKnown = false
  private var time = 0
  private var ceiling: (size: Double, at: Int)?

  /// Starts from a size and keeps to sizes within the bounds.
  public init(size: Int, within bounds: ClosedRange<Int> = 1...32768) {
    self.bounds = max(1, bounds.lowerBound)...max(1, bounds.upperBound)
    restart(at: clamped(BatchGrid.nearest(Double(size))))
  }

  /// Keeps to other bounds from now on.
  public mutating func keep(within bounds: ClosedRange<Int>) {
    self.bounds = max(1, bounds.lowerBound)...max(1, bounds.upperBound)
    current = clamped(current)
    best = best.map { clamped($0) }
    update()
  }

  /// The size from which most is learned now.
  public var next: Int {
    guard phase == .track else { return size(clamped(current)) }
    let allowed = allowed
    let leader = leader(allowed)
    guard time % 2 == 1, let place = allowed.firstIndex(of: leader) else { return size(leader) }
    let best = smoothed(leader).mean
    let around = allowed[max(0, place - 2)...min(allowed.count - 1, place + 2)]
    let promise = { (arm: Int) in
      let (mean, weight) = smoothed(arm)
      let spread = (arms.variance / max(arms.count(arm), 0.15)).squareRoot()
      return (weight > 0.05 ? mean : best) + UniLog.curiosity * spread
    }
    return size(around.max { promise($0) < promise($1) } ?? leader)
  }

  /// The size that gets most done with least, as far as that is known.
  public var suggestion: Int { size(clamped(suggested)) }

  /// Whether it is still doubling or halving, so that `next` is worth trying.
  public var isStarting: Bool { phase == .start }

  /// Takes one batch: how much it got done in a second, and the most memory it took, of how much there is.
  ///
  /// A throughput of `nil` is a failure: it lowers what the size is worth, and one for want of memory what is safe.
  /// Of several batches at once only the last need be concluded from.
  public mutating func record(
    size: Double, throughput: Double?, memory used: Double? = nil, limit: Double? = nil,
    isOutOfMemory: Bool = false, isLast: Bool = true
  ) {
    guard size.isFinite, size >= 1, throughput?.isFinite != false else { return }
    let arm = arms.nearest(size)
    time += 1
    if let used, used.isFinite, used > 0 { memory.add(used, size: size, arm: arm) }
    if isOutOfMemory { lower(size, used, limit) }
    bind(limit)
    successes.add(throughput != nil, to: BatchGrid.nearest(size), isOutOfMemory: isOutOfMemory)
    if let throughput, throughput > 0 {
      learn(throughput.logarithm, arm)
    } else if throughput == nil {
      advance(arm, isTooLarge: isOutOfMemory)
    }
    if isLast { update() }
  }
}

extension UniLog {
  private mutating func restart(at arm: Int) {
    arms.forget()
    phase = .start
    current = arm
    first = arm
    left = UniLog.batchesEach
    best = nil
    misses = 0
    step = BatchGrid.octave
    deviations = 0
    isSuggestionKnown = false
    suggested = arm
  }

  private mutating func learn(_ seen: Double, _ arm: Int) {
    var value = seen
    if arms.count(arm) >= 2, let mean = arms.mean(arm) {
      let spread = 3 * arms.variance.squareRoot()
      let deviation = value - mean
      if abs(deviation) <= spread {
        deviations = 0
      } else {
        let side = deviation > 0 ? 1 : -1
        deviations = deviations * side >= 0 ? deviations + side : side
        if abs(deviations) >= 4 {
          // Not noise any more: the program is another one now.
          let size = min(Double(self.size(arm)), cap)
          restart(at: clamped(BatchGrid.nearest(size)))
        } else {
          value = mean + (deviation > 0 ? spread : -spread)
        }
      }
    }
    if arms.count(arm) >= 1, let mean = arms.mean(arm) {
      arms.addNoise(value - mean, count: arms.count(arm))
    }
    if phase == .track { arms.fade() }
    arms.add(value, to: arm)
    advance(arm, isTooLarge: false)
  }

  /// One batch further in doubling; batches of other sizes than the one asked for count where they show more.
  private mutating func advance(_ arm: Int, isTooLarge: Bool) {
    guard phase == .start else { return }
    let trying = clamped(current)
    guard arm == trying else { return overhear(arm) }
    left -= 1
    if left > 0, !isTooLarge { return }
    left = UniLog.batchesEach
    note(trying)
    let isAtEnd = step > 0 && (trying == arms.cap || current >= upper)
    if misses >= 2 || isTooLarge || isAtEnd || current + step < lower {
      turn()
    } else {
      current = min(current + step, upper)
    }
  }

  private mutating func note(_ arm: Int) {
    guard let mean = worth(arm) else { return misses += 1 }
    if let best, let before = worth(best), mean <= before + UniLog.worthwhile {
      misses += 1
    } else {
      best = arm
      misses = 0
    }
  }

  /// Where nothing was gained upwards it looks down; then it stays.
  private mutating func turn() {
    guard step > 0, best == first || best == nil, first > lower else { return phase = .track }
    step = -BatchGrid.octave
    misses = 0
    guard first + step >= lower else { return phase = .track }
    current = first + step
  }

  /// The program ran what it wanted: if that is better than what is known, go on from there.
  private mutating func overhear(_ arm: Int) {
    guard arm != arms.cap, arms.count(arm) >= Double(UniLog.batchesEach), arm != best,
      let mean = worth(arm)
    else { return }
    guard let known = best, let before = worth(known) else {
      best = arm
      first = arm
      current = min(arm + step, upper)
      return
    }
    guard mean > before + UniLog.worthwhile else { return }
    best = arm
    misses = 0
    left = UniLog.batchesEach
    step = arm > known ? BatchGrid.octave : -BatchGrid.octave
    current = min(max(arm + step, lower), upper)
    if current == arm { phase = .track }
  }
}

extension UniLog {
  var lower: Int { BatchGrid.nearest(Double(bounds.lowerBound)) }

  var upper: Int {
    let bound = BatchGrid.nearest(Double(bounds.upperBound))
    guard let unsafe = successes.ceiling else { return bound }
    return max(lower, min(bound, unsafe - 1))
  }

  /// Whether memory allows less than the largest size.
  var isCapped: Bool { cap < Double(bounds.upperBound) }

  private func isBelowCap(_ arm: Int) -> Bool {
    !isCapped || Double(BatchGrid.sizes[arm]) <= UniLog.belowCap * cap
  }

  /// Whether the cap is among the sizes that may be suggested.
  private var isCapOffered: Bool {
    isCapped && arms.capPlace <= BatchGrid.places[upper] + 0.5 / Double(BatchGrid.octave)
  }

  private var allowed: [Int] {
    let grid = lower > upper ? [] : (lower...upper).filter { isBelowCap($0) }
    let allowed = isCapOffered ? grid + [arms.cap] : grid
    return allowed.isEmpty ? [lower] : allowed
  }

  /// The logarithm of what an arm gets done, failures counted as the share of work that is lost.
  private func worth(_ arm: Int) -> Double? {
    arms.mean(arm).map { $0 + (successes.share(of: grid(arm))).logarithm }
  }

  /// The same, with what its neighbours say.
  private func smoothed(_ arm: Int) -> (mean: Double, weight: Double) {
    let (mean, weight) = arms.smoothed(arm)
    return (mean + (successes.share(of: grid(arm))).logarithm, weight)
  }

  private func grid(_ arm: Int) -> Int { arm == arms.cap ? BatchGrid.nearest(cap) : arm }

  private func leader(_ allowed: [Int]) -> Int {
    var found: (arm: Int, mean: Double)?
    for arm in allowed where arms.count(arm) > 0.3 {
      let mean = smoothed(arm).mean
      if mean > found?.mean ?? -.infinity { found = (arm, mean) }
    }
    return found?.arm ?? allowed[allowed.count - 1]
  }

  private func clamped(_ arm: Int) -> Int {
    if arm == arms.cap { return isCapOffered ? arm : upper }
    let arm = min(max(arm, lower), upper)
    return isBelowCap(arm) || !isCapOffered ? arm : arms.cap
  }

  private func size(_ arm: Int) -> Int {
    // The arms next to the bounds stand for the bounds themselves.
    if arm == lower { return bounds.lowerBound }
    if arm == BatchGrid.nearest(Double(bounds.upperBound)) { return bounds.upperBound }
    let size = arm == arms.cap ? Int(min(cap, 1e9)) : BatchGrid.sizes[arm]
    return min(max(size, bounds.lowerBound), bounds.upperBound)
  }

  /// The smallest size that is as good as the best one, moved only where that is worth it.
  private mutating func update() {
    guard phase == .track else { return suggested = clamped(best ?? current) }
    let allowed = allowed
    let leader = leader(allowed)
    let least = smoothed(leader).mean - UniLog.worthwhile
    if isSuggestionKnown, allowed.contains(suggested),
      smoothed(suggested).mean >= least - UniLog.hysteresis
    {
      return
    }
    let place = allowed.firstIndex(of: leader) ?? 0
    let thrifty = allowed[max(0, place - 4)...place].first {
      arms.count($0) >= 0.5 && smoothed($0).mean >= least
    }
    suggested = thrifty ?? leader
    isSuggestionKnown = true
  }

  /// Keeps the cap within memory; small changes of what is believed leave it where it is.
  private mutating func bind(_ limit: Double?) {
    if let ceiling, time - ceiling.at > UniLog.rememberedBatches { self.ceiling = nil }
    var bound = ceiling?.size ?? .infinity
    if let limit, limit.isFinite, limit > 0, memory.isKnown {
      bound = min(bound, max(1, memory.largest(within: limit)))
    }
    // Beyond the largest size it makes no difference.
    let top = Double(bounds.upperBound)
    let new = min(bound, top)
    let old = min(cap, top)
    if (0.97...1.05).contains(new / old) { return }
    if !(0.9...1.1).contains(new / old) { arms.forget(arms.cap) }
    cap = new
    arms.moveCap(to: new < top ? new : 99.0.binaryPower)
  }

  /// A batch failed for want of memory although the limit that is known would have allowed it.
  private mutating func lower(_ size: Double, _ used: Double?, _ limit: Double?) {
    if let used, let limit, used > limit { return }
    ceiling = (min(ceiling?.size ?? .infinity, max(1, size * 0.9)), time)
  }
}
