import Monitors
import Testing

@Suite("Alerts") struct AlertsMonitorTests {
  @Test("a calm day is a quiet day")
  func calm() {
    var day = AlertsDay()
    day.run(1200)
    #expect(day.transitions.isEmpty)
    #expect(day.last.active.isEmpty)
    #expect(day.last.severity == .ok)
    #expect(day.last.rules >= 20)
    #expect(day.last.headline.text.hasPrefix("no alerts"))
  }

  @Test("trouble is pending, then fires, then resolves once it has been well for long enough")
  func life() throws {
    var day = AlertsDay()
    day.run(5)
    day.tick(busy)
    let pending = try #require(day.alert("cpu-high"))
    #expect(pending.state == .pending)
    #expect(day.last.severity == .ok)
    #expect(day.last.headline.text == "1 pending, \(day.last.rules) rules watch")
    day.run(59, busy)
    #expect(day.alert("cpu-high")?.state == .pending)
    day.tick(busy)
    let firing = try #require(day.alert("cpu-high"))
    #expect(firing.state == .firing)
    #expect(firing.since == pending.since)
    #expect(firing.id == pending.id)
    #expect(day.last.severity == .warning)
    #expect(abs(firing.value - 97) < 0.001)
    #expect(firing.threshold == 80)
    #expect(day.last.headline.text.contains("97 %"))
    day.run(299)
    #expect(day.alert("cpu-high")?.state == .firing)
    day.run(1)
    #expect(day.alert("cpu-high") == nil)
    let ended = try #require(day.last.resolved.first)
    #expect(ended.id == firing.id)
    #expect(ended.state == .resolved)
    #expect(ended.ended == day.now)
    #expect(day.transitions.map(\.kind) == [.fired, .resolved])
  }

  @Test(
    "an alert that is only kept firing says until when, and its worst, not what is no longer so")
  func clearing() throws {
    var day = AlertsDay()
    day.run(70, busy)
    day.tick { $0.readings.vitals.cpu = .fresh(Ratio(0.99)) }
    day.tick(busy)
    #expect(day.alert("cpu-high")?.clearingSince == nil)
    #expect(day.alert("cpu-high")?.message.text == "processors 97 % busy")
    day.tick()
    let well = day.now
    day.run(40)
    let kept = try #require(day.alert("cpu-high"))
    #expect(kept.state == .firing)
    #expect(kept.stateWord == "clearing")
    #expect(kept.clearingSince == well)
    #expect(abs((kept.clearsIn ?? 0) - 259) < 0.001)
    #expect(kept.message.text == "was: processors 99 % busy, until \(Units.clock(wall: well.wall))")
    #expect(kept.value < 80 && abs(kept.worst - 99) < 0.001)
    #expect(day.last.headline.text.hasPrefix("was: "))
    day.tick(busy)
    #expect(day.alert("cpu-high")?.clearingSince == nil)
    #expect(day.alert("cpu-high")?.message.text == "processors 97 % busy")
    day.run(300)
    let over = try #require(day.last.resolved.first)
    #expect(over.clearingSince == nil)
    #expect(over.message.text == "processors 99 % busy")
  }

  @Test("what has happened has still happened when it is over")
  func event() {
    var day = AlertsDay()
    day.run(5)
    let killed: (inout AlertsInput) -> Void = { $0.readings.sample.system.oomKills = .fresh(4) }
    day.run(100, killed)
    #expect(day.alert("machine-oom-kill")?.clearingSince != nil)
    #expect(day.alert("machine-oom-kill")?.message.text.hasPrefix("the kernel killed") == true)
  }

  @Test("its age counts from where its event is")
  func age() throws {
    var day = AlertsDay()
    day.run(70, busy)
    let firing = try #require(day.alert("cpu-high"))
    #expect(firing.began == day.transitions.first?.at)
    #expect(firing.since < firing.began)
  }

  @Test("one good sample resets what is pending")
  func oneGoodSample() {
    var day = AlertsDay()
    for _ in 0..<20 {
      day.run(59, busy)
      day.tick()
    }
    #expect(day.count(.fired) == 0)
  }

  @Test("between the clear threshold and the threshold an alert stays")
  func hysteresis() {
    var day = AlertsDay()
    day.run(61, busy)
    day.run(1000) { $0.readings.vitals.cpu = .fresh(Ratio(0.77)) }
    #expect(day.alert("cpu-high")?.state == .firing)
    day.run(301) { $0.readings.vitals.cpu = .fresh(Ratio(0.74)) }
    #expect(day.alert("cpu-high") == nil)
  }

