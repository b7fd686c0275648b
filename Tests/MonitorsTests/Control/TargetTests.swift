import TestSupport
import Testing

@testable import Monitors

@Suite("The very process that was on the screen")
struct TargetTests {
  @Test("it is taken hold of by number and start")
  func held() throws {
    let acting = Acting()
    let target = try Target(Acting.key, host: acting.host)
    #expect(target.key == Acting.key)
    #expect(try target.standing().state == UInt8(ascii: "S"))
    #expect(target.resident == Bytes(26_624_000))
  }

  @Test("C7: another process of the same number is refused, and told from one that ended")
  func reused() {
    let acting = Acting { $0.start = 9000 }
    let other = acting.perform(.signal(15))
    #expect(other.standing == .gone)
    #expect(
      other.receipt.outcome
        == "refused: the process has ended, and its number is another one's now")
    #expect(acting.processes.signals.isEmpty)
    acting.files.remove("/proc/42")
    acting.processes.refuse(42, with: 3)
    let none = acting.perform(.signal(15))
    #expect(none.standing == .gone)
    #expect(none.receipt.outcome == "refused: the process has ended")
  }

  @Test("C7: a process that ends after it was taken hold of is not acted upon")
  func ends() throws {
    let acting = Acting()
    let target = try Target(Acting.key, host: acting.host)
    acting.processes.end(Acting.pid, .exited(0))
    #expect(thrown(RoadFailure.self) { _ = try target.standing() } == .gone(Target.hasEnded))
  }

  @Test("in a tree of files nothing is done")
  func fixture() {
    let acting = Acting()
    var host = acting.host
    host.isFixture = true
    let order = Order(id: 1, action: .collect, target: Acting.key)
    let outcome = ActionRunner(host: host, link: nil).perform(order, ActionContext())
    #expect(outcome.standing == .refused)
    #expect(outcome.receipt.outcome.text.contains("a tree of files"))
  }
}
