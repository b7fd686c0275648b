import Testing

@testable import perftop

@Suite("The program itself")
struct PerftopTests {
  @Test("--version and --help go to standard output and end with 0")
  func speaks() throws {
    let version = try RealProgram.run(["--version"])
    #expect(version.output == "perftop 0.1.0\n")
    #expect(version.status == 0)
    let help = try RealProgram.run(["snapshot", "--help"])
    #expect(help.output == Usage.text(.snapshot))
    #expect(help.errors.isEmpty)
  }

  @Test("a mistake is two lines on standard error and ends with 2")
  func refuses() throws {
    let outcome = try RealProgram.run(["--delya", "2"])
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors == "perftop: --delya: unknown option\ndid you mean --delay?\n")
  }

  @Test("help that can not be written is a failure")
  func noticesFullDisk() throws {
    let outcome = try RealProgram.run(program: [
      "sh", "-c", "\"$0\" --help > /dev/full", RealProgram.path,
    ])
    #expect(outcome.status == 1)
    #expect(outcome.errors == "perftop: standard output: No space left on device\n")
  }
}
