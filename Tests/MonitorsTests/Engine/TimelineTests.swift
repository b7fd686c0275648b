import Testing

@testable import Monitors

@Suite("Marks on the time axis")
struct TimelineTests {
  private func observation(
    _ place: Int, at seconds: Double, wall: Double? = nil, generation: Int? = nil,
    previousEnd: Printable? = nil
  ) -> Observation {
    var sample = Sample(
      moment: Moment(
        nanoseconds: Int64(seconds * 1e9), wall: Int64((wall ?? seconds) * 1e9)), place: place)
    if let generation {
      var target = TargetSample(pid: 1, root: ProcessSample(pid: 1))
      target.generation = generation
      target.root.startTicks = UInt64(generation)
      target.previousEnd = previousEnd
      sample.target = .fresh(target)
    }
    return Observation(sample: sample, watching: .watching)
  }

  private func note(_ timeline: inout Timeline, _ observation: Observation, interval: Double = 1) {
    timeline.note(observation, quality: QualityReading(), interval: interval)
  }

  @Test("of a target that obeys the level it runs at is marked, not what is called for")
  func quality() {
    var timeline = Timeline()
    var reading = QualityReading()
    for (place, level) in [QualityLevel.high, .high, .low].enumerated() {
      reading.suggested = .medium
      reading.level = place == 0 ? nil : level
      timeline.note(observation(place, at: Double(place)), quality: reading, interval: 1)
    }
    #expect(timeline.marks.map(\.label) == ["quality: high → low"])
  }

  @Test("a restart is marked where it was seen, with the end of the one before")
  func restart() {
    var timeline = Timeline()
    note(&timeline, observation(0, at: 0, generation: 1))
    note(&timeline, observation(1, at: 1))
    note(&timeline, observation(2, at: 2, generation: 2, previousEnd: "killed by SIGKILL"))
    #expect(timeline.marks.map(\.kind) == [.restart])
    #expect(timeline.marks.first?.place == 2)
    #expect(timeline.marks.first?.label == "restarted: the last one killed by SIGKILL")
  }

  @Test("C8: another program in the same process is marked by its name")
  func exec() {
    var timeline = Timeline()
    note(&timeline, observation(0, at: 0, generation: 1))
    var next = observation(1, at: 1)
    var target = TargetSample(pid: 1, root: ProcessSample(pid: 1))
    target.root.startTicks = 1
    target.generation = 2
    target.name = "collector"
    next.sample.target = .fresh(target)
    note(&timeline, next)
    #expect(timeline.marks.map(\.kind) == [.restart])
    #expect(timeline.marks.first?.label == "became collector by exec")
  }

  @Test("a gap is one only where far more than the interval has passed")
  func gap() {
    var timeline = Timeline()
    for (place, second) in [0.0, 1, 3, 7].enumerated() {
      note(&timeline, observation(place, at: second))
    }
    #expect(timeline.marks.isEmpty)
    note(&timeline, observation(4, at: 27))
    #expect(timeline.marks.map(\.label) == ["no samples for 20 s"])
  }

  @Test("after a change from a slow pace to a quick one the last slow wait is no gap")
  func pace() {
    var timeline = Timeline()
    note(&timeline, observation(0, at: 0), interval: 10)
    note(&timeline, observation(1, at: 10), interval: 0.1)
    note(&timeline, observation(2, at: 10.1), interval: 0.1)
    #expect(timeline.marks.isEmpty)
  }

  @Test("C15: a clock that is set by more than two seconds is marked, drift is not")
  func clock() {
    var timeline = Timeline()
    note(&timeline, observation(0, at: 0, wall: 1000))
    note(&timeline, observation(1, at: 1, wall: 1001.5))
    note(&timeline, observation(2, at: 2, wall: 4602.5))
    note(&timeline, observation(3, at: 3, wall: 1003.5))
    #expect(timeline.marks.map(\.kind) == [.clock, .clock])
    #expect(timeline.marks.first?.label == "the clock was set by 3600 s")
  }

  @Test("C14: wall clocks at the ends of what a number holds do not crash")
  func extremes() {
    var timeline = Timeline()
    for (place, wall) in [Int64.min, .max, 0, .max, .min].enumerated() {
      let moment = Moment(nanoseconds: Int64(place) * 1_000_000_000, wall: wall)
      let sample = Sample(moment: moment, place: place)
      note(&timeline, Observation(sample: sample, watching: .machineOnly))
    }
    #expect(timeline.marks.count == 4)
  }

  @Test("only the newest marks are kept")
  func bounded() {
    var timeline = Timeline()
    for place in 0..<500 {
      note(&timeline, observation(place, at: Double(place), generation: place + 1))
    }
    #expect(timeline.marks.count == 64)
    #expect(timeline.marks.last?.place == 499)
  }
}
