import TestSupport
import Testing

@testable import Monitors

@Suite("The life of an alert") struct AlertMachineTests {
  /// What should be, worked out anew from all that was seen, as simply as it can be said.
  struct Reference {
    struct Tick {
      var verdict: AlertMachine.Verdict
      var elapsed: Double
      var isGap: Bool
    }

    let holds: Double
    let keeps: Double
    var ticks: [Tick] = []
    var isFiring = false
    var alerts = 0
    var firings: [Double] = []
    var quietSince = 0.0
    var patience = 1.0

    mutating func update(_ tick: Tick, at seconds: Double) {
      ticks.append(tick)
      if patience > 1, seconds - quietSince >= 3600 {
        (patience, quietSince) = (patience / 2, seconds)
      }
      let wasFiring = isFiring
      isFiring = wasFiring ? !hasBeenWell : hasBeenBad
      if isFiring != wasFiring { ticks.removeAll() }
      if isFiring, !wasFiring { noteAlert(at: seconds) }
    }

    private mutating func noteAlert(at seconds: Double) {
      alerts += 1
      firings = firings.suffix(2) + [seconds]
      quietSince = seconds
      let fast = max(60, 3 * (holds * patience + keeps))
      guard firings.count == 3, seconds - firings[0] <= fast else { return }
      (patience, firings) = (min(8, patience * 2), [seconds])
    }

    /// The newest ticks of one kind, those that say nothing left out; a gap ends them.
    private func newest(_ verdict: AlertMachine.Verdict) -> [Tick] {
      let sinceGap =
        ticks.split(omittingEmptySubsequences: false, whereSeparator: \.isGap).last ?? []
      return sinceGap.filter { $0.verdict != .missing }.reversed().prefix { $0.verdict == verdict }
        .reversed()
    }

    var isPending: Bool { !isFiring && !newest(.bad).isEmpty }

    private var hasBeenBad: Bool {
      let bad = newest(.bad)
      guard !bad.isEmpty, ticks.last?.verdict == .bad, ticks.last?.isGap == false else {
        return false
      }
      return bad.dropFirst().reduce(0) { $0 + $1.elapsed } >= holds * patience
    }

    private var hasBeenWell: Bool {
      guard ticks.last?.verdict == .good, ticks.last?.isGap == false else { return false }
      return newest(.good).reduce(0) { $0 + $1.elapsed } >= keeps
    }
  }

