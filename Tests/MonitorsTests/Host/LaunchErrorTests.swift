import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Programs that are not launched")
struct LaunchErrorTests {
  @Test("a program that was not launched says what to do and ends as a shell does")
  func explains() {
    #expect(LaunchError.program("x", SystemError(ENOENT)).exitStatus == 127)
    #expect(LaunchError.program("x", SystemError(ENOEXEC)).exitStatus == 126)
    #expect(LaunchError.program("x", SystemError(ENOEXEC)).lines.contains("#!"))
    #expect(LaunchError.identity(SystemError(EINVAL)).lines.contains("SUDO_UID"))
  }
}
