import TestSupport
import Testing

@testable import Monitors

@Suite("What others see of the same alert and this one does not") struct AlertsOthersTests {
  typealias Screen = AlertsJournalTests.Screen

  private static func stalledGroup(_ input: inout AlertsInput) {
    guard var target = input.readings.sample.target.current else { return }
    var group = CgroupSample()
    group.memoryPressure = AlertRulesTests.stalls(some60: 60, full10: 45)
    target.cgroup = .fresh(group)
    input.readings.sample.target = .fresh(target)
    AlertsLifeTests.flowing(&input)
  }

  @Test("a group that stands still is its target's emergency, and no other target's to end")
  func group() throws {
    var journal = SimpleJournal()
    var (one, two) = (Screen(), Screen())
    two.day.generation = 2
    for _ in 0..<150 {
      one.tick(&journal, Self.stalledGroup)
      two.tick(&journal, AlertsLifeTests.flowing)
    }
    let alert = try #require(one.day.alert("memory-stalled"))
    #expect(alert.severity == .emergency)
    #expect(alert.message == "the target's group waits for memory 45 % of the time")
    #expect(two.day.last.active == two.day.last.elsewhere)
    _ = two.day.perform(.acknowledgeAll)
    _ = one.day.perform(.acknowledgeAll)
    for _ in 0..<300 {
      one.tick(&journal, Self.stalledGroup)
      two.tick(&journal, AlertsLifeTests.flowing)
    }
    #expect(!journal.told.contains { $0.hasPrefix("resolved") })
    #expect(one.day.alert("memory-stalled")?.state == .acknowledged)
  }

  @Test("a machine that stands still is everybody's emergency, told once")
  func machine() {
    var day = AlertsDay()
    day.run(10) { input in
      Self.stalledGroup(&input)
      AlertsLifeTests.stalled(&input)
    }
    #expect(day.alarms.map(\.rule) == ["memory-emergency"])
    #expect(day.alarms.first?.subject == .machine)
  }

  private static func screens(_ limits: [Double]) -> [Screen] {
    limits.map { limit in
      var settings = AlertsConfig()
      settings.cpuWarningPercent = limit
      return Screen(
        day: AlertsDay(rules: AlertRules.all(settings).filter { $0.name == "cpu-high" }))
    }
  }

  private static func run(
    _ ticks: Int, _ screens: inout [Screen], _ journal: inout SimpleJournal, load: Double
  ) {
    for _ in 0..<ticks {
      for place in screens.indices {
        screens[place].tick(&journal) { $0.readings.vitals.cpu = .fresh(Ratio(load)) }
      }
    }
  }

