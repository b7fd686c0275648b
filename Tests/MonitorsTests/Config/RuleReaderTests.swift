import TestSupport
import Testing

@testable import Monitors

@Suite("Rules, as a config file tells of them")
struct RuleReaderTests {
  static func rules(_ text: String) -> LoadedConfig { loaded("alerts:\n  rules:\n    \(text)\n") }

  @Test("a rule has everything that it says")
  func whole() throws {
    let found = loaded(
      """
      alerts:
        rules:
          - name: collector-queue
            metric: gauges.*
            above: 500
            for: 30s
            clear: 400
            clear_for: 2 min
            severity: critical
            category: component
            message: "{label}: {value} wait, more than {threshold}"
            actions: [press E, "4 Enter shows what it would gain"]
            escalate_after: 5
            escalate_to: critical
            widen: [boss]
            inhibits: [cpu-high]
            group: queue
            notify: [ops, bell]
            latch: yes
          - name: cpu-high
            enabled: no
        channels:
          - {name: ops, kind: command, run: [/bin/true]}
          - {name: bell, kind: command, run: [/bin/true]}
      """)
    let unknown = found.problems.map(\.text.text)
    #expect(unknown == ["config.yaml:3: alerts.rules.collector-queue: no channel boss"])
    let rule = try #require(found.config.alerts.rules.first)
    #expect(rule.name == "collector-queue")
    #expect(rule.metric == "gauges.*")
    #expect(rule.test == .above(500))
    #expect((rule.holds, rule.clear, rule.keepsFiring) == (30, 400, 120))
    #expect((rule.severity, rule.category) == (.critical, .component))
    #expect(rule.message == RuleMessage("{label}: {value} wait, more than {threshold}"))
    #expect(rule.actions == ["press E", "4 Enter shows what it would gain"])
    #expect((rule.escalateMinutes, rule.escalateTo) == (5, .critical))
    #expect(rule.channels == ["ops", "bell", "boss"])
    #expect((rule.inhibits, rule.group) == (["cpu-high"], "queue"))
    #expect((rule.isLatching, rule.isEnabled) == (true, nil))
    #expect(rule.line == 3)
    #expect(found.config.alerts.rules.last?.isEnabled == false)
  }

  @Test("numbers may have the unit of what is watched")
  func units() {
    for (metric, text, value) in [
      ("memory.rss_bytes", "500M", 500e6), ("memory.rss_bytes", "1.5 GiB", 1.5 * 1_073_741_824),
      ("memory.rss_bytes", "2GB", 2e9), ("memory.rss_bytes", "100", 100),
      ("memory.used_ratio", "80 %", 0.8), ("memory.used_ratio", "0.8", 0.8),
      ("system.cpu_percent", "80%", 80), ("memory.exhaustion.in_s", "5m", 300),
      ("memory.growth_bytes_per_s", "10 MB/min", 1e7 / 60), ("thermal.celsius", "81.5 °C", 81.5),
      ("components[cam].latency_ms", "2s", 2000), ("gauges.x", "-3.5", -3.5),
      ("storage.write_bytes_per_s", "5MB/s", 5e6), ("operations[a b].p95_s", "250ms", 0.25),
      ("thermal.frequencies[cpu0].current_hz", "1.5GHz", 1.5e9),
    ] {
      let found = Self.rules("- {name: own, metric: '\(metric)', above: \(text)}")
      #expect(found.problems == [], "\(metric) \(text)")
      guard case .above(let number)? = found.config.alerts.rules.first?.test else {
        Issue.record("no threshold: \(metric) \(text)")
        continue
      }
      #expect(abs(number - value) < abs(value) * 1e-9, "\(metric) \(text): \(number)")
    }
  }