  @Test("what can't be read neither fires nor clears")
  func missing() {
    var day = AlertsDay()
    day.run(30, busy)
    day.run(200) { $0.readings.vitals.cpu = .missing(.timedOut) }
    #expect(day.count(.fired, "cpu-high") == 0)
    day.run(31, busy)
    #expect(day.count(.fired, "cpu-high") == 1)
    day.run(2000) { $0.readings.vitals.cpu = .fresh(Ratio(.nan)) }
    day.run(61, busy)
    day.run(1000) { $0.readings.vitals.cpu = .missing(.timedOut) }
    #expect(day.alert("cpu-high")?.state == .firing)
  }

  @Test("what stops being measured is a note of its own after five ticks")
  func noData() {
    var day = AlertsDay()
    day.run(10)
    day.run(5) { $0.readings.vitals.cpu = .missing(.timedOut) }
    #expect(day.alert("no-data") == nil)
    day.tick { $0.readings.vitals.cpu = .missing(.timedOut) }
    #expect(day.alert("no-data")?.severity == .info)
    day.run(10)
    #expect(day.alert("no-data") == nil)
  }

  @Test("what was never measured is no missing data")
  func neverMeasured() {
    var day = AlertsDay()
    day.run(600) {
      $0.readings.thermal.hottest = .missing(.notSupported)
      $0.readings.thermal.throttledNow = nil
    }
    #expect(day.transitions.isEmpty)
  }

  @Test(
    "C15: a wall clock jump fires no alert and resolves none", arguments: [3600.0, -3600, 86400])
  func wallClock(_ jump: Double) {
    var day = AlertsDay()
    day.run(30, busy)
    day.wall += jump
    day.run(10, busy)
    #expect(day.count(.fired) == 0)
    day.run(30, busy)
    #expect(day.count(.fired) == 1)
    _ = day.perform(.acknowledgeAll)
    day.wall += jump
    day.run(200)
    #expect(day.count(.resolved) == 0)
    #expect(day.alert("cpu-high")?.state == .acknowledged)
  }

  @Test("C16: after a suspend no alert fires from the first rates")
  func suspend() {
    var day = AlertsDay()
    day.run(50, busy)
    day.tick(after: 20) { input in
      busy(&input)
      input.readings.storage.stall = StorageStall(seconds: 20, evidence: "state D")
      input.readings.memory.growth = .fresh(BytesPerSecond(1e9))
    }
    #expect(day.last.active.isEmpty)
    day.run(59, busy)
    #expect(day.count(.fired) == 0)
    day.run(2, busy)
    #expect(day.count(.fired, "cpu-high") == 1)
  }

  @Test("C16: a gap does not resolve an alert either")
  func suspendWhileFiring() {
    var day = AlertsDay()
    day.run(61, busy)
    day.run(100)
    day.tick(after: 1000)
    #expect(day.alert("cpu-high")?.state == .firing)
    day.run(299)
    #expect(day.alert("cpu-high")?.state == .firing)
    day.run(2)
    #expect(day.alert("cpu-high") == nil)
  }

  @Test("durations are seconds at any interval", arguments: [0.1, 0.5, 5.0, 10.0])
  func intervals(_ interval: Double) {
    var day = AlertsDay()
    day.interval = interval
    let began = day.seconds
    while day.count(.fired) == 0, day.seconds - began < 300 { day.tick(busy) }
    #expect(day.seconds - began >= 60)
    #expect(day.seconds - began <= 61 + 2 * interval)
  }

  @Test("ids are unique in a run, and one that only was pending uses none up")
  func ids() {
    var day = AlertsDay()
    for _ in 0..<5 {
      day.run(30, busy)
      day.run(30)
    }
    for _ in 0..<3 {
      day.run(240, busy)
      day.run(301 + 61)
    }
    let fired = day.transitions.filter { $0.kind == .fired }.map(\.alert.id)
    #expect(fired == ["cpu-high-1", "cpu-high-2", "cpu-high-3"])
  }