  @Test("no state is lost over random transitions", arguments: 0..<20)
  func agreesWithTheReference(_ seed: Int) {
    var random = SeededNoise(seed: UInt64(seed))
    var machine = AlertMachine(severity: .info, holds: 5, keepsFiring: 200)
    var reference = Reference(holds: 5, keeps: 200)
    var seconds = 0.0
    var verdict = AlertMachine.Verdict.good
    var heard = 0
    for _ in 0..<1500 {
      if random.uniform() < 0.15 {
        verdict = AlertMachine.Verdict.allCases[random.below(4)]
      }
      let isGap = random.uniform() < 0.004
      let elapsed = Double(1 + random.below(40))
      seconds += elapsed
      let notice = machine.update(
        verdict, at: Moment(nanoseconds: Int64(seconds * 1e9)), elapsed: isGap ? 0 : elapsed,
        isGap: isGap)
      reference.update(.init(verdict: verdict, elapsed: elapsed, isGap: isGap), at: seconds)
      #expect(machine.isFiring == reference.isFiring)
      #expect((machine.phase == .pending) == reference.isPending)
      if notice == .fired || notice == .reopened { heard += 1 }
      if notice == .resolved { #expect(!machine.isFiring) }
    }
    #expect(heard == reference.alerts)
    #expect(machine.patience == reference.patience)
  }

  @Test(
    "whatever people and time do, silence is kept exactly where it was asked for", arguments: 0..<10
  )
  func silence(_ seed: Int) {
    var random = SeededNoise(seed: UInt64(100 + seed))
    var day = AlertsDay(rules: Self.rules)
    var load = [0.5, 0.5, 0.5]
    for _ in 0..<1500 {
      for place in 0..<3 where random.uniform() < 0.02 { load[place] = random.uniform() }
      if let command = Self.command(&random, day.last.active) { _ = day.perform(command) }
      day.tick(after: random.uniform() < 0.01 ? 100 : 1) { input in
        input.readings.vitals.cpu = .fresh(Ratio(load[0]))
        input.readings.vitals.memory = .fresh(Ratio(load[1]))
        input.readings.memory.used = Ratio(load[2])
      }
      for transition in day.monitor.transitions
      where [.fired, .escalated, .repeated].contains(transition.kind) {
        let post = day.monitor.posts.first { $0.rule.name == transition.alert.rule }
        let machine = post?.watches.first?.machine
        #expect(machine?.isShelved == false && machine?.acknowledgement == nil)
      }
      let loud = day.last.active.filter { $0.state == .firing || $0.state == .acknowledged }
      let loudest = loud.map(\.severity).max()
      #expect(day.last.severity == loudest ?? .ok)
      #expect(Set(day.last.active.map(\.id)).count == day.last.active.count)
    }
    let fired = day.transitions.filter { $0.kind == .fired }.map(\.alert.id)
    #expect(Set(fired).count == fired.count)
    #expect(!fired.isEmpty)
  }

  static let rules = [
    rule("one", .critical) { $0.readings.vitals.cpu.value?.value },
    rule("two", .warning) { $0.readings.vitals.memory.value?.value },
    rule("three", .info) { $0.readings.memory.used?.value },
  ]

  static func rule(
    _ name: String, _ severity: Severity, _ value: @escaping @Sendable (AlertsInput) -> Double?
  ) -> AlertRule {
    var rule = AlertRule(
      name, severity, .system, about: .machine, .above(0.8),
      read: { input, _ in value(input).map { AlertRule.Evidence($0) } },
      tell: { _, _, evidence in "\(name) at \(Units.fixed(evidence.value, digits: 2))" })
    rule.holds = 5
    rule.keepsFiring = 20
    return rule
  }

  static func command(_ random: inout SeededNoise, _ active: [Alert]) -> Command? {
    guard random.uniform() < 0.2 else { return nil }
    let id = active.isEmpty ? "none-1" : active[random.below(active.count)].id
    switch random.below(4) {
    case 0: return .acknowledge(id)
    case 1: return .acknowledgeAll
    case 2: return .shelve(id, seconds: 1 + Double(random.below(200)))
    default: return .undo
    }
  }

  @Test("a day at the limit is one alert, a calm day none, two incidents two")
  func threeDays() {
    #expect(Self.day { _ in 0.60 } == [0, 0])
    let hovering = Self.day { _ in 0.78 }
    #expect(hovering[0] <= 1)
    let incidents = Self.day { second in
      (20_000..<22_400).contains(second) || (60_000..<61_800).contains(second) ? 0.92 : 0.60
    }
    #expect(incidents == [2, 2])
  }

  /// Alerts fired and resolved in 86,400 seconds of a level with slow noise.
  static func day(_ level: (Int) -> Double) -> [Int] {
    var random = SeededNoise(seed: 7)
    var machine = AlertMachine(
      severity: .warning, holds: dayRule.holds, keepsFiring: dayRule.keepsFiring)
    var noise = 0.0
    var fired = 0
    var resolved = 0
    let keep = 1 - 1 / 30.0
    for second in 0..<86_400 {
      noise = noise * keep + 0.03 * (1 - keep * keep).squareRoot() * random.normal()
      let notice = machine.update(
        dayRule.verdict(AlertRule.Evidence(level(second) + noise)),
        at: Moment(nanoseconds: Int64(second) * 1_000_000_000), elapsed: 1)
      if notice == .fired || notice == .reopened { fired += 1 }
      if notice == .resolved { resolved += 1 }
    }
    return [fired, resolved]
  }

  static let dayRule = AlertRule(
    "level", .warning, .system, about: .machine, .above(0.8),
    read: { input, _ in input.readings.vitals.cpu.value.map { AlertRule.Evidence($0.value) } },
    tell: { _, _, _ in "high" })

  @Test("every incident longer than it takes is told of once, within two seconds of that")
  func incidents() {
    for (severity, holds) in [
      (Severity.info, 120.0), (.warning, 60), (.critical, 20), (.emergency, 5),
    ] {
      let durations = AlertRule.durations(severity)
      #expect(durations.holds == holds)
      var machine = AlertMachine(
        severity: severity, holds: durations.holds, keepsFiring: durations.keepsFiring)
      var firedAt: [Int] = []
      for second in 0..<600 {
        let verdict: AlertMachine.Verdict = (10..<300).contains(second) ? .bad : .good
        let notice = machine.update(
          verdict, at: Moment(nanoseconds: Int64(second) * 1_000_000_000), elapsed: 1)
        if notice == .fired { firedAt.append(second) }
      }
      #expect(firedAt.count == 1)
      #expect((firedAt.first ?? 999) - 10 <= Int(holds) + 2)
    }
  }
}