  // Swift 6.0 crashes on a text with a value in it among the arguments of a test.
  private static let slips: [(String, String)] = [
    ("- cpu", "alerts.rules[1]: expected name: and what it watches, got 'cpu'"),
    ("- {metric: score, below: 5}", "alerts.rules[1]: no name: what it is called"),
    (
      "- {name: 'a b', metric: score, below: 5}", "alerts.rules[1].name: expected a name of letters"
    ),
    (
      "- {name: a, below: 5}",
      "alerts.rules[1]: no metric: what a watches, for there is no such rule to change"
    ),
    (
      "- {name: memory-hihg, below: 5}",
      "alerts.rules[1]: no metric: what memory-hihg watches, for there is no such rule to change"
        + " (did you mean memory-high?)"
    ),
    (
      "- {name: a, metric: score}",
      "alerts.rules[1]: no above, below, is or is_not: what of score is trouble"
    ),
    (
      "- {name: a, metric: scroe, below: 5}",
      "alerts.rules[1].metric: no metric scroe (did you mean score?)"
    ),
    (
      "- {name: a, metric: memory.rss_byte, above: 5}",
      "alerts.rules[1].metric: no metric memory.rss_byte (did you mean memory.rss_bytes?)"
    ),
    (
      "- {name: a, metric: score, below: 5, above: 4}",
      "alerts.rules[1].below: one of above, below, is and is_not is enough"
    ),
    (
      "- {name: a, metric: score, below: 5 %}",
      "alerts.rules[1].below: expected a number, got '5 %' (write it without a unit)"
    ),
    (
      "- {name: a, metric: memory.rss_bytes, above: 5 s}",
      "alerts.rules[1].above: expected a number, got '5 s' (in bytes, or as"
    ),
    (
      "- {name: a, metric: score, below: .nan}",
      "alerts.rules[1].below: expected a number, got '.nan'"
    ),
    (
      "- {name: a, metric: pressure.machine, above: 1}",
      "alerts.rules[1].above: pressure.machine is a word: write is or is_not (none, low"
    ),
    (
      "- {name: a, metric: pressure.machine, is: hihg}",
      "alerts.rules[1].is: expected a word of it, got 'hihg' (did you mean high?)"
    ),
    (
      "- {name: a, metric: pressure.machine, is: []}",
      "alerts.rules[1].is: expected a word of it, got an empty list"
    ),
    (
      "- {name: a, metric: score, is: low}",
      "alerts.rules[1].is: score is a number: write above or below"
    ),
    (
      "- {name: cpu-high, below: 5}",
      "alerts.rules[1].below: cpu-high watches for what is above its threshold"
    ),
    ("- {name: cpu-high, is: high}", "alerts.rules[1].is: no metric: which word it is about"),
    (
      "- {name: a, metric: score, below: 5, clear: 4}",
      "alerts.rules[1].clear: must not be beyond what it is below"
    ),
    (
      "- {name: thermal-high, clear: 80, above: 70}",
      "alerts.rules[1].clear: must not be beyond what it is above"
    ),
    (
      "- {name: thermal-high, clear: 99}",
      "alerts.rules.thermal-high.clear: must not be beyond what it is above"
    ),
    ("- {name: cpu-high, for: 2 years}", "alerts.rules[1].for: expected a time of at most a day"),
    ("- {name: cpu-high, for: -1}", "alerts.rules[1].for: expected a time of at most a day"),
    (
      "- {name: cpu-high, severity: critcal}",
      "alerts.rules[1].severity: expected one of info, warning, critical, emergency, got 'critcal' (did you mean critical?)"
    ),
    ("- {name: cpu-high, severity: stale}", "alerts.rules[1].severity: expected one of info"),
    (
      "- {name: cpu-high, escalate_to: emergency}",
      "alerts.rules[1].escalate_to: expected one of warning, critical, got 'emergency'"
    ),
    (
      "- {name: cpu-high, escalate_after: 0}",
      "alerts.rules[1].escalate_after: expected minutes (1 to 1440)"
    ),
    ("- {name: cpu-high, category: heat}", "alerts.rules[1].category: expected one of performance"),
    (
      "- {name: cpu-high, message: 'it is {vlaue}'}",
      "alerts.rules[1].message: unknown placeholder {vlaue} (did you mean {value}?)"
    ),
    ("- {name: cpu-high, message: ''}", "alerts.rules[1].message: expected a sentence"),
    (
      "- {name: cpu-high, actions: [[a]]}",
      "alerts.rules[1].actions: expected a list of at most 16 lines"
    ),
    (
      "- {name: cpu-high, notify: 'a b'}",
      "alerts.rules[1].notify: expected a name or a list of names"
    ),
    (
      "- {name: cpu-high, enabled: maybe}",
      "alerts.rules[1].enabled: expected true or false, got 'maybe'"
    ),
    ("- {name: cpu-high, thresold: 5}", "alerts.rules[1].thresold: unknown key"),
    ("- {name: cpu-high, for: 5, for: 6}", "alerts.rules[1].for: duplicate key"),
    (
      "- {name: cpu-high, inhibits: [disk-lwo]}",
      "alerts.rules.cpu-high.inhibits: no rule disk-lwo (did you mean disk-low?)"
    ),
    (
      "- {name: cpu-high, inhibits: [cpu-high]}",
      "alerts.rules.cpu-high.inhibits: a rule can't silence itself"
    ),
    (
      "- {name: cpu-high, inhibits: [disk-full]}",
      "alerts.rules.cpu-high.inhibits: disk-full is more severe: it is not silenced"
    ),
  ]

  @Test("a mistake is one line with the reason", arguments: slips)
  func mistakes(_ text: String, _ sentence: String) {
    let found = Self.rules("\(text)\n    - {name: disk-low, for: 5}")
    #expect(found.problems.count == 1)
    let said = found.problems.first?.text.text ?? ""
    #expect(said.hasPrefix("config.yaml:3: \(sentence)"), "\(said)")
    #expect(found.config.alerts.rules.last?.name == "disk-low")
  }

