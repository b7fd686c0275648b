import Glibc
import Monitors
import Testing

@Suite("The controller of quality") struct GainAwareTests {
  static let seeds = getenv("PERFTOP_LONG") == nil ? 20 : 100

  static func runs(_ scenario: QualityPlant.Scenario) -> [QualityRun] {
    (0..<seeds).map { QualityRun(scenario, seed: UInt64($0)) }
  }

  static func p95(_ values: [Int]) -> Int {
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, Int(0.95 * Double(sorted.count - 1)))]
  }

  @Test("hunts no more than the plant changes", arguments: QualityPlant.Scenario.all)
  func meetsItsFigures(_ scenario: QualityPlant.Scenario) {
    let runs = Self.runs(scenario)
    let mean = Double(runs.reduce(0) { $0 + $1.reversals }) / Double(runs.count)
    let most = runs.map(\.reversals).max() ?? 0
    let changes = Double(runs[0].changes)
    switch scenario.name {
    case "trap":
      #expect(mean <= 2.5)
      #expect(most <= 4)
    case "square fast":
      #expect(mean <= 2)
      #expect(most <= 4)
    default:
      #expect(mean <= changes + 0.5)
      #expect(Double(most) <= changes + 3)
    }
    if scenario.name == "idle" { #expect(runs.allSatisfy { $0.moves == 0 }) }
    if scenario.name != "overload" {
      #expect(runs.reduce(0) { $0 + $1.over } / Double(runs.count) <= 0.03)
    }
    if !["ramp", "square fast"].contains(scenario.name) {
      #expect(Self.p95(runs.map(\.reaction)) <= (scenario.lag > 10 ? 40 : 12))
    }
    if !["trap", "square fast"].contains(scenario.name) {
      #expect(Self.p95(runs.map(\.settling)) <= 100)
    }
  }

  @Test("a pressure that is not a number holds the level")
  func holdsWithoutReadings() {
    var controller = GainAware()
    for _ in 0..<60 { _ = controller.update(1.1) }
    let low = controller.level
    #expect(low < 4)
    for _ in 0..<600 { #expect(controller.update(.nan) == low) }
    for _ in 0..<10 { #expect(controller.update(.infinity) == low) }
  }

  @Test("one spike moves nothing")
  func ignoresSpikes() {
    var controller = GainAware()
    for second in 0..<600 {
      #expect(controller.update(second % 20 == 10 ? 1.2 : 0.5) == 4)
    }
  }

  @Test("an emergency skips levels")
  func skipsInAnEmergency() {
    var controller = GainAware()
    for _ in 0..<60 { _ = controller.update(0.5) }
    var seen: [Int] = []
    for _ in 0..<20 { seen.append(controller.update(1.2)) }
    #expect(seen.contains { $0 <= 2 })
    #expect(!seen.contains(3), "from the best level straight to one that fits")
  }

  @Test("what a level costs is learned within limits, and fades")
  func learnsCosts() {
    var controller = GainAware()
    let prior = controller.ratios
    // A level that frees almost nothing: the pressure stays where it was.
    for _ in 0..<40 { _ = controller.update(0.95) }
    #expect(controller.ratios != prior)
    for (upper, lower) in zip(controller.ratios.dropFirst(), controller.ratios) {
      #expect(upper / lower > 1 && upper / lower < 2.1)
    }
    let learned = abs(controller.ratios[4] - prior[4])
    for _ in 0..<2000 { _ = controller.update(0.70) }
    #expect(abs(controller.ratios[4] - prior[4]) < learned)
  }

  @Test("one that does not learn keeps its costs")
  func keepsCosts() {
    var controller = GainAware(learns: false)
    let prior = controller.ratios
    for second in 0..<2000 { _ = controller.update(second / 300 % 2 == 0 ? 1.1 : 0.3) }
    #expect(controller.ratios == prior)
  }

  @Test(
    "unusable costs make one level and no crash",
    arguments: [[], [1, 0, 2], [1, .nan]] as [[Double]])
  func survivesBadCosts(_ prior: [Double]) {
    var controller = GainAware(prior: prior)
    for _ in 0..<100 { #expect(controller.update(1.1) == 0) }
    for _ in 0..<100 { #expect(controller.update(0.1) == 0) }
  }
}
