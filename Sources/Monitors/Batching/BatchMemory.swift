/// How much memory a batch of which size needs: a base, and so much for each item.
struct BatchMemory: Sendable {
  private struct Observed: Sendable {
    var size: Double
    var memory: Double
    var count = 1.0
    var at: Int
  }

  private static let mostCount = 20.0
  private static let weighsMost = 8.0
  private static let fading = 0.995
  /// What stays free of the limit in any case.
  private static let safe = 0.92
  private static let forgotten = 2000

  private var observed: [Int: Observed] = [:]
  private var time = 0
  private var base = 0.0
  private var slope = 0.0
  private var margin = 1.03

  /// Whether anything is known.
  var isKnown: Bool { !observed.isEmpty }

  /// Takes the memory of one batch, told apart by its arm.
  mutating func add(_ memory: Double, size: Double, arm: Int) {
    time += 1
    if var known = observed[arm], abs(known.size / size - 1) <= 0.1 {
      let share = 1 / min(known.count + 1, BatchMemory.mostCount)
      known.size += share * (size - known.size)
      known.memory += share * (memory - known.memory)
      known.count += 1
      known.at = time
      observed[arm] = known
    } else {
      observed[arm] = Observed(size: size, memory: memory, at: time)
    }
    if time % 256 == 0 {
      observed = observed.filter { time - $0.value.at < BatchMemory.forgotten }
    }
    fit()
  }

  /// What batches of an arm took; `nil` where none of them told.
  func mean(_ arm: Int) -> Double? { observed[arm]?.memory }

  /// What a batch of a size will need at least.
  func need(_ size: Double) -> Double { base + slope * size }

  /// The largest size whose need stays within the limit with room to spare.
  func largest(within limit: Double) -> Double {
    (BatchMemory.safe * limit / margin - base) / max(slope, 1e-9)
  }

  /// A weighted line through the means of all sizes; with one size seen all of it is taken to grow with the size.
  private mutating func fit() {
    let all = observed.values
    let sizes = all.lazy.map(\.size)
    guard let most = sizes.max(), let least = sizes.min() else { return }
    if most - least < 0.2 * most {
      slope = (all.lazy.map(\.memory).max() ?? 0) / most
      base = 0
      margin = 1.03
      return
    }
    var (weights, meanSize, meanMemory) = (0.0, 0.0, 0.0)
    for seen in all {
      let weight = self.weight(seen)
      weights += weight
      meanSize += weight * seen.size
      meanMemory += weight * seen.memory
    }
    guard weights > 0 else { return }
    meanSize /= weights
    meanMemory /= weights
    var (above, below) = (0.0, 0.0)
    for seen in all {
      let weight = self.weight(seen)
      above += weight * (seen.size - meanSize) * (seen.memory - meanMemory)
      below += weight * (seen.size - meanSize) * (seen.size - meanSize)
    }
    slope = below > 0 ? max(0, above / below) : 0
    base = max(0, meanMemory - slope * meanSize)
    margin = 1.02
  }

  private func weight(_ seen: Observed) -> Double {
    let age = Double(time - seen.at)
    var fading = 1.0
    var power = BatchMemory.fading
    var rest = Int(age)
    while rest > 0 {
      if rest & 1 == 1 { fading *= power }
      power *= power
      rest >>= 1
    }
    return min(seen.count, BatchMemory.weighsMost) * fading / max(seen.memory, 1)
  }
}