  @Test("of two rules of one name the first counts, and rules that silence each other are told")
  func relations() {
    let twice = Self.rules("- {name: cpu-high, for: 5}\n    - {name: cpu-high, for: 6}")
    #expect(
      twice.problems.map(\.text.text) == [
        "config.yaml:4: alerts.rules[2]: there is a rule cpu-high already (line 3)"
      ])
    #expect(twice.config.alerts.rules.map(\.holds) == [5])
    let circle = Self.rules(
      "- {name: cpu-high, inhibits: [disk-low]}\n    - {name: disk-low, inhibits: [cpu-high]}")
    #expect(circle.problems.count == 1)
    #expect(circle.problems.first?.text.text.hasSuffix("they would silence each other") == true)
  }

  @Test("a usual rule may become more severe than what silences it: nobody wrote that it should be")
  func moreSevere() {
    let found = Self.rules("- {name: cpu-high, severity: critical}")
    #expect(found.problems == [])
    let asked = Self.rules(
      "- {name: cpu-high, severity: critical}\n    - {name: disk-low, inhibits: [cpu-high]}")
    #expect(
      asked.problems.map(\.text.text) == [
        "config.yaml:4: alerts.rules.disk-low.inhibits: cpu-high is more severe: it is not silenced"
      ])
  }

  @Test("of a list of rules to leave out, a slip costs only itself")
  func disabled() {
    let found = loaded("alerts:\n  disabled: [nope, cpu-high]\n")
    #expect(found.problems.count == 1)
    #expect(found.config.alerts.disabled == ["cpu-high"])
  }

  @Test("a share that can never be reached is asked for as a share", arguments: ["95", "1.5"])
  func shares(_ written: String) {
    let rule = { (above: String) in
      Self.rules("- {name: full, metric: memory.used_ratio, above: \(above)}")
    }
    #expect(rule("\(written) %").problems == [])
    let said = rule(written).problems.map(\.text.text)
    #expect(said.count == 1 && said[0].hasSuffix("(as a share: 0.8, or 80 %)"), "\(said)")
  }

  @Test("the way back of a usual rule is held against the threshold that holds")
  func clears() {
    let hot = loaded("profile: jetson\nalerts:\n  rules:\n    - {name: thermal-high, clear: 80}\n")
    #expect(hot.problems == [])
    #expect(hot.config.alerts.rules.first?.clear == 80)
    let high = loaded(
      "alerts:\n  rules:\n    - {name: memory-high, clear: 0.85}\nmemory:\n  warning_threshold: 0.9\n"
    )
    #expect(high.problems == [])
    let beyond = loaded(
      "profile: raspberry_pi\nalerts:\n  rules:\n    - {name: thermal-high, clear: 80}\n")
    #expect(
      beyond.problems.map(\.text.text) == [
        "config.yaml:4: alerts.rules.thermal-high.clear: must not be beyond what it is above"
      ])
    #expect(beyond.config.alerts.rules.map(\.clear) == [nil])
  }

  @Test("channels that there are not are told, once the channels are known")
  func channels() {
    let rules = Self.rules("- {name: cpu-high, notify: [ops], widen: boss}").config.alerts.rules
    #expect(RuleList.unknownChannels(in: rules, among: ["ops", "boss"], file: "c").isEmpty)
    let problems = RuleList.unknownChannels(in: rules, among: ["oops"], file: "c.yaml")
    #expect(
      problems.map(\.text.text) == [
        "c.yaml:3: alerts.rules.cpu-high: no channel ops (did you mean oops?)",
        "c.yaml:3: alerts.rules.cpu-high: no channel boss",
      ])
  }

  @Test("no list, or too long a list, is no list of rules")
  func lists() {
    #expect(
      complaints("alerts:\n  rules: cpu\n").first?.contains("expected a list of rules") == true)
    #expect(loaded("alerts:\n  rules:\n").problems == [])
    let many = (0..<10_001).map { "    - {name: r\($0), metric: score, below: 5}\n" }.joined()
    let found = loaded("alerts:\n  rules:\n" + many)
    #expect(
      found.problems.first?.text.text.hasSuffix("expected at most 10000 rules, got 10001") == true)
  }

  @Test("ten thousand rules are read")
  func many() {
    let many = (0..<10_000).map { "    - {name: r\($0), metric: score, below: 5}\n" }.joined()
    let found = loaded("alerts:\n  rules:\n" + many)
    #expect(found.problems == [])
    #expect(found.config.alerts.rules.count == 10_000)
  }

  @Test("F3: damage anywhere crashes nothing")
  func damaged() {
    var numbers = SeededNumbers(seed: 11)
    let whole = Array(
      "alerts:\n  rules:\n  - {name: a, metric: 'components[*].fps', below: 12 %, for: 5m, message: '{value} {label}', inhibits: [cpu-high]}\n"
        .utf8)
    for _ in 0..<300 {
      let bytes = numbers.damaged(numbers.damaged(whole))
      let found = LoadedConfig(bytes, file: "config.yaml", machine: .fake(files: FakeFiles()))
      #expect(found.problems.allSatisfy { !$0.sentence.isEmpty })
    }
  }
}
