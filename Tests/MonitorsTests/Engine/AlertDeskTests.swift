import TestSupport
import Testing

@testable import Monitors

@Suite("Where alerts go beyond a program")
struct AlertDeskTests {
  private static func channel(_ name: String) -> ChannelSettings {
    ChannelSettings(name: name, means: .command(["/bin/true"]))
  }

  @Test("the journal is kept for as long, and tells those channels, as the settings say")
  func plan() {
    var config = Config()
    #expect(AlertDesk.plan(nil, config).days == 30)
    config.alerts.historyDays = 3
    config.delivery.channels = [Self.channel("lamp")]
    let plan = AlertDesk.plan(nil, config)
    #expect(plan.days == 3)
    let alert = Deliveries.alert("cpu-high-1", .critical)
    let heard = plan.recipients(AlertTransition(.fired, at: alert.since, alert: alert))
    #expect(heard == [Self.channel("lamp").key])
  }
}

/// Two engines with one list, on one pretended machine.
@Suite("Alerts that several screens share")
struct SharedAlertsTests {
  private let machine = FakeMachine()
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  /// A screen's engine, its desk, and what it shows.
  private final class Screen {
    var engine: Engine
    let desk: AlertDesk
    var shown: [Snapshot] = []

    init(_ machine: FakeMachine, _ place: JournalPlace, channels: [ChannelSettings] = []) throws {
      var config = Config()
      config.delivery.channels = channels
      config.memory.maximum = Bytes(1_000_000_000)
      config.alerts.patience.critical = 0
      let first = try TargetFinder(host: machine.host).attach(42, scratch: Scratch())
      let sampler = Sampler(
        host: machine.host, config: config, targets: [WatchedTarget(.pid(42), first: first)],
        inlineWorkers: true)
      engine = Engine(source: sampler, host: machine.host, config: config)
      desk = AlertDesk(host: machine.host, config, place: place, tellsOthers: false)
      engine.desk = desk
    }

    func alert(_ rule: String) -> Alert? {
      shown.first?.alerts.active.first { $0.rule == rule }
    }

    func tick(_ time: FakeTime) { shown = engine.tick(at: time.now(), late: 0) }

    func learn(_ time: FakeTime) {
      let news = engine.learnAlerts(at: time.now())
      if !news.isEmpty { shown = news }
    }
  }

  /// Ticks until something holds: the journal's thread is a real one.
  private func waits(_ screens: [Screen], until isSo: () -> Bool) -> Bool {
    for _ in 0..<Int(1500 * Patience.factor) {
      machine.time.advance(by: 0.1)
      for screen in screens {
        screen.tick(machine.time)
        screen.learn(machine.time)
      }
      if isSo() { return true }
      LiveTime().wait(nanoseconds: 20_000_000)
    }
    return false
  }

