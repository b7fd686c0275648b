import Monitors
import TestSupport
import Testing

@Suite("Leaks, told from the rest in labelled series")
struct LeakCorpusTests {
  @Test("there are 92 series, of which 41 leak, and they are as long as they were recorded")
  func complete() {
    #expect(LeakCorpus.all.count == 92)
    #expect(LeakCorpus.all.count { $0.isLeak } == 41)
    #expect(LeakCorpus.all.reduce(0) { $0 + $1.values.count } == 88_525)
    #expect(LeakCorpus.all.allSatisfy { $0.values.allSatisfy { $0 >= 4096 } })
  }

  @Test(
    "nearly all leaks are found in time, with their slope, and hardly anything else is called one")
  func score() {
    let score = LeakScore(LeakCorpus.all)
    #expect(score.precision >= 0.98, "false: \(score.falseAlarms)")
    #expect(score.recall >= 0.97, "missed: \(score.missed)")
    #expect(score.minutes(0.5) <= 17)
    #expect(score.minutes(0.9, from: 1e6) <= 7)
    #expect(score.slopeError <= 0.03)
  }

  @Test(
    "memory runs out within the range that was given, nine times of ten, and the range is of use")
  func forecasts() {
    let score = ForecastScore(LeakCorpus.all)
    #expect(score.made >= 20)
    #expect(score.share >= 0.9, "outside: \(score.outside)")
    #expect(score.width <= 2)
  }

  @Test("a series takes no more than 9 kB for ever")
  func small() {
    #expect(LeakDetector.stateBytes <= 9_000)
  }
}
