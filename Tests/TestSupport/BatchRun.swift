import Monitors

/// What the search for a batch size did to a plant, in one part of a run.
public struct BatchRun: Sendable {
  /// Batches until 95 % of all later suggestions get 90 % of the best done; a great number where that never was.
  public var settling = BatchRun.never
  /// Batches that needed more memory than there was.
  public var violations = 0
  /// What suggestions of the later half get done, the best being 1.
  public var efficiency = 0.0

  /// The best size there was.
  public var best = 0

  /// Stands for "never".
  public static let never = 1_000_000
  private static let good = 0.9
  private static let steady = 0.95

  /// Runs a plant: one part, or two where the plant changes half-way.
  public static func parts(_ scenario: BatchPlant.Scenario, seed: UInt64) -> [BatchRun] {
    var plant = BatchPlant(scenario, seed: seed)
    var search = UniLog(size: 32, within: 1...scenario.most)
    let ends =
      scenario.changes ? [BatchPlant.batches / 2, BatchPlant.batches] : [BatchPlant.batches]
    var done = 0
    return ends.map { end in
      let best = plant.best
      let before = plant.violations
      var shares: [Double] = []
      while done < end {
        let size = search.next
        let result = plant.step(size)
        search.record(
          size: Double(size), throughput: result.throughput, memory: result.memory,
          limit: result.limit, isOutOfMemory: result.throughput == nil)
        done += 1
        // The plant is another one from the next batch on.
        let isAfterChange = done == end && scenario.changes && end < BatchPlant.batches
        shares.append(
          isAfterChange ? shares.last ?? 0 : plant.throughput(search.suggestion) / best.throughput)
      }
      return BatchRun(shares, violations: plant.violations - before, best: best.size)
    }
  }

  private init(_ shares: [Double], violations: Int, best: Int) {
    self.best = best
    self.violations = violations
    let late = shares.suffix(shares.count - shares.count / 2)
    efficiency = late.reduce(0, +) / Double(max(1, late.count))
    var good = 0
    for place in shares.indices.reversed() {
      guard shares[place] >= BatchRun.good else { continue }
      good += 1
      if Double(good) >= BatchRun.steady * Double(shares.count - place) { settling = place + 1 }
    }
  }
}
