import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Ends of programs")
struct ProcessEndStatusTests {
  @Test("a status is passed on as a shell does")
  func passes() {
    #expect(ProcessEnd(waitStatus: 0) == .exited(0))
    #expect(ProcessEnd(waitStatus: 7 << 8).exitStatus == 7)
    #expect(ProcessEnd(waitStatus: SIGKILL) == .signalled(SIGKILL))
    #expect(ProcessEnd.signalled(15).exitStatus == 143)
    #expect(ProcessEnd.unknown.exitStatus == 1)
  }
}
