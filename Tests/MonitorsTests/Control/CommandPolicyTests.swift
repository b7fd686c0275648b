import TestSupport
import Testing

@testable import Monitors

@Suite("What may be done to a process at all")
struct CommandPolicyTests {
  private let link: LinkExchange = { _, _, _ in .object([.init("ok", .bool(true))]) }

  @Test("read-only refuses all, before anybody looks at the process")
  func readOnly() {
    let acting = Acting()
    var context = ActionContext()
    context.isReadOnly = true
    let actions: [TargetAction] = [
      .collect, .evict([]), .quality(.down), .batch(3), .signal(9), .nice(5), .affinity([0]),
    ]
    for action in actions {
      let outcome = acting.perform(action, context, link: link)
      #expect(outcome.standing == .refused)
      #expect(outcome.receipt.outcome == "refused: perftop is read-only")
    }
    #expect(acting.files.reads(of: "/proc/42/status") == 0)
  }

  @Test(
    "C5: a stopped process hears nothing, at once and without a road being tried",
    arguments: ["T", "t"])
  func stopped(_ state: String) {
    let acting = Acting { $0.state = state }
    let began = acting.time.now()
    for _ in 0..<200 {
      let outcome = acting.perform(.batch(3)) { _, _, _ in
        Issue.record("the program was spoken to")
        return .null
      }
      #expect(outcome.standing == .refused)
      #expect(outcome.receipt.outcome.text.hasSuffix("not delivered"))
    }
    #expect(acting.time.now() == began)
  }

  @Test("C5: what the kernel does is done to a stopped process all the same")
  func stoppedSignal() {
    let acting = Acting { $0.state = "T" }
    let outcome = acting.perform(.signal(18))
    #expect(outcome.standing == .done)
    #expect(acting.processes.signals == [18])
  }

  @Test("C4: a process that hangs in the kernel is not waited for")
  func hanging() {
    let acting = Acting { $0.state = "D" }
    let began = acting.time.now()
    let outcome = acting.perform(.collect, link: link)
    #expect(outcome.standing == .refused)
    #expect(outcome.receipt.outcome.text.contains("state D"))
    #expect(outcome.receipt.outcome.text.hasSuffix("not delivered"))
    #expect(acting.time.now().seconds(since: began) < 0.5)
  }

  @Test("a process that is traced is left alone")
  func traced() throws {
    let acting = Acting()
    var text = FakeProcess(42).statusText
    text = text.replacing("TracerPid:\t0", with: "TracerPid:\t77")
    acting.files.write("/proc/42/status", text)
    let outcome = acting.perform(.collect)
    #expect(outcome.receipt.outcome.text.contains("process 77 traces it"))
  }

  @Test("collections follow each other no faster than five seconds")
  func rest() {
    let acting = Acting()
    let policy = CommandPolicy(host: acting.host)
    let order = Order(id: 1, action: .collect, target: Acting.key)
    let last = acting.time.now()
    #expect(policy.refusal(of: order, ActionContext(), lastCollection: nil) == nil)
    acting.time.advance(by: 1)
    #expect(
      policy.refusal(of: order, ActionContext(), lastCollection: last)
        == "the last collection is only just over: again in 4 s")
    acting.time.advance(by: 4)
    #expect(policy.refusal(of: order, ActionContext(), lastCollection: last) == nil)
  }
}
