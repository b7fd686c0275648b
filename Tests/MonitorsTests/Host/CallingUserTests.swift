import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Who called sudo")
struct CallingUserTests {
  private func behind(_ variables: [String: String]) throws -> CallingUser? {
    try CallingUser.behindSudo { variables[$0] }
  }

  @Test("nobody, without sudo's variables, or when root called root")
  func nobody() throws {
    #expect(try behind([:]) == nil)
    #expect(try behind(["SUDO_UID": "0", "SUDO_GID": "0"]) == nil)
  }

  @Test("the person they name", .enabled(if: geteuid() == 0, "needs root"))
  func person() throws {
    let user = try behind(["SUDO_UID": "65534", "SUDO_GID": "65534"])
    #expect(user?.user == 65534)
    #expect(user?.words.text.hasSuffix("(65534)") == true)
    let unknown = try behind(["SUDO_UID": "54321", "SUDO_GID": "54321"])
    #expect(unknown?.words == "user 54321")
  }

  @Test(
    "variables that name nobody are refused, not guessed at",
    .enabled(if: geteuid() == 0, "needs root"),
    arguments: [["SUDO_UID": "alice", "SUDO_GID": "0"], ["SUDO_UID": "1000"], ["SUDO_UID": "-1"]])
  func nonsense(_ variables: [String: String]) {
    #expect(throws: SystemError(EINVAL)) { try behind(variables) }
  }
}
