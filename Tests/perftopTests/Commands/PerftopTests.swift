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

  @Test("a directory without proc can not take the machine's place")
  func refusesEmptySysroot() throws {
    let outcome = try RealProgram.run(["snapshot", "--sysroot", "/usr/lib"])
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("perftop: /usr/lib/proc: "))
  }

  @Test("a standard output that is closed is a failure and no silence")
  func noticesClosedOutput() throws {
    let outcome = try RealProgram.run(program: [
      "sh", "-c", "\"$0\" snapshot -d 10ms >&-", RealProgram.path,
    ])
    #expect(outcome.status == 1)
    #expect(outcome.errors == "perftop: standard output: Bad file descriptor\n")
  }

  @Test("--json and --jsonl exclude each other")
  func refusesBoth() throws {
    let outcome = try RealProgram.run(["snapshot", "--json", "--jsonl"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("perftop: --jsonl: does not go with --json\n"))
  }

  @Test(
    "text is ASCII where that is asked for or nothing else can be shown",
    arguments: [
      (["--ascii"], ["LC_ALL": "C.UTF-8"]), ([], ["LC_ALL": "C"]), ([], ["LC_ALL": "POSIX"]),
    ])
  func asciiText(options: [String], variables: [String: String]) throws {
    for command in [["snapshot", "-d", "10ms"], ["doctor"]] {
      let outcome = try RealProgram.run(command + options, variables: variables)
      #expect(outcome.status == 0)
      #expect(!outcome.output.isEmpty)
      #expect(outcome.output.utf8.allSatisfy { $0 < 0x80 })
    }
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
