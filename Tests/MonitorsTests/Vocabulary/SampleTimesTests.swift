import Testing

@testable import Monitors

@Suite("When the places of a graph were taken")
struct SampleTimesTests {
  private struct Story {
    var times = SampleTimes()
    var place = 0
    var seconds = 100.0

    mutating func run(_ ticks: Int, every interval: Double, late: Double = 0) {
      for _ in 0..<ticks {
        seconds += interval
        times.note(
          place, at: Moment(nanoseconds: Int64((seconds + late) * 1e9)), interval: interval)
        place += 1
      }
    }
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-6 }

  @Test("at one pace it is the pace times the places, also for those to come")
  func steady() {
    var story = Story()
    #expect(story.times.seconds(from: 0, to: 38, interval: 2) == 76)
    story.run(50, every: 2)
    #expect(isClose(story.times.seconds(from: 0, to: 49, interval: 2), 98))
    #expect(isClose(story.times.seconds(from: 40, to: 60, interval: 2), 40))
  }

  @Test(
    "after a change of pace each part counts as it was taken", arguments: [(0.1, 10.0), (10, 0.1)])
  func changed(_ before: Double, _ after: Double) {
    var story = Story()
    story.run(100, every: before)
    #expect(isClose(story.times.seconds(from: 60, to: 99, interval: after), 39 * before))
    story.run(5, every: after)
    #expect(isClose(story.times.seconds(from: 60, to: 99, interval: after), 39 * before))
    #expect(
      isClose(story.times.seconds(from: 89, to: 104, interval: after), 10 * before + 5 * after))
    #expect(isClose(story.times.seconds(from: 99, to: 106, interval: after), 7 * after))
  }

  @Test("a pause in which nothing was taken counts as long as it was")
  func gap() {
    var story = Story()
    story.run(10, every: 1)
    story.seconds += 3600
    story.run(10, every: 1)
    #expect(isClose(story.times.seconds(from: 5, to: 15, interval: 1), 3610))
    #expect(isClose(story.times.seconds(from: 10, to: 19, interval: 1), 9))
  }

  @Test("ticks that are a little late are kept as nothing, and however many changes are a few")
  func cheap() {
    var story = Story()
    story.run(10, every: 1)
    let before = MemoryLayout.size(ofValue: story.times)
    for index in 0..<500 { story.run(1, every: 1, late: index % 2 == 0 ? 0.05 : 0) }
    #expect(MemoryLayout.size(ofValue: story.times) == before)
    #expect(isClose(story.times.seconds(from: 100, to: 520, interval: 1), 420))
    for index in 0..<1000 { story.run(1, every: index % 2 == 0 ? 1 : 2) }
    #expect(isClose(story.times.seconds(from: 1480, to: 1500, interval: 1), 30))
  }
}