  @Test("the worst stands first, then the oldest; what is only pending stands last")
  func order() {
    var day = AlertsDay()
    day.run(70, busy)
    let high: (inout AlertsInput) -> Void = { input in
      busy(&input)
      input.readings.memory.used = Ratio(0.97)
    }
    day.run(25, high)
    day.run(10) { input in
      high(&input)
      input.readings.memory.growth = .fresh(BytesPerSecond(1e6))
    }
    #expect(
      day.last.active.map(\.rule) == ["memory-critical", "cpu-high", "memory-growth"])
    #expect(day.last.active.map(\.state) == [.firing, .firing, .pending])
    #expect(day.last.severity == .critical)
  }

  @Test("a worse alert silences those it explains, and they speak again when it ends")
  func inhibition() {
    var day = AlertsDay()
    let high: (inout AlertsInput) -> Void = { input in
      input.readings.memory.used = Ratio(0.90)
      input.readings.sample.system.memoryPressure = .fresh(
        PressureSample(some10: 50, some60: 40, full10: 2, someTotal: 1))
    }
    day.run(65, high)
    #expect(day.alert("memory-high")?.state == .firing)
    day.run(30) { input in
      high(&input)
      input.readings.memory.used = Ratio(0.97)
    }
    #expect(day.last.active.map(\.rule) == ["memory-critical"])
    day.run(300) { input in
      high(&input)
      input.readings.memory.used = Ratio(0.85)
    }
    #expect(day.last.active.map(\.rule) == ["memory-high"])
    #expect(day.count(.fired, "memory-high") == 1)
  }

  @Test("an unattended warning becomes critical, and never an emergency by age alone")
  func escalation() {
    var day = AlertsDay()
    day.run(60 + 901, busy)
    #expect(day.alert("cpu-high")?.severity == .critical)
    #expect(day.count(.escalated) == 1)
    day.run(601, busy)
    #expect(day.count(.repeated) == 1)
    day.run(3000, busy)
    #expect(day.alert("cpu-high")?.severity == .critical)
    #expect(day.count(.repeated) == 2)
    #expect(day.count(.escalated) == 1)
    #expect(day.count(.fired) == 1)
  }

  @Test("flapping doubles the time it takes to fire, and an hour of quiet halves it")
  func flapping() {
    var day = AlertsDay()
    let time: (inout AlertsDay) -> Int = { day in
      var ticks = 0
      let before = day.count(.fired) + day.count(.reopened)
      while day.count(.fired) + day.count(.reopened) == before, ticks < 1000 {
        day.tick(busy)
        ticks += 1
      }
      day.run(301)
      return ticks
    }
    #expect((0..<3).map { _ in time(&day) } == [61, 61, 61])
    #expect(time(&day) == 121)
    day.run(3700)
    #expect(time(&day) == 61)
  }

  @Test("nothing is said of a target that has ended but how it ended")
  func targetEnded() throws {
    var day = AlertsDay()
    day.run(200) { $0.readings.memory.used = Ratio(0.85) }
    #expect(day.alert("memory-steady") != nil)
    day.target = .ended(who: "camera (42)", how: "killed by SIGSEGV", isFailure: true)
    day.run(100) { $0.readings.memory.used = nil }
    #expect(day.last.active.map(\.rule) == ["target-failed"])
    let alert = try #require(day.alert("target-failed"))
    #expect(alert.severity == .critical)
    #expect(alert.category == .component)
    #expect(alert.message.text == "camera (42) killed by SIGSEGV")
    day.target = .watched
    day.generation = 2
    day.run(2)
    #expect(day.last.active.isEmpty)
  }

  @Test("how a target ended decides how loud that is")
  func ends() {
    for (isFailure, severity) in [(true, Severity.critical), (nil, .warning), (false, .info)] {
      var day = AlertsDay()
      day.run(3)
      day.target = .ended(who: "x", how: "ended", isFailure: isFailure)
      day.run(2)
      #expect(day.last.active.map(\.severity) == [severity])
    }
  }

  @Test("a new generation begins with a clean record")
  func generation() {
    var day = AlertsDay()
    let high: (inout AlertsInput) -> Void = { $0.readings.memory.used = Ratio(0.97) }
    day.run(19, high)
    day.generation = 2
    day.run(15, high)
    #expect(day.count(.fired) == 0)
    day.run(10, high)
    #expect(day.count(.fired) == 1)
  }

  @Test("a machine without a target says nothing of one")
  func machineOnly() {
    var day = AlertsDay()
    day.target = .none
    day.run(300) { input in
      input.readings.memory.used = Ratio(0.99)
      busy(&input)
    }
    #expect(day.last.active.map(\.rule) == ["cpu-high"])
  }

  @Test("the document has every key that is promised")
  func document() {
    var day = AlertsDay()
    day.run(61, busy)
    _ = day.perform(.acknowledge("cpu-high-1"))
    day.tick(busy)
    var document = Document(path: "alerts")
    day.last.describe(into: &document)
    guard case .list(let list)? = JSONValue.object(document.fields)["active"],
      case .object(let fields)? = list.first
    else {
      Issue.record("no active alert in the document")
      return
    }
    #expect(
      fields.map(\.name) == [
        "id", "rule", "severity", "category", "state", "since", "fired", "clearing_since", "value",
        "worst_value", "threshold", "message", "actions", "acknowledged_by", "acknowledged_at",
        "shelved_by", "shelved_until", "ended", "count", "latched", "note", "group", "label",
        "subject",
      ])
    let alert = JSONValue.object(fields)
    #expect(alert["id"] == .text("cpu-high-1"))
    #expect(alert["state"] == .text("acknowledged"))
    #expect(alert["clearing_since"] == .null)
    #expect(alert["acknowledged_by"] == .text("pi"))
    #expect(alert["category"] == .text("performance"))
    #expect(alert["since"] == .text(Units.timestamp(wall: day.last.active[0].since.wall)))
  }
}
