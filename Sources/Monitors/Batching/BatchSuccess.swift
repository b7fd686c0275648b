/// Which sizes fail more often than is acceptable, while smaller ones do not.
struct BatchSuccess: Sendable {
  private struct Count: Sendable {
    var done = 0.0
    var failed = 0.0
    var total: Double { done + failed }
    var rate: Double { total > 0 ? done / total : 1 }

    mutating func add(_ other: Count, times: Double = 1) {
      done += times * other.done
      failed += times * other.failed
    }

    mutating func add(_ isDone: Bool) {
      if isDone { done += 1 } else { failed += 1 }
    }
  }

  private static let keeps = 0.999
  private static let fewestFailures = 3.0
  private static let enough = 5.0
  private static let fewest = 2.0

  /// Share of batches that must succeed.
  var least = 0.90
  private var counts: [Int: Count] = [:]
  private var age = 0
  /// The smallest arm of those that fail too often; `nil` where none does, or all do.
  private(set) var ceiling: Int?

  /// Takes one batch; a failure for want of memory is the memory model's affair.
  mutating func add(_ isDone: Bool, to arm: Int, isOutOfMemory: Bool) {
    guard !isOutOfMemory else { return }
    counts[arm, default: Count()].add(isDone)
    age += 1
    if age % 64 == 0 { fade() }
    if !isDone || ceiling != nil || age % 64 == 0 { ceiling = judged() }
  }

  /// Share of an arm's batches that is expected to succeed; where few were run, nearly all.
  func share(of arm: Int) -> Double {
    guard let count = counts[arm], count.failed > 0 else { return 1 }
    return (count.done + 1) / (count.total + 1)
  }

  /// How many batches of this arm and larger ones fail, as a share.
  func failing(from arm: Int) -> Double? {
    let large = counts.filter { $0.key >= arm }.values
    let total = large.reduce(0) { $0 + $1.total }
    return total > 0 ? large.reduce(0) { $0 + $1.failed } / total : nil
  }

  /// What fails is forgotten in time, so that it is tried again; that smaller sizes did not is kept to compare with.
  private mutating func fade() {
    let factor = (0..<64).reduce(1.0) { product, _ in product * BatchSuccess.keeps }
    for (arm, count) in counts {
      if count.rate >= least, count.total * factor < BatchSuccess.enough { continue }
      let faded = Count(done: count.done * factor, failed: count.failed * factor)
      counts[arm] = faded.total < 0.1 ? nil : faded
    }
  }

  /// The size from which on batches fail too often, while those of all smaller ones together do not.
  private func judged() -> Int? {
    var smaller = Count()
    var larger = counts.values.reduce(into: Count()) { $0.add($1) }
    for (arm, count) in counts.sorted(by: { $0.key < $1.key }) {
      let isBad = count.failed >= 1 && count.rate < least
      if isBad, larger.failed >= BatchSuccess.fewestFailures, larger.rate < least,
        smaller.total >= BatchSuccess.fewest, smaller.rate >= least
      {
        return arm
      }
      smaller.add(count)
      larger.add(count, times: -1)
    }
    return nil
  }
}
