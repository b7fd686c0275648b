import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("A preflight for launch files")
struct CheckCommandTests {
  private let machine = FakeMachine()

  private func check(
    _ wish: Invocation.Check, limit bytes: Int64 = 8_000_000_000, pids: [Int32] = [42],
    rules: [RuleSettings] = []
  ) throws -> [CheckFinding] {
    var config = Config()
    config.alerts.rules = rules
    config.memory.maximum = Bytes(bytes)
    let command = CheckCommand(
      host: machine.host, config: config, wish: wish, text: PlainText(glyphs: .unicode))
    let finder = TargetFinder(host: machine.host)
    let targets = try pids.map {
      WatchedTarget(.pid($0), first: try finder.attach($0, scratch: Scratch()))
    }
    return command.watch(targets)
  }

  @Test("a line for each monitor, and what came of it last")
  func passes() throws {
    let finding = try #require(try check(.init(seconds: 10)).first)
    let lines = finding.lines(failOn: .critical).map(\.text)
    #expect(lines.count == Word.allCases.count + 1)
    for (word, line) in zip(Word.allCases, lines) { #expect(line.hasPrefix("\(word.title) ")) }
    #expect(lines.last == "PASSED: robot (42) watched for 10 s, nothing at CRITICAL or above")
    #expect(finding.hasPassed(.info))
  }

  @Test("what is critical all the while fails, though its rule is more patient than the check")
  func fails() throws {
    machine.robot { $0.residentKilobytes = 1_960_000 }
    let finding = try #require(try check(.init(seconds: 10), limit: 1_000_000_000).first)
    let lines = finding.lines(failOn: .critical).map(\.text)
    #expect(!finding.hasPassed(.critical))
    #expect(finding.hasPassed(.emergency))
    #expect(lines.contains { $0.hasPrefix("Alerts    CRITICAL  ") })
    #expect(lines.last?.hasPrefix("FAILED: robot (42): ") == true)
    #expect(finding.document(failOn: .critical)["passed"] == .bool(false))
  }

  @Test("what lasts less than half of the check does not stop a launch")
  func brief() throws {
    var command = CheckFinding()
    machine.robot { $0.residentKilobytes = 1_960_000 }
    var config = Config()
    config.memory.maximum = Bytes(1_000_000_000)
    config.alerts.longestPatience = 5
    let first = try TargetFinder(host: machine.host).attach(42, scratch: Scratch())
    let sampler = Sampler(
      host: machine.host, config: config, targets: [WatchedTarget(.pid(42), first: first)],
      inlineWorkers: true)
    var engine = Engine(source: sampler, host: machine.host, config: config)
    for second in 0..<10 {
      if second == 4 { machine.robot { $0.residentKilobytes = 20_000 } }
      let snapshot = try #require(engine.tick(at: machine.time.now(), late: 0).first)
      command.take(snapshot, seconds: Double(second))
      machine.time.advance(by: 1)
    }
    #expect(command.hasPassed(.critical))
  }

  private static let own: RuleSettings = {
    var rule = RuleSettings("own")
    (rule.metric, rule.test, rule.severity) = ("memory.rss_bytes", .above(1e9), .critical)
    rule.holds = 30
    return rule
  }()

  @Test(
    "a rule of one's own, and one that is changed, fails too, though it is more patient than the check",
    arguments: [own, RuleSettings("memory-critical")])
  func ownRules(_ rule: RuleSettings) throws {
    machine.robot { $0.residentKilobytes = 1_960_000 }
    let limit: Int64 = rule.name == "own" ? 8_000_000_000 : 1_000_000_000
    let found = try check(.init(seconds: 10), limit: limit, rules: [rule])
    let finding = try #require(found.first)
    #expect(!finding.hasPassed(.critical))
  }

  @Test("of several targets each has its own verdict")
  func several() throws {
    var other = FakeRunning(pid: 43, on: machine.files)
    other.residentKilobytes = 1_960_000
    other.write()
    let findings = try check(.init(seconds: 10), limit: 1_000_000_000, pids: [42, 43])
    #expect(findings.map { $0.hasPassed(.critical) } == [true, false])
  }

  @Test("a target that ends badly fails at once")
  func ends() throws {
    machine.processes.end(42, .signalled(9))
    let finding = try #require(try check(.init(seconds: 3600)).first)
    #expect(!finding.hasPassed(.critical))
    #expect(finding.lines(failOn: .critical).last?.text.contains("3600") == false)
  }

  @Test("the machine alone can be checked")
  func machineOnly() throws {
    let finding = try #require(try check(.init(seconds: 2), pids: []).first)
    #expect(finding.lines(failOn: .critical).last?.text.hasPrefix("PASSED: rover ") == true)
  }
}
