import Testing

@testable import Monitors

@Suite("Latching, flapping and ends") struct AlertsLifeTests {
  static func stalled(_ input: inout AlertsInput) {
    input.readings.sample.system.memoryPressure = AlertRulesTests.stalls(some60: 60, full10: 45)
  }

  static func flowing(_ input: inout AlertsInput) {
    input.readings.sample.system.memoryPressure = AlertRulesTests.stalls(some60: 0)
  }

  @Test("an emergency stays until a person has seen it, and is over then")
  func latching() throws {
    var day = AlertsDay()
    day.run(7, Self.stalled)
    #expect(day.alert("memory-emergency")?.isLatched == true)
    day.run(125, Self.flowing)
    let latched = try #require(day.alert("memory-emergency"))
    #expect(latched.state == .firing)
    #expect(latched.stateWord == "latched")
    #expect(latched.waitsForPerson)
    #expect(latched.message.text.hasPrefix("was: all tasks wait"))
    day.run(20_000, Self.flowing)
    #expect(day.alert("memory-emergency")?.stateWord == "latched")
    #expect(day.last.severity == .emergency)
    #expect(day.perform(.acknowledge(latched.id))?.hasPrefix("acknowledged") == true)
    day.tick(Self.flowing)
    #expect(day.last.active.isEmpty)
    #expect(day.last.resolved.first?.id == latched.id)
    #expect(day.transitions.map(\.kind).suffix(2) == [.acknowledged, .resolved])
    #expect(day.count(.fired) == 1)
  }

  @Test("an emergency that was accepted while it was there ends by itself")
  func accepted() {
    var day = AlertsDay()
    day.run(7, Self.stalled)
    _ = day.perform(.acknowledgeAll)
    day.run(125, Self.flowing)
    #expect(day.last.active.isEmpty)
  }

  @Test("a latched alert whose trouble comes back fires on, as the same one")
  func relapse() {
    var day = AlertsDay()
    day.run(7, Self.stalled)
    day.run(500, Self.flowing)
    day.run(3, Self.stalled)
    #expect(day.alert("memory-emergency")?.stateWord == "latched")
    day.run(6, Self.stalled)
    #expect(day.alert("memory-emergency")?.stateWord == "firing")
    #expect(day.alert("memory-emergency")?.count == 2)
    #expect(day.count(.fired) == 1)
  }

  @Test("safety latches, whatever its severity; other criticals do not, unless told to")
  func categories() {
    let usual = AlertRules.defaults(AlertsConfig()).filter(\.isLatching).map(\.name)
    #expect(usual == ["memory-emergency", "memory-stalled", "memory-out-now", "power-low"])
    var settings = AlertsConfig()
    var change = RuleSettings("cpu-high")
    change.isLatching = true
    settings.rules = [change]
    var day = AlertsDay(settings)
    day.run(61, busy)
    day.run(400)
    #expect(day.alert("cpu-high")?.stateWord == "latched")
  }

  @Test("what is latched silences nobody any more")
  func latchedIsQuiet() {
    var day = AlertsDay()
    day.run(7, Self.stalled)
    day.run(150, Self.flowing)
    day.run(30) { input in
      Self.flowing(&input)
      input.readings.memory.used = Ratio(0.97)
    }
    #expect(day.alert("memory-critical")?.state == .firing)
  }

