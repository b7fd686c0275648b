import Testing

@testable import Monitors

@Suite("Rules of a person's own") struct AlertRuleSettingsTests {
  static func settings(_ change: (inout RuleSettings) -> Void, _ name: String = "own")
    -> AlertsConfig
  {
    var rule = RuleSettings(name)
    change(&rule)
    var settings = AlertsConfig()
    settings.rules = [rule]
    return settings
  }

  static func queue(_ change: (inout RuleSettings) -> Void = { _ in }) -> AlertsConfig {
    settings { rule in
      rule.metric = "gauges.queue"
      rule.test = .above(500)
      rule.holds = 10
      rule.keepsFiring = 20
      change(&rule)
    }
  }

  static func gauges(_ values: [String: Double]) -> (inout AlertsInput) -> Void {
    { input in
      var link = LinkSample()
      link.gauges = values.sorted { $0.key < $1.key }.map {
        GaugeSample(name: Printable($0.key), value: $0.value)
      }
      input.readings.sample.link = .fresh(link)
    }
  }

  @Test("a rule watches what it names, and says it")
  func own() throws {
    var day = AlertsDay(Self.queue())
    day.run(9, Self.gauges(["queue": 612, "other": 9000]))
    #expect(day.alert("own")?.state == .pending)
    day.run(2, Self.gauges(["queue": 612]))
    let alert = try #require(day.alert("own"))
    #expect(alert.state == .firing)
    #expect(alert.severity == .warning)
    #expect(alert.category == .component)
    #expect(alert.group == "gauges.queue")
    #expect(alert.message.text == "gauges.queue 612 (above 500)")
    #expect((alert.value, alert.threshold) == (612, 500))
    #expect(alert.subject == .process(pid: 42, startTicks: 1))
    day.run(19, Self.gauges(["queue": 100]))
    #expect(day.count(.resolved) == 0)
    day.run(2, Self.gauges(["queue": 100]))
    #expect(day.count(.resolved) == 1)
  }

  @Test("without a threshold to clear it is 6 % back, with one it is that")
  func clear() {
    for (clear, value, isOver) in [
      (nil, 480.0, false), (nil, 469, true), (400.0, 469, false), (400, 400, true),
    ] {
      var day = AlertsDay(Self.queue { $0.clear = clear })
      day.run(12, Self.gauges(["queue": 612]))
      day.run(25, Self.gauges(["queue": value]))
      #expect((day.count(.resolved) == 1) == isOver, "\(value)")
    }
  }

  @Test("below, a word, and none of some words")
  func tests() {
    var below = AlertsDay(
      Self.settings {
        ($0.metric, $0.test, $0.holds) = ("score", .below(60), 0)
      })
    below.tick { $0.judgement.score.value = 59 }
    #expect(below.alert("own")?.message.text == "score 59 (below 60)")
    var word = AlertsDay(
      Self.settings {
        ($0.metric, $0.holds) = ("pressure.machine", 0)
        $0.test = .isOne(of: ["moderate", "high"])
      })
    word.tick { $0.judgement.machine = Pressure(.low) }
    #expect(word.alert("own") == nil)
    word.tick { $0.judgement.machine = Pressure(.moderate) }
    #expect(word.alert("own")?.message.text == "pressure.machine is moderate")
    #expect(word.alert("own")?.isMeasured == false)
    #expect(word.alert("own")?.subject == .machine)
    var other = AlertsDay(
      Self.settings {
        ($0.metric, $0.holds) = ("quality.level", 0)
        $0.test = .isNone(of: ["high", "ultra_high"])
        $0.message = RuleMessage("{metric}: {value}, not {threshold}")
      })
    other.tick { $0.readings.quality.level = .high }
    #expect(other.alert("own") == nil)
    other.tick { $0.readings.quality.level = .low }
    #expect(other.alert("own")?.message.text == "quality.level: low, not high or ultra_high")
  }

  @Test("what can't be read neither fires nor clears")
  func missing() {
    var day = AlertsDay(Self.queue())
    day.run(6, Self.gauges(["queue": 612]))
    day.run(100)
    #expect(day.count(.fired, "own") == 0)
    day.run(6, Self.gauges(["queue": 612]))
    #expect(day.count(.fired, "own") == 1)
    day.run(10, Self.gauges(["queue": .nan]))
    day.run(100)
    #expect(day.alert("own")?.state == .firing)
    #expect(day.alert("no-target-data") != nil)
  }

