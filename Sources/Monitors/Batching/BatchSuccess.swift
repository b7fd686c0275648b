/// Which sizes fail more often than is acceptable, while smaller ones do not.
struct BatchSuccess: Sendable {
  private struct Count: Sendable {
    var done = 0.0
    var failed = 0.0
    var total: Double { done + failed }
    var rate: Double { total > 0 ? done / total : 1 }

    mutating func add(_ isDone: Bool) {
      if isDone { done += 1 } else { failed += 1 }
    }
  }

  private static let keeps = 0.995
  private static let fewestFailures = 3.0
  private static let enough = 5.0

  /// Share of batches that must succeed.
  var least = 0.90
  private var counts: [Int: Count] = [:]
  private var age = 0
  /// The smallest arm that fails too often; `nil` where none does, or all do.
  private(set) var ceiling: Int?

  /// Takes one batch; a failure for want of memory is the memory model's affair.
  mutating func add(_ isDone: Bool, to arm: Int, isOutOfMemory: Bool) {
    guard !isOutOfMemory else { return }
    counts[arm, default: Count()].add(isDone)
    age += 1
    if age % 64 == 0 { fade() }
    if !isDone || ceiling != nil || age % 64 == 0 { ceiling = judged() }
  }

  /// How many batches of this arm and larger ones fail, as a share.
  func failing(from arm: Int) -> Double? {
    let large = counts.filter { $0.key >= arm }.values
    let total = large.reduce(0) { $0 + $1.total }
    return total > 0 ? large.reduce(0) { $0 + $1.failed } / total : nil
  }

  private mutating func fade() {
    let factor = (0..<64).reduce(1.0) { product, _ in product * BatchSuccess.keeps }
    for (arm, count) in counts {
      let faded = Count(done: count.done * factor, failed: count.failed * factor)
      counts[arm] = faded.total < 0.1 ? nil : faded
    }
  }

  private func judged() -> Int? {
    for (arm, count) in counts.sorted(by: { $0.key < $1.key })
    where count.failed >= BatchSuccess.fewestFailures && count.rate < least {
      let smaller = counts.filter { $0.key < arm }.values
      let done = smaller.reduce(0) { $0 + $1.done }
      let total = smaller.reduce(0) { $0 + $1.total }
      // Where smaller batches fail as often it is not the size that makes them fail.
      guard total >= BatchSuccess.enough, done / total >= least else { continue }
      return arm
    }
    return nil
  }
}
