import Monitors
import TestSupport

/// How well leaks are told from the rest, how soon, and what that costs.
struct Leaks {
  func run() {
    let all = LeakCorpus.all
    let clock = ContinuousClock()
    var score = LeakScore([])
    let took = clock.measure { score = LeakScore(all) }
    let forecasts = ForecastScore(all)
    var table = Table(["labelled series: \(all.count)", "figure"])
    table.add(["precision", score.precision.short])
    table.add(["recall", score.recall.short])
    table.add(["minutes to the alarm, median", score.minutes(0.5).short])
    table.add(["minutes, nine of ten at 60 MB/min and more", score.minutes(0.9, from: 1e6).short])
    table.add(["error of the slope, median, %", (score.slopeError * 100).short])
    table.add(["false alarms", score.falseAlarms.joined(separator: " ")])
    table.add(["missed", score.missed.joined(separator: " ")])
    table.add(["truth within the forecast's range, %", (forecasts.share * 100).short])
    table.add(["width of the range, median, % of the time", (forecasts.width * 100).short])
    table.add(["a sample, µs", (took.seconds * 1e6 / Double(max(1, score.samples))).short])
    table.add(["state of a series that is full, bytes", "\(LeakDetector.stateBytes)"])
    table.show("Leaks")
  }
}