  @Test("each of several things has an alert of its own")
  func each() throws {
    var day = AlertsDay(Self.queue { $0.metric = "gauges.*" })
    day.run(12, Self.gauges(["left": 612, "right": 700, "idle": 3]))
    let own = day.last.active.filter { $0.rule == "own" }
    #expect(own.map(\.label) == ["left", "right"])
    #expect(Set(own.map(\.id)).count == 2)
    #expect(
      own.map(\.message.text) == ["gauges.left 612 (above 500)", "gauges.right 700 (above 500)"])
    #expect(day.perform(.acknowledge(own[0].id)) == "acknowledged: own (left) (by pi)")
    day.run(22, Self.gauges(["left": 612, "right": 3, "idle": 3]))
    #expect(day.last.active.map(\.label) == ["left"])
    #expect(day.last.active.first?.state == .acknowledged)
    #expect(day.transitions.filter { $0.kind == .resolved }.map(\.alert.label) == ["right"])
  }

  @Test("a thing that is gone for five minutes takes its alert along")
  func gone() {
    var day = AlertsDay(Self.queue { $0.metric = "gauges.*" })
    day.run(12, Self.gauges(["left": 612]))
    day.run(299, Self.gauges(["other": 1]))
    #expect(day.alert("own")?.state == .firing)
    day.run(3, Self.gauges(["other": 1]))
    #expect(day.alert("own") == nil)
    #expect(day.transitions.map(\.kind) == [.fired, .ended])
    #expect(day.monitor.posts.allSatisfy { $0.rule.name != "own" || $0.watches.isEmpty })
  }

  @Test("no more than 64 things of a rule are watched, and it is said how many are not")
  func many() {
    var day = AlertsDay(Self.queue { $0.metric = "gauges.*" })
    var values: [String: Double] = [:]
    for number in 0..<67 { values["gauge \(number)"] = 1000 }
    day.run(12, Self.gauges(values))
    #expect(day.last.active.count == 64)
    #expect(
      day.last.unwatched.map(\.text) == [
        "own: 3 more are in trouble than the 64 that it watches"
      ])
    for number in 0..<10 { values["gauge \(number)"] = 0 }
    day.run(25, Self.gauges(values))
    #expect(day.last.unwatched.isEmpty)
    #expect(day.last.active.count == 57)
  }

  @Test("a rule of a known name changes just what it says")
  func override() throws {
    let settings = Self.settings(
      {
        $0.test = .above(95)
        $0.holds = 5
        $0.message = RuleMessage("busy: {value} over {threshold} {nothing} {metric}")
        $0.actions = ["press J"]
        $0.notify = ["ops"]
      }, "cpu-high")
    var day = AlertsDay(settings)
    day.run(100) { $0.readings.vitals.cpu = .fresh(Ratio(0.9)) }
    #expect(day.alert("cpu-high") == nil)
    day.run(7, busy)
    let alert = try #require(day.alert("cpu-high"))
    #expect(alert.state == .firing)
    #expect(alert.severity == .warning)
    #expect(alert.category == .performance)
    #expect(alert.message.text == "busy: 97 over 95 {nothing} processors 97 % busy")
    #expect(alert.actions == ["press J"])
    #expect(day.transitions.first?.channels == ["ops"])
    #expect(day.last.rules == AlertRules.names.count)
  }

  @Test("a threshold of a person's own holds where the rule would have found another")
  func ownThreshold() {
    let settings = Self.settings({ $0.test = .below(50) }, "disk-low")
    var day = AlertsDay(settings)
    day.run(70) { $0.readings.storage.filesystems = [AlertRulesTests.filesystem(6, of: 8)] }
    #expect(day.alert("disk-low")?.threshold == 50)
  }

  @Test("a rule that is switched off does not watch")
  func disabled() {
    var day = AlertsDay(Self.settings({ $0.isEnabled = false }, "cpu-high"))
    day.run(100, busy)
    #expect(day.last.active.isEmpty)
    #expect(day.last.rules == AlertRules.names.count - 1)
  }

  @Test("a rule's critical hides its own warning")
  func ladder() {
    var settings = AlertsConfig()
    settings.rules = [("warn", 500.0, Severity.warning), ("grave", 800, .critical)].map {
      var rule = RuleSettings($0.0)
      (rule.metric, rule.test, rule.severity, rule.holds) = ("gauges.*", .above($0.1), $0.2, 5)
      return rule
    }
    var day = AlertsDay(settings)
    day.run(7, Self.gauges(["a": 600, "b": 900]))
    #expect(day.last.active.map { "\($0.rule) \($0.label)" } == ["grave b", "warn a"])
    #expect(day.count(.fired) == 2)
  }

  @Test("an emergency hides what is less of the same resource, and nothing else")
  func emergency() {
    var settings = Self.queue { $0.group = "work" }
    var worst = RuleSettings("worst")
    (worst.metric, worst.test, worst.holds) = ("gauges.depth", .above(5), 5)
    (worst.severity, worst.group) = (.emergency, "work")
    settings.rules.append(worst)
    var day = AlertsDay(settings)
    day.run(70) { input in
      busy(&input)
      Self.gauges(["queue": 600, "depth": 9])(&input)
    }
    #expect(day.last.active.map(\.rule) == ["worst", "cpu-high"])
    #expect(day.count(.fired, "own") == 0)
  }

  @Test("an emergency about one of several things hides nothing about another")
  func emergencyOfOne() {
    var settings = Self.queue { ($0.metric, $0.group) = ("gauges.*", "work") }
    var worst = RuleSettings("worst")
    (worst.metric, worst.test, worst.holds) = ("gauges.*", .above(800), 5)
    (worst.severity, worst.group) = (.emergency, "work")
    settings.rules.append(worst)
    var day = AlertsDay(settings)
    day.run(70, Self.gauges(["left": 900, "right": 600]))
    #expect(day.last.active.map { "\($0.rule) \($0.label)" } == ["worst left", "own right"])
  }

  @Test("what a metric is about is what it belongs to")
  func groups() {
    for (path, group) in [
      ("memory.rss_bytes", "memory"), ("system.disks[*].available_bytes", "storage"),
      ("system.pressure.memory", "memory"), ("system.cpu_percent", "cpu"), ("score", "score"),
      ("gauges.queue", "gauges.queue"), ("components[cam].fps", "components"),
    ] { #expect(AlertRules.group(ofMetric: path) == group) }
  }

  @Test("a rule silences those it names, wherever they stand")
  func inhibits() {
    var day = AlertsDay(Self.queue { $0.inhibits = ["cpu-high"] })
    day.run(100) { input in
      busy(&input)
      Self.gauges(["queue": 600])(&input)
    }
    #expect(day.last.active.map(\.rule) == ["own"])
    day.run(30) { input in
      busy(&input)
      Self.gauges(["queue": 0])(&input)
    }
    #expect(day.last.active.map(\.rule) == ["cpu-high"])
  }

  @Test("nobody's attention makes it worse after its own time, and more people hear of it")
  func escalation() {
    var day = AlertsDay(
      Self.queue {
        ($0.severity, $0.escalateMinutes, $0.escalateTo) = (.info, 2, .warning)
        ($0.notify, $0.widen) = (["bell"], ["boss"])
      })
    day.run(11 + 121, Self.gauges(["queue": 600]))
    #expect(day.alert("own")?.severity == .warning)
    #expect(day.transitions.map(\.kind) == [.fired, .escalated])
    #expect(day.transitions.map(\.widened) == [[], ["boss"]])
    #expect(day.transitions.map(\.channels) == [["bell"], ["bell"]])
    day.run(3600, Self.gauges(["queue": 600]))
    #expect(day.alert("own")?.severity == .warning)
  }

  private static let severities = [Severity.info, .warning]

  @Test(
    "more people can hear of what nobody attends to without its being raised",
    arguments: severities)
  func widening(_ severity: Severity) {
    var day = AlertsDay(
      Self.queue {
        ($0.severity, $0.escalateMinutes, $0.widen) = (severity, 2, ["boss"])
        $0.escalateTo = severity == .warning ? .warning : nil
      })
    day.run(11 + 121, Self.gauges(["queue": 600]))
    #expect(day.transitions.map(\.kind) == [.fired, .repeated])
    #expect(day.transitions.map(\.widened) == [[], ["boss"]])
    day.run(3600, Self.gauges(["queue": 600]))
    #expect(day.alert("own")?.severity == severity)
    #expect(day.transitions.count == 2)
  }

  @Test("a critical alert that nobody accepts is told again to more people, and is no emergency")
  func criticalRepeats() {
    var day = AlertsDay(
      Self.queue {
        ($0.severity, $0.widen) = (.critical, ["boss"])
      })
    day.run(11 + 601, Self.gauges(["queue": 600]))
    #expect(day.transitions.map(\.kind) == [.fired, .repeated])
    #expect(day.transitions.last?.widened == ["boss"])
    day.run(7200, Self.gauges(["queue": 600]))
    #expect(day.alert("own")?.severity == .critical)
    #expect(day.count(.repeated) == 2)
  }

  @Test("other settings: rules that stay keep their alerts, those that go end them, new ones begin")
  func configure() {
    var settings = Self.queue()
    var going = RuleSettings("going")
    (going.metric, going.test, going.holds) = ("gauges.queue", .above(100), 0)
    (going.severity, going.group) = (.critical, "other")
    settings.rules.append(going)
    var day = AlertsDay(settings)
    let trouble = Self.gauges(["queue": 600])
    day.run(12) { input in
      busy(&input)
      trouble(&input)
    }
    _ = day.perform(.acknowledge("going-1"))
    settings.rules.removeLast()
    settings.rules[0].test = .above(550)
    var new = RuleSettings("new")
    (new.metric, new.test, new.holds) = ("gauges.queue", .above(1), 3)
    settings.rules.insert(new, at: 0)
    day.monitor.configure(settings)
    day.tick { input in
      busy(&input)
      trouble(&input)
    }
    #expect(day.alert("own")?.state == .firing)
    #expect(day.alert("own")?.threshold == 550)
    #expect(day.alert("cpu-high")?.state == .pending)
    #expect(day.alert("going") == nil)
    #expect(day.alert("new")?.state == .pending)
    #expect(day.transitions.filter { $0.kind == .ended }.map(\.alert.rule) == ["going"])
    day.run(4, trouble)
    #expect(day.alert("new")?.state == .firing)
    settings.rules[1].metric = "gauges.depth"
    day.monitor.configure(settings)
    day.tick(trouble)
    #expect(day.alert("own") == nil)
    #expect(day.transitions.last?.kind == .ended)
  }
}
