import TestSupport
import Testing

@testable import Monitors

@Suite("Where a series changes its level")
struct ShiftDetectorTests {
  private static let calmNames = SeriesFamily.calm.map(\.name)

  @Test("on the recorded series every change is found, in its direction and at its place")
  func recorded() {
    let series = LabelledSeries.recorded()
    #expect(series.count == 30 && series.count { $0.change != nil } == 15)
    let score = ShiftScore(series)
    #expect(score.precision >= 0.98 && score.recall >= 0.98, "\(score.failures)")
    #expect(score.turned == 0)
    #expect(score.misplacement <= 0.01)
    #expect(score.delay <= 80)
  }

  @Test("so it is on series that nobody has looked at before", arguments: [7, 8])
  func unseen(_ seed: UInt64) {
    let families = SeriesFamily.changing + SeriesFamily.calm
    let score = ShiftScore(
      families.flatMap { family in (0..<12).map { family.series($0, seed: seed) } })
    #expect(score.precision >= 0.98 && score.recall >= 0.98, "\(score.failures)")
    #expect(score.turned == 0)
    #expect(score.misplacement <= 0.01)
  }

  @Test(
    "what only looks like a change is none: seasons, modes, pauses, outliers, a start, noise",
    arguments: calmNames)
  func calm(_ name: String) throws {
    let family = try #require(SeriesFamily.calm.first { $0.name == name })
    let score = ShiftScore((0..<40).map { family.series($0, seed: 3) })
    #expect(score.wrong <= 1, "\(score.failures)")
  }

  private func shifts(_ values: [Double]) -> [Shift] {
    var detector = ShiftDetector()
    return values.compactMap { detector.update($0) }
  }

  @Test("a step up and down again is two, each with its place, way and size")
  func upAndDown() {
    var noise = SeededNoise(seed: 4)
    let values = (0..<900).map {
      (300..<600).contains($0) ? 15 + noise.normal() : 10 + noise.normal()
    }
    let found = shifts(values)
    #expect(found.map(\.direction) == [.up, .down])
    #expect(found.allSatisfy { abs($0.changedAt - ($0.direction == .up ? 300 : 600)) <= 3 })
    #expect(found.first.map { abs($0.magnitude - 0.5) < 0.1 } == true)
    #expect(found.last.map { abs($0.magnitude + 0.33) < 0.1 } == true)
  }

  @Test("what is said at a sample does not depend on what comes after it")
  func streaming() throws {
    let series = try #require(SeriesFamily.changing.first).series(2)
    let whole = try #require(shifts(series.values).first)
    #expect(shifts(Array(series.values[...whole.detectedAt])) == [whole])
    #expect(shifts(Array(series.values[..<whole.detectedAt])).isEmpty)
  }

  @Test("a handful of samples says nothing, and neither does an empty series")
  func tiny() {
    for count in [0, 1, 2, 63, 64, 65, ShiftDetector.fewest - 1] {
      #expect(shifts((0..<count).map { $0 < count / 2 ? 1 : 9 }).isEmpty)
    }
  }

  @Test("D5: what is no number, or beyond all numbers, or below 0, neither ends nor fools it")
  func senseless() {
    let odd = [Double.nan, .infinity, -.infinity, -1, 0, 1e300, -1e300, .leastNonzeroMagnitude]
    #expect(shifts((0..<4000).map { odd[$0 % odd.count] }).isEmpty)
    #expect(shifts([Double](repeating: .nan, count: 1000)).isEmpty)
    #expect(shifts([Double](repeating: -3, count: 1000)).isEmpty)
    let begun = shifts((0..<400).map { $0 < 200 ? 0 : 5 })
    #expect(begun.count == 1 && begun.first?.before == 0)
    #expect(begun.first.map { abs($0.after - 5) < 1e-4 } == true)
    #expect(begun.first?.magnitude == .infinity)
  }

  @Test("less than a twentieth is no change, however sure it is")
  func small() {
    #expect(shifts((0..<600).map { $0 < 300 ? 100 : 104 }).isEmpty)
    #expect(shifts((0..<600).map { $0 < 300 ? 100 : 107 }).count == 1)
  }

  @Test("it forgets, and begins like new")
  func forgetting() throws {
    let series = try #require(SeriesFamily.changing.first).series(5)
    var detector = ShiftDetector()
    for value in series.values { _ = detector.update(value * 3) }
    detector.forget()
    #expect(detector.samples == 0 && detector.candidate == nil)
    #expect(series.values.compactMap { detector.update($0) } == shifts(series.values))
  }

  @Test("a change after a long time is found as soon, and at its sample")
  func late() throws {
    var noise = SeededNoise(seed: 11)
    let found = shifts(
      (0..<50_200).map { ($0 < 50_000 ? 1.0 : 1.25) * (1 + 0.05 * noise.normal()) })
    #expect(found.count == 1)
    let shift = try #require(found.first)
    #expect(abs(shift.changedAt - 50_000) <= 2)
    #expect(shift.delay < 80)
  }

  @Test("where nothing is found it says what came nearest, and what that lacked")
  func candidate() {
    var noise = SeededNoise(seed: 2)
    var detector = ShiftDetector()
    // As long as the longest passing matter.
    for place in 0..<400 {
      _ = detector.update((260..<300).contains(place) ? 3 : 1 + 0.05 * noise.normal())
    }
    #expect(detector.candidate != nil)
    #expect(detector.candidate.map { $0.place > 240 && $0.place < 310 } == true)
  }
}