  @Test("what is back within a minute of its end is the same alert, counted up")
  func folding() {
    var day = AlertsDay()
    for _ in 0..<3 {
      day.run(61, busy)
      day.run(301)
    }
    #expect(
      day.transitions.map(\.kind) == [
        .fired, .resolved, .reopened, .resolved, .reopened, .resolved,
      ])
    #expect(Set(day.transitions.map(\.alert.id)) == ["cpu-high-1"])
    #expect(day.transitions.last?.alert.count == 3)
    day.run(700)
    day.run(130, busy)
    #expect(day.alert("cpu-high")?.id == "cpu-high-2")
    #expect(day.alert("cpu-high")?.count == 1)
  }

  @Test("a target that goes ends what was said of it, for whoever keeps a list")
  func ends() {
    var day = AlertsDay()
    day.run(30) { $0.readings.memory.used = Ratio(0.97) }
    day.target = .ended(who: "camera (42)", how: "exited 0", isFailure: false)
    day.run(2)
    let ended = day.transitions.filter { $0.kind == .ended }
    #expect(ended.map(\.alert.rule) == ["memory-critical"])
    #expect(ended.first?.alert.subject == .process(pid: 42, startTicks: 1))
    #expect(day.alert("target-finished")?.subject == .process(pid: 42, startTicks: 1))
    day.target = .watched
    day.generation = 2
    day.tick()
    #expect(
      day.transitions.last { $0.alert.rule == "target-finished" }?.alert.subject
        == .process(pid: 42, startTicks: 1))
    #expect(day.transitions.last?.kind == .ended)
  }

  @Test("a latched alert of a target that is gone stays until somebody has seen it")
  func latchedEnd() throws {
    var day = AlertsDay()
    let doomed: (inout AlertsInput) -> Void = { input in
      input.readings.memory.leak.verdict = .leak
      input.readings.memory.exhaustion = .expected(
        .init(seconds: 60, low: 50, high: 70, limit: "machine", isSuspected: false))
    }
    day.run(7, doomed)
    #expect(day.alert("memory-out-now")?.severity == .emergency)
    day.target = .ended(who: "camera (42)", how: "killed by SIGKILL", isFailure: true)
    day.run(1000)
    let left = try #require(day.last.elsewhere.first)
    #expect(left.rule == "memory-out-now")
    #expect(day.last.active.contains { $0.id == left.id })
    #expect(day.count(.ended) == 0)
    #expect(day.perform(.acknowledge(left.id)) == "acknowledged: memory out now (by pi)")
    day.tick()
    #expect(day.last.elsewhere.isEmpty)
    #expect(day.transitions.map(\.kind).suffix(2) == [.acknowledged, .ended])
  }

  @Test(
    "a warning that cools down, is accepted or put aside never hides a critical", arguments: 0..<3)
  func criticalIsHeard(_ way: Int) {
    var day = AlertsDay()
    let high: (inout AlertsInput) -> Void = { input in
      input.readings.memory.used = Ratio(0.90)
      input.readings.sample.system.memoryPressure = AlertRulesTests.stalls(some60: 40)
    }
    day.run(62, high)
    switch way {
    case 0: day.run(100)
    case 1: _ = day.perform(.acknowledgeAll)
    default: _ = day.perform(.shelve("memory-high-1", seconds: 3600))
    }
    day.run(22) { input in
      high(&input)
      input.readings.memory.used = Ratio(0.99)
    }
    #expect(day.count(.fired, "memory-critical") == 1)
    #expect(day.last.severity == .critical)
  }

  @Test("a note is kept with the alert, without what could do harm, and not with the next one")
  func notes() {
    var day = AlertsDay()
    day.run(61, busy)
    #expect(
      day.perform(.note("cpu-high-1", text: "calibrating\u{1b}[2J"))
        == "noted: cpu high: calibrating·[2J (by pi)")
    day.tick(busy)
    #expect(day.alert("cpu-high")?.note == "calibrating·[2J")
    #expect(day.transitions.last?.kind == .noted)
    #expect(day.perform(.note("nobody-1", text: "x"))?.hasPrefix("refused") == true)
    day.run(400)
    day.run(61, busy)
    #expect(day.alert("cpu-high")?.note == nil)
  }

  @Test("how many began lately is counted")
  func lately() {
    var day = AlertsDay()
    day.run(61, busy)
    #expect(day.last.newLately == 1)
    day.run(601, busy)
    #expect(day.last.newLately == 0)
  }

  @Test(
    "C15: a wall clock that jumps leaves shelves, acceptances, latches and folding as they are",
    arguments: [3600.0, -3600])
  func wallClock(_ jump: Double) {
    var day = AlertsDay()
    day.run(61, busy)
    _ = day.perform(.shelve("cpu-high-1", seconds: 600))
    day.wall += jump
    day.run(598, busy)
    #expect(day.alert("cpu-high")?.state == .shelved)
    day.run(3, busy)
    #expect(day.alert("cpu-high")?.state == .firing)
    _ = day.perform(.acknowledgeAll)
    day.wall -= jump
    day.run(1790, busy)
    #expect(day.alert("cpu-high")?.state == .acknowledged)
    day.run(301)
    day.wall += jump
    day.run(61, busy)
    #expect(day.alert("cpu-high")?.id == "cpu-high-1")
    #expect(day.alert("cpu-high")?.count == 2)
  }

  @Test("C16: after a gap of 20 s no rule of a person's own fires from the first rate either")
  func gap() {
    var settings = AlertsConfig()
    var rule = RuleSettings("writes")
    (rule.metric, rule.test, rule.holds) = ("storage.write_bytes_per_s", .above(1e6), 0)
    settings.rules = [rule]
    var day = AlertsDay(settings)
    day.run(10)
    day.tick(after: 20) { $0.readings.storage.writeRate = .fresh(BytesPerSecond(5e9)) }
    #expect(day.last.active.isEmpty)
    day.run(10)
    #expect(day.transitions.isEmpty)
  }

  @Test("nobody could attend to what was silenced: it does not get worse when it is heard again")
  func silencedIsNotUnattended() {
    func hot(_ celsius: Double) -> (inout AlertsInput) -> Void {
      { input in
        let sensor = SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(celsius)))
        input.readings.thermal.hottest = .fresh(sensor)
      }
    }
    var day = AlertsDay()
    day.run(62, hot(75))
    day.run(1000, hot(85))
    #expect(day.count(.fired, "thermal-critical") == 1)
    day.run(185, hot(74))
    #expect(day.count(.resolved, "thermal-critical") == 1)
    #expect(day.alert("thermal-high")?.state == .firing)
    day.run(890, hot(74))
    #expect(day.count(.escalated) == 0)
    day.run(20, hot(74))
    #expect(day.count(.escalated, "thermal-high") == 1)
  }

  @Test("what is well again does not get worse while it is only kept firing")
  func clearingIsNotUnattended() {
    var day = AlertsDay()
    day.run(61 + 700, busy)
    day.run(299)
    #expect(day.alert("cpu-high")?.severity == .warning)
    #expect(day.count(.escalated) == 0)
    day.tick(busy)
    #expect(day.count(.escalated) == 1)
  }
}
