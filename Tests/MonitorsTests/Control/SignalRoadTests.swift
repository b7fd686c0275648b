import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("What the kernel does to a process")
struct SignalRoadTests {
  private func start() -> Reachable? {
    Reachable(["sh", "-c", "echo 1 >{}/ready; exec sleep 100"])
  }

  @Test("a signal reaches it, and what became of it is told")
  func signals() throws {
    let process = try #require(start())
    let stopped = process.perform(.signal(SIGSTOP))
    #expect(stopped.receipt.outcome.text.contains("it is stopped"), "\(stopped.receipt.outcome)")
    #expect(process.perform(.signal(SIGCONT)).standing == .done)
    let ended = process.perform(.signal(SIGTERM))
    #expect(ended.standing == .done)
    #expect(ended.receipt.outcome.text.hasPrefix("signalled: SIGTERM to "))
    #expect(
      ended.receipt.outcome.text.contains("it ended")
        || ended.receipt.outcome.text.contains("killed by SIGTERM"))
    #expect(process.perform(.signal(SIGTERM)).standing == .gone)
  }

  @Test("niceness and processors are changed in every thread, and read back")
  func tunes() throws {
    let process = try #require(start())
    let nice = process.perform(.nice(7))
    #expect(nice.receipt.outcome.text.hasPrefix("set: niceness "), "\(nice.receipt.outcome)")
    #expect(nice.receipt.outcome.text.contains("→ 7 in "))
    #expect(try ProcessTuning.nice(of: process.key.pid) == 7)
    let own = try ProcessTuning.affinity(of: process.key.pid)
    let first = try #require(own.first)
    let bound = process.perform(.affinity([first]))
    #expect(bound.standing == .done, "\(bound.receipt.outcome)")
    #expect(try ProcessTuning.affinity(of: process.key.pid) == [first])
    #expect(process.perform(.affinity([4000])).standing != .done)
  }

  @Test(
    "what makes no sense is refused",
    arguments: [TargetAction.signal(0), .signal(99), .nice(20), .affinity([])])
  func nonsense(_ action: TargetAction) {
    #expect(Acting().perform(action).standing == .refused)
  }

  @Test("numbers in a row are written together")
  func ranges() {
    #expect(NumberRanges.text([0, 1, 2, 3, 6]) == "0-3,6")
    #expect(NumberRanges.text([5]) == "5")
    #expect(NumberRanges.text([]) == "")
  }
}
