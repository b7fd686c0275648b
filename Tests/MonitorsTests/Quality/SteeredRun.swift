import TestSupport

@testable import Monitors

/// What a real monitor does to a plant over a link: orders take their time, or are ignored, and several may watch.
struct SteeredRun {
  var levels: [QualityLevel] = []
  var orders = 0
  var last = QualityReading()
  var moves = 0
  var reversals = 0

  /// How the target behaves.
  struct Manners {
    var viewers = 1
    /// Seconds between an order and its effect.
    var delay = 1
    var obeys = true
    /// Seconds in which it can't be asked.
    var isAway: (Int) -> Bool = { _ in false }
    var isManual: (Int) -> Bool = { _ in false }
  }

  init(
    _ scenario: QualityPlant.Scenario, seed: UInt64, seconds: Int = QualityPlant.seconds,
    _ manners: Manners = Manners()
  ) {
    var plant = QualityPlant(scenario, seed: seed)
    var viewers = (0..<manners.viewers).map { _ in QualityMonitorTests.Machine() }
    var level = QualityLevel.ultraHigh
    var due: [(at: Int, level: QualityLevel)] = []
    for second in 0..<seconds {
      if let now = due.last(where: { $0.at <= second }) { level = now.level }
      due.removeAll { $0.at <= second }
      let pressure = plant.step(level.rawValue)
      levels.append(level)
      for viewer in viewers.indices {
        last = viewers[viewer].tick(cpu: pressure) { sample in
          if manners.isAway(second) { return }
          sample.link = SteeredRun.link(level, isManual: manners.isManual(second))
        }
        guard let wanted = last.wanted else { continue }
        orders += 1
        if manners.obeys, wanted != level { due.append((second + manners.delay, wanted)) }
      }
    }
    let steps = zip(levels.dropFirst(), levels).map { $0.rawValue - $1.rawValue }.filter { $0 != 0 }
    moves = steps.count
    reversals = zip(steps.dropFirst(), steps).count { ($0 > 0) != ($1 > 0) }
  }

  static func link(_ level: QualityLevel, isManual: Bool = false) -> Measured<LinkSample> {
    var link = LinkSample()
    link.offers = [.quality]
    link.quality = LinkedQualitySample(level: Printable(level.name), isManual: isManual)
    return .fresh(link)
  }
}
