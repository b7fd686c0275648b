import Glibc
import Monitors
import TestSupport
import Testing

/// A program of five quality levels on a machine with a load: what its pressure would be.
struct QualityPlant {
  struct Scenario: Sendable, CustomTestStringConvertible {
    var name: String
    var load: @Sendable (Double) -> Double
    var lag = 5.0
    var delay = 1
    var noise = 0.03
    var spikes = 0.0
    var gains = [0.30, 0.45, 0.60, 0.80, 1.0]
    var drift: (at: Double, by: Double)?
    var testDescription: String { name }
  }

  static let seconds = 1200
  private let scenario: Scenario
  private var random: SeededNoise
  private(set) var pressure: Double
  private var levels = Array(repeating: 4, count: 64)
  private(set) var time = 0.0

  init(_ scenario: Scenario, seed: UInt64) {
    self.scenario = scenario
    random = SeededNoise(seed: seed)
    pressure = 0
    pressure = steady(4)
  }

  /// The highest level that the load leaves room for.
  var target: Int { (0..<5).last { steady($0) <= 0.80 } ?? 0 }

  mutating func step(_ level: Int) -> Double {
    levels.append(level)
    let acting = levels[levels.count - 1 - scenario.delay]
    pressure += (steady(acting) - pressure) * (1 - exp(-1 / scenario.lag))
    time += 1
    let noise = scenario.noise * random.normal()
    let spike = random.uniform() < scenario.spikes ? 0.35 : 0
    return max(0, min(1.2, pressure + noise + spike))
  }

  private func steady(_ level: Int) -> Double {
    let drift = scenario.drift.map { time >= $0.at ? $0.by : 1 } ?? 1
    return min(1.2, drift * scenario.load(time) * scenario.gains[level])
  }
}

extension QualityPlant.Scenario {
  private static func from(_ steps: (Double, Double)...) -> @Sendable (Double) -> Double {
    { time in steps.last { time >= $0.0 }?.1 ?? 0 }
  }

  static let all: [QualityPlant.Scenario] = [
    Self(name: "idle", load: from((0, 0.5))),
    Self(name: "step up", load: from((0, 0.6), (300, 1.2))),
    Self(name: "step down", load: from((0, 1.6), (400, 0.6))),
    Self(name: "trap", load: from((0, 0.98)), gains: [0.30, 0.40, 0.50, 0.58, 1.0]),
    Self(name: "slow heat", load: from((0, 0.6), (200, 1.3), (800, 0.6)), lag: 40, delay: 2),
    Self(name: "noisy", load: from((0, 0.7), (500, 1.3)), noise: 0.09),
    Self(name: "spiky", load: from((0, 0.65)), lag: 3, delay: 0, spikes: 0.04),
    Self(name: "overload", load: from((0, 0.6), (300, 3.2), (700, 0.6))),
    Self(name: "ramp", load: { 0.5 + 1.1 * min(1, max(0, ($0 - 100) / 600)) }, lag: 10),
    Self(name: "square fast", load: { 0.7 + 0.5 * Double(Int($0 / 15) % 2) }, lag: 10),
    Self(name: "square slow", load: { 0.6 + 0.8 * Double(Int($0 / 240) % 2) }, lag: 8),
    Self(name: "gain drift", load: from((0, 0.8)), lag: 8, noise: 0.04, drift: (500, 1.5)),
  ]
}

/// What a controller did to a plant in one run.
struct QualityRun {
  var moves = 0
  var reversals = 0
  var changes = 0
  /// Seconds from a change for the worse to the first step down; the longest.
  var reaction = 0
  /// Share of time over 0.90.
  var over = 0.0
  /// Seconds from the last change until the level stays within one of the target.
  var settling = 0

  init(_ scenario: QualityPlant.Scenario, seed: UInt64) {
    var plant = QualityPlant(scenario, seed: seed)
    var controller = GainAware()
    var levels: [Int] = []
    var targets: [Int] = []
    var level = 4
    for _ in 0..<QualityPlant.seconds {
      targets.append(plant.target)
      level = controller.update(plant.step(level))
      levels.append(level)
      over += plant.pressure > 0.9 ? 1 / Double(QualityPlant.seconds) : 0
    }
    countMoves(levels)
    countReactions(levels, targets)
  }

  private mutating func countMoves(_ levels: [Int]) {
    let steps = zip(levels.dropFirst(), levels).map { $0 - $1 }.filter { $0 != 0 }
    moves = steps.count
    reversals = zip(steps.dropFirst(), steps).count { ($0 > 0) != ($1 > 0) }
  }

  private mutating func countReactions(_ levels: [Int], _ targets: [Int]) {
    let changed = (1..<targets.count).filter { targets[$0] != targets[$0 - 1] }
    changes = changed.count
    for place in changed where targets[place] < targets[place - 1] {
      let first = (place..<levels.count).first { levels[$0] < levels[place - 1] }
      reaction = max(reaction, (first ?? levels.count) - place)
    }
    let last = changed.last ?? 0
    let wrong = (last..<levels.count).last { place in
      abs(levels[place] - targets[place]) > (levels[place] < targets[place] ? 1 : 0)
    }
    settling = wrong.map { $0 + 1 - last } ?? 0
    if wrong == levels.count - 1 { settling = 1_000_000 }
  }
}
