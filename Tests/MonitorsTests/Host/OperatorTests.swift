import Glibc
import Testing

@testable import Monitors

@Suite("Who sits at the screen")
struct OperatorTests {
  private func name(_ variables: [String: String]) -> Printable {
    Operator.name { variables[$0] }
  }

  @Test("the login's name comes first, with who called sudo and where from")
  func environment() {
    #expect(name(["LOGNAME": "pi", "USER": "other"]) == "pi")
    #expect(name(["USER": "root", "SUDO_USER": "pi"]) == "root (sudo by pi)")
    #expect(name(["USER": "pi", "SSH_CONNECTION": "10.0.0.7 5 10.0.0.8 22"]) == "pi from 10.0.0.7")
  }

  @Test("where the environment has no name, the list of users does")
  func unnamed() {
    #expect(name([:]) == Person.running.name)
    #expect(!name([:]).isEmpty)
  }

  @Test("a name does nothing to a terminal")
  func hostile() {
    #expect(!name(["USER": "a\u{1b}[31m\n"]).text.contains { $0 == "\u{1b}" || $0.isNewline })
  }
}
