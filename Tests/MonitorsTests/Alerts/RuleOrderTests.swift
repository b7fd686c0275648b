import Testing

@testable import Monitors

@Suite("The order of rules") struct RuleOrderTests {
  static func rule(_ name: String, _ severity: Severity = .warning, _ inhibits: [String] = [])
    -> AlertRule
  {
    var rule = AlertMachineTests.rule(name, severity) { _ in nil }
    rule.inhibits = inhibits
    return rule
  }

  static func names(_ rules: [AlertRule]) -> [String] { RuleOrder.sorted(rules).map(\.name) }

  @Test("the worst come first, then those that silence others, else as they came")
  func order() {
    #expect(
      Self.names([
        Self.rule("a", .info), Self.rule("b"), Self.rule("c", .critical), Self.rule("d"),
        Self.rule("e", .warning, ["b"]), Self.rule("f", .emergency),
      ]) == ["f", "c", "e", "b", "d", "a"])
  }

  @Test("a long chain is put in order without a deep stack")
  func chain() {
    let rules = (0..<10_000).map { Self.rule("r\($0)", .warning, ["r\($0 - 1)"]) }
    #expect(Self.names(rules).first == "r9999")
    #expect(RuleOrder.refusals(rules).isEmpty)
  }

  @Test("nothing silences itself, what is worse, or in a circle")
  func refusals() {
    let rules = [
      Self.rule("self", .warning, ["self"]), Self.rule("small", .info, ["big"]),
      Self.rule("big", .critical, ["small"]), Self.rule("x", .warning, ["y"]),
      Self.rule("y", .warning, ["z"]), Self.rule("z", .warning, ["x"]),
    ]
    let refused = RuleOrder.refusals(rules)
    #expect(refused.filter { $0.why == .itself }.map(\.rule) == ["self"])
    #expect(refused.filter { $0.why == .worse }.map(\.rule) == ["small"])
    #expect(refused.filter { $0.why == .circle }.count == 1)
    let sorted = RuleOrder.sorted(rules)
    for (place, others) in RuleOrder.inhibitors(sorted).enumerated() {
      #expect(others.allSatisfy { $0 < place })
    }
  }

  @Test("all that the usual rules say of each other is obeyed")
  func usual() {
    let rules = AlertRules.defaults(AlertsConfig())
    #expect(RuleOrder.refusals(rules).isEmpty)
    #expect(rules.allSatisfy { $0.group != $0.name })
  }
}
