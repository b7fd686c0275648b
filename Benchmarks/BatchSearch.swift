import TestSupport

/// How soon the search for a batch size settles, on programs of all kinds.
struct BatchSearch {
  private static let seeds = 50

  func run() {
    var table = Table([
      "plant", "best size", "settles: median", "95 %", "within 40", "within 80", "most over memory",
      "late efficiency",
    ])
    for scenario in BatchPlant.Scenario.all {
      let runs = (0..<BatchSearch.seeds).map { BatchRun.parts(scenario, seed: UInt64($0)) }
      for part in runs[0].indices {
        let name =
          runs[0].count > 1 ? "\(scenario.name), \(part == 0 ? "before" : "after")" : scenario.name
        table.add([name] + BatchSearch.row(runs.map { $0[part] }))
      }
    }
    table.show(
      "The search for a batch size: \(BatchSearch.seeds) runs of \(BatchPlant.batches) batches each"
    )
  }

  private static func row(_ runs: [BatchRun]) -> [String] {
    let settling = runs.map(\.settling).sorted()
    let share = { (limit: Int) in
      "\(100 * settling.count { $0 <= limit } / settling.count) %"
    }
    let shown = { (place: Int) in
      let batches = settling[min(place, settling.count - 1)]
      return batches == BatchRun.never ? "never" : "\(batches)"
    }
    let efficiency = runs.reduce(0) { $0 + $1.efficiency } / Double(runs.count)
    return [
      "\(runs[0].best)", shown(settling.count / 2), shown(settling.count * 95 / 100), share(40),
      share(80), "\(runs.map(\.violations).max() ?? 0)", efficiency.short,
    ]
  }
}
