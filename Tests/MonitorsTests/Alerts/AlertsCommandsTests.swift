import Monitors
import Testing

@Suite("What operators do to alerts") struct AlertsCommandsTests {
  static func firing() -> AlertsDay {
    var day = AlertsDay()
    day.run(130) { input in
      busy(&input)
      input.readings.thermal.hottest = .fresh(
        SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(76))))
    }
    return day
  }

  static func keep(_ input: inout AlertsInput) {
    busy(&input)
    input.readings.thermal.hottest = .fresh(
      SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(76))))
  }

  @Test("acknowledging says who, and silences exactly that alert")
  func acknowledge() throws {
    var day = Self.firing()
    #expect(day.last.active.count == 2)
    #expect(day.perform(.acknowledge("cpu-high-1")) == "acknowledged: cpu high (by pi)")
    day.tick(Self.keep)
    #expect(day.alert("cpu-high")?.state == .acknowledged)
    #expect(day.alert("cpu-high")?.acknowledgedBy == "pi")
    #expect(day.alert("thermal-high")?.state == .firing)
    #expect(day.monitor.transitions.map(\.kind) == [.acknowledged])
    day.run(1000, Self.keep)
    #expect(day.count(.escalated, "cpu-high") == 0)
    #expect(day.count(.escalated, "thermal-high") == 1)
  }

  @Test("an acknowledgement ends after 30 min if it still fires")
  func expires() {
    var day = Self.firing()
    _ = day.perform(.acknowledge("cpu-high-1"))
    day.run(1799, Self.keep)
    #expect(day.alert("cpu-high")?.state == .acknowledged)
    day.run(2, Self.keep)
    #expect(day.alert("cpu-high")?.state == .firing)
    #expect(day.count(.reopened, "cpu-high") == 1)
  }

  @Test("the next alert of the same rule is not acknowledged")
  func nextAlert() {
    var day = Self.firing()
    _ = day.perform(.acknowledge("cpu-high-1"))
    day.run(301 + 61)
    day.run(61, busy)
    #expect(day.alert("cpu-high")?.id == "cpu-high-2")
    #expect(day.alert("cpu-high")?.state == .firing)
  }

  @Test("acknowledging all takes what fires and leaves what is pending")
  func acknowledgeAll() {
    var day = Self.firing()
    day.run(10) { input in
      Self.keep(&input)
      input.readings.memory.used = Ratio(0.97)
    }
    #expect(day.perform(.acknowledgeAll) == "acknowledged: 2 alerts (by pi)")
    day.tick { input in
      Self.keep(&input)
      input.readings.memory.used = Ratio(0.97)
    }
    #expect(day.last.active.count { $0.state == .acknowledged } == 2)
    #expect(day.alert("memory-critical")?.state == .pending)
    #expect(day.perform(.acknowledgeAll) == "refused: nothing to acknowledge")
  }

  @Test("a refusal says why")
  func refusals() {
    var day = Self.firing()
    #expect(day.perform(.acknowledge("nothing-7")) == "refused: no alert nothing-7 is active")
    _ = day.perform(.acknowledge("cpu-high-1"))
    #expect(
      day.perform(.acknowledge("cpu-high-1"))
        == "refused: cpu high is already acknowledged by pi")
    #expect(
      day.perform(.shelve("cpu-high-1", seconds: 30_000))
        == "refused: 8 h is the longest that an alert can be shelved")
    for seconds in [0, -5, Double.nan, .infinity] {
      #expect(
        day.perform(.shelve("cpu-high-1", seconds: seconds))?.hasPrefix("refused") == true)
    }
    day.run(5) { input in
      Self.keep(&input)
      input.readings.memory.used = Ratio(0.97)
    }
    #expect(
      day.perform(.acknowledge("memory-critical-1"))
        == "refused: memory critical is not firing yet")
    var calm = AlertsDay()
    calm.tick()
    #expect(calm.perform(.undo) == "refused: nothing to undo")
    #expect(calm.perform(.interval(2)) == nil)
  }

  @Test("shelving hides for a time, is counted, and ends")
  func shelve() {
    var day = Self.firing()
    #expect(
      day.perform(.shelve("cpu-high-1", seconds: 600))
        == "shelved: cpu high for 10 min (by pi)")
    day.tick(Self.keep)
    #expect(day.alert("cpu-high")?.state == .shelved)
    #expect(day.last.active.last?.rule == "cpu-high")
    #expect(day.last.headline.text.contains("1 shelved"))
    day.run(597, Self.keep)
    #expect(day.alert("cpu-high")?.state == .shelved)
    day.run(3, Self.keep)
    #expect(day.alert("cpu-high")?.state == .firing)
    #expect(day.count(.reopened, "cpu-high") == 1)
  }

  @Test("what fires while it is shelved is heard of when the shelf ends")
  func firesShelved() {
    var day = AlertsDay()
    day.run(30, busy)
    #expect(day.perform(.shelve("cpu-high-1", seconds: 300))?.hasPrefix("shelved") == true)
    day.run(200, busy)
    #expect(day.count(.fired) == 0)
    #expect(day.transitions.map(\.kind) == [.shelved])
    #expect(day.transitions.first?.alert.firedAt != nil)
    #expect(day.last.severity == .ok)
    day.run(101, busy)
    #expect(day.transitions.map(\.kind) == [.shelved, .reopened])
  }

  @Test("what was only pending when it was put aside, and never fires, is told to nobody")
  func pendingShelved() {
    var journal = SimpleJournal()
    var screen = AlertsJournalTests.Screen()
    for _ in 0..<10 { screen.tick(&journal, busy) }
    #expect(screen.day.perform(.shelve("cpu-high-1", seconds: 60))?.hasPrefix("shelved") == true)
    for _ in 0..<5 { screen.tick(&journal, busy) }
    #expect(screen.day.alert("cpu-high")?.state == .shelved)
    #expect(screen.day.perform(.undo)?.hasPrefix("undone") == true)
    _ = screen.day.perform(.shelve("cpu-high-1", seconds: 60))
    for _ in 0..<700 { screen.tick(&journal) { _ in } }
    #expect(journal.told.isEmpty)
    #expect(screen.day.transitions.isEmpty)
    #expect(screen.day.last.resolved.isEmpty)
  }

  @Test("one that never fired is not taken up from a list")
  func neverFired() {
    var alert = Alert(
      id: "cpu-high-4", rule: "cpu-high", severity: .warning, category: .performance,
      state: .shelved, since: Moment(nanoseconds: 1), value: 97, threshold: 80, message: "busy")
    alert.shelvedUntil = Moment(nanoseconds: 2)
    var news = AlertNews()
    news.alerts = [alert]
    var day = AlertsDay()
    day.tick()
    day.monitor.learn(news, at: day.now)
    day.run(400)
    #expect(day.transitions.isEmpty)
  }

  @Test("a shelf ends with its alert, and the next one is heard")
  func shelfEnds() {
    var day = Self.firing()
    _ = day.perform(.shelve("cpu-high-1", seconds: 8 * 3600))
    day.run(301 + 61)
    #expect(day.last.active.isEmpty)
    day.run(61, busy)
    #expect(day.alert("cpu-high")?.state == .firing)
    #expect(day.count(.fired, "cpu-high") == 2)
  }

  @Test("a shelf ends with its process: the next one's trouble is heard")
  func shelfOfProcess() {
    let high: (inout AlertsInput) -> Void = { $0.readings.memory.used = Ratio(0.97) }
    var day = AlertsDay()
    day.run(30, high)
    _ = day.perform(.shelve("memory-critical-1", seconds: 8 * 3600))
    day.generation = 2
    day.run(30, high)
    #expect(day.alert("memory-critical")?.state == .firing)
    #expect(day.count(.fired, "memory-critical") == 2)
  }

  @Test("undo takes back the last acknowledge, then the one before")
  func undo() {
    var day = Self.firing()
    _ = day.perform(.acknowledge("cpu-high-1"))
    _ = day.perform(.shelve("thermal-high-1", seconds: 600))
    #expect(day.perform(.undo)?.hasPrefix("undone: thermal high") == true)
    day.tick(Self.keep)
    #expect(day.alert("thermal-high")?.state == .firing)
    #expect(day.alert("cpu-high")?.state == .acknowledged)
    #expect(
      day.perform(.undo) == "undone: cpu high is no longer acknowledged (by pi)")
    day.tick(Self.keep)
    #expect(day.alert("cpu-high")?.state == .firing)
    #expect(day.perform(.undo) == "refused: nothing to undo")
  }

  @Test("undo of acknowledging all takes all of it back")
  func undoAll() {
    var day = Self.firing()
    _ = day.perform(.acknowledgeAll)
    #expect(
      day.perform(.undo) == "undone: 2 alerts are no longer acknowledged (by pi)")
    day.tick(Self.keep)
    #expect(day.last.active.allSatisfy { $0.state == .firing })
    #expect(day.count(.undone) == 2)
  }

  @Test("undo can not bring back what is over")
  func undoTooLate() {
    var day = Self.firing()
    _ = day.perform(.acknowledge("cpu-high-1"))
    day.run(400)
    #expect(day.perform(.undo) == "refused: what was acknowledged is over")
    #expect(day.last.active.isEmpty)
  }
}
