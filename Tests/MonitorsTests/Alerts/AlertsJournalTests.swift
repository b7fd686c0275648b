import TestSupport
import Testing

@testable import Monitors

/// A journal as simple as it can be: the last that was told of each alert.
struct SimpleJournal {
  var open: [AlertKey: Alert] = [:]
  var numbers: [String: Int] = [:]
  var told: [String] = []
  var closed: [Alert] = []

  mutating func record(_ transitions: [AlertTransition]) {
    for transition in transitions where !transition.isLearned {
      var alert = transition.alert
      let known = open[alert.key]
      let isOver = transition.kind == .resolved || transition.kind == .ended
      if known == nil ? isOver : transition.kind == .fired { continue }
      if known == nil, transition.kind == .fired || transition.kind == .shelved {
        numbers[alert.rule, default: 0] += 1
        alert.id = "\(alert.rule)-\(numbers[alert.rule] ?? 0)"
      } else if let known {
        alert.id = known.id
      }
      told.append("\(transition.kind.rawValue) \(alert.id)")
      closed.removeAll { $0.id == alert.id }
      open[alert.key] = isOver ? nil : alert
      if isOver { closed.append(alert) }
    }
  }

  func news(through serial: UInt64) -> AlertNews {
    var news = AlertNews()
    news.through = serial
    news.alerts = Array(open.values) + closed
    return news
  }
}

@Suite("Alerts that several screens share") struct AlertsJournalTests {
  /// A screen of its own at the same machine.
  struct Screen {
    var day = AlertsDay()
    var serial: UInt64 = 0

    mutating func tick(_ journal: inout SimpleJournal, _ change: (inout AlertsInput) -> Void) {
      day.tick(change)
      exchange(&journal)
    }

    mutating func exchange(_ journal: inout SimpleJournal) {
      journal.record(day.monitor.stamp(from: &serial))
      day.monitor.learn(journal.news(through: serial), at: day.now)
    }
  }

  @Test("every transition has a serial, and is handed out once")
  func stamping() {
    var day = AlertsDay()
    var serial: UInt64 = 7
    day.run(61, busy)
    let first = day.monitor.stamp(from: &serial)
    #expect(first.map(\.kind) == [.fired])
    #expect(first.map(\.serial) == [8])
    _ = day.perform(.acknowledgeAll)
    let second = day.monitor.stamp(from: &serial)
    #expect(second.map(\.kind) == [.acknowledged])
    #expect(day.monitor.stamp(from: &serial).isEmpty)
    day.tick(busy)
    #expect(day.monitor.transitions.map(\.kind) == [.acknowledged])
    #expect(day.monitor.stamp(from: &serial).isEmpty)
    #expect(serial == 9)
  }

  @Test("what one accepts the other sees with who it was, and taking it back too")
  func shared() throws {
    var journal = SimpleJournal()
    var (one, two) = (Screen(), Screen())
    for _ in 0..<65 {
      one.tick(&journal, busy)
      two.tick(&journal, busy)
    }
    #expect(journal.told == ["fired cpu-high-1"])
    _ = one.day.monitor.perform(.acknowledge("cpu-high-1"), by: "root", at: one.day.now)
    one.exchange(&journal)
    two.exchange(&journal)
    let seen = try #require(two.day.monitor.reading().active.first)
    #expect(seen.state == .acknowledged)
    #expect(seen.acknowledgedBy == "root")
    _ = one.day.monitor.perform(.undo, by: "root", at: one.day.now)
    one.exchange(&journal)
    two.exchange(&journal)
    #expect(two.day.monitor.reading().active.first?.state == .firing)
    _ = two.day.monitor.perform(.shelve("cpu-high-1", seconds: 600), by: "pi", at: two.day.now)
    _ = two.day.monitor.perform(.note("cpu-high-1", text: "known"), by: "pi", at: two.day.now)
    two.exchange(&journal)
    one.exchange(&journal)
    let shelved = try #require(one.day.monitor.reading().active.first)
    #expect(shelved.state == .shelved)
    #expect(shelved.shelvedBy == "pi")
    #expect(shelved.note == "known")
  }

  @Test("news that is older than what was done here changes nothing")
  func staleNews() {
    var journal = SimpleJournal()
    var screen = Screen()
    for _ in 0..<62 { screen.tick(&journal, busy) }
    let old = journal.news(through: screen.serial)
    _ = screen.day.perform(.acknowledgeAll)
    screen.day.monitor.learn(old, at: screen.day.now)
    #expect(screen.day.monitor.reading().active.first?.state == .acknowledged)
    _ = screen.day.monitor.stamp(from: &screen.serial)
    screen.day.monitor.learn(old, at: screen.day.now)
    #expect(screen.day.monitor.reading().active.first?.state == .acknowledged)
  }

  @Test("a journal's id takes the place of the own, which still works")
  func ids() {
    var journal = SimpleJournal()
    journal.numbers["cpu-high"] = 41
    var screen = Screen()
    for _ in 0..<61 { screen.day.tick(busy) }
    #expect(screen.day.alert("cpu-high")?.id == "cpu-high-1")
    screen.exchange(&journal)
    let alert = screen.day.monitor.reading().active.first
    #expect(alert?.id == "cpu-high-42")
    #expect(alert?.formerID == "cpu-high-1")
    #expect(screen.day.perform(.acknowledge("cpu-high-1"))?.hasPrefix("acknowledged") == true)
    screen.day.run(400)
    screen.day.run(61, busy)
    #expect(screen.day.alert("cpu-high")?.id == "cpu-high-43")
  }

