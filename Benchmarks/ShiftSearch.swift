import Monitors
import TestSupport

/// How well changes of level are found, and what a sample costs.
struct ShiftSearch {
  private static let ofEach = 40

  func run() {
    var table = Table([
      "series", "number", "precision", "recall", "wrong way", "place off", "delay", "ns a sample",
    ])
    let recorded = LabelledSeries.recorded()
    let families = SeriesFamily.changing + SeriesFamily.calm
    let made = families.flatMap { family in (0..<ShiftSearch.ofEach).map { family.series($0) } }
    for (name, series) in [("recorded in this tree", recorded), ("made by chance", made)] {
      let score = ShiftScore(series)
      table.add([
        name, "\(series.count)", score.precision.short, score.recall.short, "\(score.turned)",
        "\((score.misplacement * 100).short) %", score.delay.short,
        ShiftSearch.nanoseconds(series).short,
      ])
    }
    table.show("Changes of level in series of 200 to 1000 samples")
  }

  /// The least of several rounds: noise only ever adds.
  private static func nanoseconds(_ series: [LabelledSeries]) -> Double {
    let rounds = 5
    let clock = ContinuousClock()
    var detector = ShiftDetector()
    let best = (0..<rounds).map { _ in
      clock.measure {
        for one in series {
          detector.forget()
          for value in one.values { MicroBenchmark.keep(detector.update(value)) }
        }
      }
    }.min()
    let samples = series.reduce(0) { $0 + $1.values.count }
    return (best?.seconds ?? .nan) * 1e9 / Double(max(1, samples))
  }
}