  @Test("one accepts, the other sees who did; a third that comes later has the same list")
  func shared() throws {
    machine.robot { $0.residentKilobytes = 1_960_000 }
    let place = JournalPlace("\(folder.path)/journal", owner: "pi")
    let (one, other) = (try Screen(machine, place), try Screen(machine, place))
    let rule = "memory-critical"
    #expect(
      waits([one, other]) {
        [one, other].allSatisfy { $0.alert(rule)?.state == .firing }
          && one.alert(rule)?.id == other.alert(rule)?.id
          && other.shown.first?.alerts.journal.contains { $0.kind == .fired } == true
      })
    let id = try #require(one.alert(rule)?.id)
    one.shown = one.engine.perform(
      .acknowledge(id), by: "ada from 10.0.0.7", at: machine.time.now())
    #expect(one.alert(rule)?.state == .acknowledged)
    #expect(waits([one, other]) { other.alert(rule)?.acknowledgedBy == "ada from 10.0.0.7" })
    let third = try Screen(machine, place)
    #expect(waits([third]) { third.alert(rule)?.acknowledgedBy == "ada from 10.0.0.7" })
    #expect(third.alert(rule)?.id == id)
    let history = third.shown.first?.alerts.journal ?? []
    #expect(history.contains { $0.kind == .acknowledged && $0.by == "ada from 10.0.0.7" })
    #expect(history.count { $0.kind == .fired && $0.alert.rule == rule } == 1)
    #expect(
      third.shown.first?.alerts.standing
        == .isPrivate(path: "\(Printable(place.path))/alerts.db", owner: "pi"))
  }

  private func waiting(_ place: JournalPlace) -> Int {
    let boot = BootIdentity(machine.host)
    let journal = try? AlertJournal(place, boot: boot, writer: "test", making: false)
    let tallies = journal?.deliveryTallies(at: machine.time.now()) ?? [:]
    return tallies.values.map(\.pending).reduce(0, +)
  }

  @Test("a screen without channels takes no message from the channels of another")
  func channels() throws {
    machine.robot { $0.residentKilobytes = 1_960_000 }
    let place = JournalPlace("\(folder.path)/journal", owner: "pi")
    let rule = "memory-critical"
    let silent = try Screen(machine, place)
    #expect(waits([silent]) { silent.alert(rule)?.state == .firing })
    let isWritten = {
      silent.shown.first?.alerts.journal.contains { $0.kind == .fired } == true
    }
    #expect(waits([silent], until: isWritten))
    #expect(waiting(place) == 0)
    let known = silent.shown.first?.alerts.active.filter { $0.severity >= .warning }.count ?? 0
    let pagers = try (0..<2).map { _ in
      try Screen(machine, place, channels: [Deliveries.team])
    }
    #expect(waits(pagers) { waiting(place) >= known })
    _ = waits(pagers) { pagers.allSatisfy { $0.alert(rule)?.state == .firing } }
    for screen in pagers { screen.desk.finish(sendingWithin: 0, within: 10) }
    let journal = try #require(
      try AlertJournal(place, boot: BootIdentity(machine.host), writer: "test"))
    let owed = try journal.deliveries("WHERE channel = ?", [.text(Deliveries.team.key)])
    #expect(Set(owed.map(\.event)).count == owed.count && !owed.isEmpty)
  }

  @Test("what one takes back is open again for the other")
  func undone() throws {
    machine.robot { $0.residentKilobytes = 1_960_000 }
    let place = JournalPlace("\(folder.path)/journal", owner: "pi")
    let (one, other) = (try Screen(machine, place), try Screen(machine, place))
    let rule = "memory-critical"
    #expect(waits([one, other]) { [one, other].allSatisfy { $0.alert(rule)?.state == .firing } })
    let id = try #require(one.alert(rule)?.id)
    one.shown = one.engine.perform(.shelve(id, seconds: 600), by: "ada", at: machine.time.now())
    #expect(waits([one, other]) { other.alert(rule)?.state == .shelved })
    one.shown = one.engine.perform(.undo, by: "ada", at: machine.time.now())
    #expect(waits([one, other]) { other.alert(rule)?.state == .firing })
  }

  @Test("what one accepted, the other can take back")
  func undoneByOther() throws {
    machine.robot { $0.residentKilobytes = 1_960_000 }
    let place = JournalPlace("\(folder.path)/journal", owner: "pi")
    let (one, other) = (try Screen(machine, place), try Screen(machine, place))
    let rule = "memory-critical"
    #expect(waits([one, other]) { [one, other].allSatisfy { $0.alert(rule)?.state == .firing } })
    let id = try #require(one.alert(rule)?.id)
    one.shown = one.engine.perform(.acknowledge(id), by: "ada", at: machine.time.now())
    #expect(waits([one, other]) { other.alert(rule)?.state == .acknowledged })
    other.shown = other.engine.perform(.undo, by: "bert", at: machine.time.now())
    #expect(waits([one, other]) { one.alert(rule)?.state == .firing })
    let last = try #require(other.shown.first?.receipts.last?.outcome.text)
    #expect(last == "undone: memory critical is no longer acknowledged (by bert)")
  }
}
