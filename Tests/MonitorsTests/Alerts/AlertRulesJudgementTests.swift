import Testing

@testable import Monitors

@Suite("Alert rules: what is thought of it all together")
struct AlertRulesJudgementTests {
  private func forecast(_ kind: Forecast.Kind, _ seconds: Double) -> Forecast {
    let span = Forecast.Span(median: seconds, low: seconds * 0.8, high: seconds * 1.3)
    return Forecast(kind, "/data", outlook: .failing(span))
  }

  @Test(
    "a disk that is full within a day is a warning, within an hour it is critical, and then only that"
  )
  func disk() {
    var day = AlertsDay()
    day.run(120) { $0.judgement.forecasts = [forecast(.disk, 30 * 3600)] }
    #expect(day.alarms.isEmpty)
    day.run(120) { $0.judgement.forecasts = [forecast(.disk, 10 * 3600)] }
    #expect(day.alarms.map(\.rule) == ["storage-filling"])
    #expect(day.alarms.first?.message.text.contains("disk /data full in 10 h 0 min") == true)
    day.run(60) { $0.judgement.forecasts = [forecast(.disk, 1800)] }
    #expect(day.alarms.map(\.rule) == ["storage-full-soon"])
  }

  @Test("descriptors that are nearly all open are told of as they are, and not as they will be")
  func present() {
    var day = AlertsDay()
    day.run(150) { input in
      input.judgement.forecasts = [forecast(.descriptors, 90)]
      guard var target = input.readings.sample.target.current else { return }
      target.descriptorLimit = .fresh(256)
      target.root.descriptors = .fresh(250)
      input.readings.sample.target = .fresh(target)
    }
    #expect(day.alarms.map(\.rule) == ["descriptors-high"])
  }

  @Test("inodes count as room does, descriptors within six hours, heat is a note")
  func others() {
    var day = AlertsDay()
    day.run(150) { input in
      input.judgement.forecasts = [
        forecast(.inodes, 7200), forecast(.descriptors, 5 * 3600), forecast(.throttling, 600),
      ]
    }
    #expect(Set(day.alarms.map(\.rule)) == ["storage-filling", "descriptors-filling"])
    #expect(day.alert("throttling-soon")?.severity == .info)
  }

  @Test("what nobody can forecast raises no alert, nor the note that data stays away")
  func unknown() {
    var day = AlertsDay()
    day.run(100) { $0.judgement.forecasts = [forecast(.disk, 1e6)] }
    day.run(100) {
      $0.judgement.forecasts = [Forecast(.disk, "/data", outlook: .unknown(.notEnough))]
    }
    #expect(day.last.active.isEmpty)
  }

  @Test("high pressure is told once, by what says most of it")
  func pressure() {
    var day = AlertsDay()
    day.run(90) { input in
      busy(&input)
      input.judgement.machine = Pressure(.high, cause: "processors")
    }
    #expect(day.alarms.map(\.rule) == ["pressure-high"])
    #expect(
      day.alarms.first?.message == "the machine is under high pressure: processors")
    day.run(30) { input in
      input.judgement.machine = Pressure(.critical, cause: "memory stalls")
      input.judgement.target = Pressure(.critical, cause: "memory stalls")
    }
    #expect(day.alarms.map(\.rule) == ["pressure-critical"])
    day.run(60) { input in
      input.judgement.machine = Pressure(.critical, cause: "memory stalls")
      input.readings.sample.system.memoryPressure = .fresh(.stalls(some: 60, full: 50))
    }
    #expect(day.alarms.contains { $0.rule == "memory-emergency" })
  }

  @Test("a pressed target is told of while the machine is well, and goes with its process")
  func target() {
    var day = AlertsDay()
    day.run(70) { input in
      input.judgement.machine = Pressure(.low, cause: "processors")
      input.judgement.target = Pressure(.high, cause: "waiting for processors")
    }
    #expect(day.alarms.map(\.rule) == ["target-pressure"])
    #expect(day.alarms.first?.message.text.hasPrefix("the target is under high pressure") == true)
    day.generation = 2
    day.tick()
    #expect(day.alarms.isEmpty)
  }

  @Test("a bottleneck is a note after a minute, unless another rule says the same")
  func bottleneck() {
    let named = { (evidence: Bottleneck.Evidence, kind: Bottleneck.Kind) -> Bottleneck in
      var bottleneck = Bottleneck(kind, 80, evidence)
      bottleneck.isMain = true
      return bottleneck
    }
    var day = AlertsDay()
    day.run(55) { input in
      input.judgement.absence = nil
      input.judgement.bottlenecks = [named(.thread(1, processors: 4), .cpu)]
    }
    #expect(day.alert("bottleneck")?.state == .pending)
    day.run(10) { input in
      input.judgement.absence = nil
      input.judgement.bottlenecks = [named(.thread(1, processors: 4), .cpu)]
    }
    #expect(day.alert("bottleneck")?.state == .firing)
    #expect(day.alert("bottleneck")?.severity == .info)
    var other = AlertsDay()
    other.run(90) { $0.judgement.bottlenecks = [named(.throttled(1, by: ""), .thermal)] }
    #expect(other.alert("bottleneck") == nil)
  }

  @Test("a score below fifty is a note, with what cost most")
  func score() {
    var day = AlertsDay()
    var facts = ScoreFacts()
    facts.target = 4
    facts.throttled = 1
    facts.failures = 1
    let score = Score(facts)
    day.run(130) { $0.judgement.score = score }
    #expect(day.alert("score-low")?.message.text.hasPrefix("score 40 of 100: ") == true)
    #expect(day.alert("score-low")?.severity == .info)
  }
}