  @Test("one with a higher threshold may end it once, and where it goes on leaves that to others")
  func thresholds() {
    var journal = SimpleJournal()
    var screens = Self.screens([80, 98])
    Self.run(62, &screens, &journal, load: 0.9)
    #expect(screens[1].day.alert("cpu-high")?.id == "cpu-high-1")
    Self.run(301 + 61, &screens, &journal, load: 0.9)
    #expect(
      journal.told == ["fired cpu-high-1", "resolved cpu-high-1", "reopened cpu-high-1"])
    #expect(screens.allSatisfy { $0.day.alert("cpu-high")?.state == .firing })
    _ = screens[1].day.perform(.acknowledgeAll)
    Self.run(500, &screens, &journal, load: 0.9)
    #expect(journal.told.count { $0.hasPrefix("resolved") } == 1)
    #expect(screens[0].day.alert("cpu-high")?.state == .acknowledged)
    Self.run(301, &screens, &journal, load: 0.2)
    #expect(journal.open.isEmpty)
    #expect(journal.told.count { $0.hasPrefix("resolved") } == 2)
  }

  @Test("what one accepted who thought that it was over goes on for the one that sees it")
  func latched() {
    var journal = SimpleJournal()
    var (one, two) = (Screen(), Screen())
    for _ in 0..<150 {
      one.tick(&journal, AlertsLifeTests.stalled)
      two.tick(&journal, AlertsLifeTests.flowing)
    }
    #expect(two.day.alert("memory-emergency")?.stateWord == "latched")
    _ = two.day.perform(.acknowledgeAll)
    for _ in 0..<10 {
      two.tick(&journal, AlertsLifeTests.flowing)
      one.tick(&journal, AlertsLifeTests.stalled)
    }
    #expect(journal.told.last == "reopened memory-emergency-1")
    #expect(one.day.alert("memory-emergency")?.id == "memory-emergency-1")
  }

  @Test("a latched alert that somebody else accepted is over here, too")
  func latchedElsewhere() {
    var journal = SimpleJournal()
    var (one, two) = (Screen(), Screen())
    for second in 0..<150 {
      let change = second < 10 ? AlertsLifeTests.stalled : AlertsLifeTests.flowing
      one.tick(&journal, change)
      two.tick(&journal, change)
    }
    #expect(two.day.alert("memory-emergency")?.stateWord == "latched")
    _ = one.day.perform(.acknowledgeAll)
    one.exchange(&journal)
    two.exchange(&journal)
    two.tick(&journal, AlertsLifeTests.flowing)
    #expect(two.day.last.active.isEmpty)
    #expect(two.day.last.resolved.map(\.id) == ["memory-emergency-1"])
    #expect(journal.told.count { $0.hasPrefix("resolved") } == 1)
  }

  @Test("what was closed elsewhere and opened again is heard of here again")
  func hushedAgain() {
    var journal = SimpleJournal()
    var screens = Self.screens([80, 80])
    Self.run(62, &screens, &journal, load: 0.9)
    for _ in 0..<301 { screens[1].tick(&journal) { _ in } }
    screens[0].exchange(&journal)
    for _ in 0..<61 { screens[1].tick(&journal, busy) }
    #expect(journal.told.last == "reopened cpu-high-1")
    screens[0].exchange(&journal)
    for _ in 0..<310 { screens[0].tick(&journal) { _ in } }
    #expect(journal.told.last == "resolved cpu-high-1")
  }

  @Test("who begins later repeats nothing of what was told already")
  func later() {
    var journal = SimpleJournal()
    let rules = AlertRules.all(AlertsConfig()).filter { $0.name == "thermal-critical" }
    var one = Screen(day: AlertsDay(rules: rules))
    let high: (inout AlertsInput) -> Void = { input in
      input.readings.thermal.hottest = .fresh(
        SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(95))))
    }
    for _ in 0..<7200 { one.tick(&journal, high) }
    #expect(journal.told.count { $0.hasPrefix("repeated") } == 2)
    var two = Screen(day: AlertsDay(rules: rules))
    (two.day.seconds, two.day.wall) = (one.day.seconds, one.day.wall)
    two.exchange(&journal)
    let told = journal.told.count
    for _ in 0..<1300 { two.tick(&journal, high) }
    #expect(journal.told.count == told)
    for _ in 0..<14_400 { two.tick(&journal, high) }
    #expect(journal.told.count { $0.hasPrefix("repeated") } == 3)
  }

  @Test(
    "a warning that became critical elsewhere is told again when it is due", arguments: [0, 700])
  func laterEscalated(_ more: Int) {
    var journal = SimpleJournal()
    var one = Self.screens([80])[0]
    for _ in 0..<(61 + 901 + more) { one.tick(&journal, busy) }
    var two = Self.screens([80])[0]
    (two.day.seconds, two.day.wall) = (one.day.seconds, one.day.wall)
    two.exchange(&journal)
    #expect(two.day.monitor.reading().active.first?.severity == .critical)
    let told = journal.told.count
    for _ in 0..<480 { two.tick(&journal, busy) }
    #expect(journal.told.count == told)
    for _ in 0..<150 { two.tick(&journal, busy) }
    #expect(journal.told.count == told + 1)
  }

  @Test("one that waits for a person since an earlier boot is not told again at once")
  func earlierBoot() {
    var day = AlertsDay()
    day.tick()
    var alert = Alert(
      id: "memory-emergency-7", rule: "memory-emergency", severity: .emergency,
      category: .resource, state: .firing, since: day.now.earlier(at: day.seconds - 200_000),
      value: 45, threshold: 30, message: "was: all tasks wait")
    alert.firedAt = alert.since
    alert.clearingSince = alert.since
    alert.isLatched = true
    var news = AlertNews()
    news.alerts = [alert]
    day.monitor.learn(news, at: day.now)
    day.run(600, AlertsLifeTests.flowing)
    #expect(day.alert("memory-emergency") != nil)
    #expect(day.transitions.isEmpty)
  }

  @Test("whatever each sees and whoever dies, what one sees is open and what nobody sees is closed")
  func openIffSeen() {
    for seed in 0..<6 {
      var random = SeededNoise(seed: UInt64(seed) << 32)
      var journal = SimpleJournal()
      let limits: [Double] = [80, 98]
      var screens = Self.screens(limits)
      for _ in 0..<40 {
        let load = [0.2, 0.9, 0.99][random.below(3)]
        Self.run(random.below(400), &screens, &journal, load: load)
        if random.uniform() < 0.2 {
          let place = random.below(2)
          var fresh = Self.screens([limits[place]])[0]
          (fresh.day.seconds, fresh.day.wall) = (
            screens[place].day.seconds, screens[place].day.wall
          )
          fresh.exchange(&journal)
          screens[place] = fresh
        }
        if random.uniform() < 0.3 { _ = screens[random.below(2)].day.perform(.acknowledgeAll) }
      }
      Self.run(700, &screens, &journal, load: 0.9)
      // What one has just closed who sees nothing is open again a minute later.
      if journal.open.isEmpty { Self.run(62, &screens, &journal, load: 0.9) }
      #expect(!journal.open.isEmpty, "seed \(seed)")
      Self.run(1500, &screens, &journal, load: 0.2)
      #expect(journal.open.isEmpty, "seed \(seed)")
    }
  }
}