  @Test("one that starts later goes on where the others stand, without a word")
  func later() throws {
    var journal = SimpleJournal()
    var one = Screen()
    for _ in 0..<70 { one.tick(&journal, busy) }
    _ = one.day.perform(.acknowledgeAll)
    one.exchange(&journal)
    var two = Screen()
    two.day.seconds = one.day.seconds
    two.exchange(&journal)
    two.tick(&journal, busy)
    let alert = try #require(two.day.alert("cpu-high"))
    #expect(alert.state == .acknowledged)
    #expect(alert.id == "cpu-high-1")
    #expect(two.day.transitions.isEmpty)
    for _ in 0..<301 { two.tick(&journal) { _ in } }
    #expect(journal.told.last == "resolved cpu-high-1")
  }

  @Test("what was over when somebody attended to it has been over since then for who comes later")
  func laterThanTrouble() throws {
    var journal = SimpleJournal()
    var one = Screen()
    for _ in 0..<70 { one.tick(&journal, busy) }
    for _ in 0..<20 { one.tick(&journal) { _ in } }
    let before = try #require(one.day.alert("cpu-high"))
    #expect(before.message.text.hasPrefix("was: processors "))
    _ = one.day.perform(.acknowledgeAll)
    one.exchange(&journal)
    let known = try #require(journal.open.values.first)
    let kept = try #require(Alert(record: known.record))
    journal.open = [kept.key: kept]
    var two = Screen()
    two.day.seconds = one.day.seconds + 60
    two.exchange(&journal)
    two.tick(&journal) { _ in }
    let after = try #require(two.day.alert("cpu-high"))
    #expect(after.message == before.message)
    #expect(after.clearingSince == before.clearingSince)
  }

  @Test("what others have closed and is over soon is not told, and the next one is")
  func closedElsewhere() {
    var journal = SimpleJournal()
    var screen = Screen()
    for _ in 0..<62 { screen.tick(&journal, busy) }
    var closed = screen.day.last.active[0]
    closed.id = "cpu-high-1"
    (closed.state, closed.ended) = (.resolved, screen.day.now)
    journal.open = [:]
    journal.closed = [closed]
    screen.exchange(&journal)
    for _ in 0..<50 { screen.tick(&journal, busy) }
    #expect(screen.day.alert("cpu-high")?.state == .firing)
    for _ in 0..<301 { screen.tick(&journal) { _ in } }
    #expect(screen.day.alert("cpu-high") == nil)
    for _ in 0..<61 { screen.tick(&journal, busy) }
    #expect(journal.told == ["fired cpu-high-1", "fired cpu-high-2"])
  }

  @Test("an open alert of another process waits until that is watched")
  func otherProcess() {
    var alert = Alert(
      id: "memory-critical-9", rule: "memory-critical", severity: .critical, category: .resource,
      state: .firing, since: Moment(nanoseconds: 1), value: 0.97, threshold: 0.95,
      message: "memory 97 %")
    alert.subject = .process(pid: 42, startTicks: 2)
    alert.firedAt = Moment(nanoseconds: 2)
    var news = AlertNews()
    news.alerts = [alert]
    var day = AlertsDay()
    day.run(3)
    day.monitor.learn(news, at: day.now)
    day.tick()
    #expect(day.last.active.isEmpty)
    day.generation = 2
    day.tick { $0.readings.memory.used = Ratio(0.97) }
    #expect(day.alert("memory-critical")?.id == "memory-critical-9")
    #expect(day.count(.fired) == 0)
  }

  @Test("a latched alert that nothing here is about is shown, and can be accepted")
  func elsewhere() {
    var alert = Alert(
      id: "fire-3", rule: "fire", severity: .emergency, category: .safety, state: .firing,
      since: Moment(nanoseconds: 1), value: 1, threshold: 0, message: "smoke")
    alert.isLatched = true
    var news = AlertNews()
    news.alerts = [alert]
    news.standing = .shared(path: "/var/lib/perftop/alerts.db")
    var day = AlertsDay()
    day.tick()
    day.monitor.learn(news, at: day.now)
    day.tick()
    #expect(day.last.elsewhere.map(\.id) == ["fire-3"])
    #expect(day.last.severity == .emergency)
    #expect(day.last.standing == news.standing)
    #expect(day.perform(.acknowledgeAll) == "acknowledged: fire (by pi)")
    day.tick()
    #expect(day.last.active.isEmpty)
    #expect(day.transitions.map(\.kind) == [.acknowledged])
  }

  @Test("crash after crash nothing is lost and nothing is told twice", arguments: 0..<4)
  func crashes(_ seed: Int) {
    var random = SeededNoise(seed: UInt64(seed))
    var journal = SimpleJournal()
    var screens = [Screen(), Screen()]
    var load = 0.2
    for _ in 0..<2500 {
      if random.uniform() < 0.005 { load = random.uniform() < 0.5 ? 0.97 : 0.2 }
      for place in screens.indices {
        if random.uniform() < 0.004 {
          let (seconds, wall) = (screens[place].day.seconds, screens[place].day.wall)
          screens[place] = Screen()
          (screens[place].day.seconds, screens[place].day.wall) = (seconds, wall)
          screens[place].exchange(&journal)
        }
        if random.uniform() < 0.01 { _ = screens[place].day.perform(.acknowledgeAll) }
        screens[place].tick(&journal) { $0.readings.vitals.cpu = .fresh(Ratio(load)) }
      }
    }
    let fired = journal.told.filter { $0.hasPrefix("fired") }
    #expect(Set(fired).count == fired.count)
    #expect(!fired.isEmpty)
    let resolved = journal.closed.map(\.id)
    #expect(fired.count - Set(resolved).count <= 1)
  }
}
