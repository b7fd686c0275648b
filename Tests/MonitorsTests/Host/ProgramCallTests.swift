import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Monitors

@Suite("Programs that are called") struct ProgramCallTests {
  private let host = Host.live()

  private func run(_ call: ProgramCall, _ seconds: Double) throws -> (ProgramCall.Outcome, Double) {
    let begin = host.time.now()
    let outcome = try call.run(host: host, deadline: begin.later(by: seconds))
    return (outcome, host.time.now().seconds(since: begin))
  }

  @Test("one that can't be killed is answered for soon after its deadline, and collected later")
  func unkillable() throws {
    let started = Mutex<pid_t>(0)
    var call = ProgramCall(["sh", "-c", "echo begun; exec sleep 600"])
    call.kill = { pid in started.withLock { $0 = pid } }
    let (outcome, seconds) = try run(call, 0.3)
    let pid = started.withLock { $0 }
    #expect(outcome.end == nil)
    #expect(outcome.lastLine == "begun")
    #expect(seconds < 10)
    #expect(kill(pid, 0) == 0)
    kill(-pid, SIGKILL)
    let (next, _) = try run(ProgramCall(["true"]), 10)
    #expect(next.end == .exited(0))
    let begin = host.time.now()
    while kill(pid, 0) == 0, host.time.now().seconds(since: begin) < 10 {
      CalledProgram.collect()
      host.time.wait(nanoseconds: 10_000_000)
    }
    // Nothing of it is left, not even its number.
    #expect(kill(pid, 0) == -1 && errno == ESRCH)
  }

  @Test("where there are no descriptors left its end is seen all the same")
  func blind() throws {
    var call = ProgramCall(["sh", "-c", "echo done; exit 3"])
    call.watch = { _ in -1 }
    let (outcome, seconds) = try run(call, 60)
    #expect(outcome.end == .exited(3))
    #expect(outcome.lastLine == "done")
    #expect(seconds < 30)
  }

  @Test("one that hangs is killed, with what it has started")
  func hanging() throws {
    for isBlind in [false, true] {
      var call = ProgramCall(["sh", "-c", "sleep 600 & sleep 600"])
      if isBlind { call.watch = { _ in -1 } }
      let (outcome, seconds) = try run(call, 0.2)
      #expect(outcome.end == nil)
      #expect(seconds < 10)
    }
  }
}
