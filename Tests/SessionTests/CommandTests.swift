import Glibc
import TestSupport
import Testing

@Suite("Exit codes and the sentences that go with them")
struct CommandTests {
  @Test(
    "a mistake on the command line is 2",
    arguments: [
      ["--nonsense"], ["-p"], ["-p", "x"], ["-d", "0,5", "-p", "1"], ["snapshot", "--count", "-1"],
    ])
  func usage(_ arguments: [String]) {
    let run = ProgramRun(["perftop"] + arguments)
    #expect(run.code == 2)
    #expect(run.complainsProperly)
    #expect(run.output.isEmpty)
  }

  @Test("no such process is 3, at once")
  func noProcess() {
    let run = ProgramRun(["perftop", "snapshot", "-p", "999999999"])
    #expect(run.code == 3)
    #expect(run.complainsProperly)
    #expect(run.seconds < 1)
  }

  @Test(
    "help and version are answers, not complaints", arguments: ["--help", "-h", "--version", "-V"])
  func help(_ option: String) {
    let run = ProgramRun(["perftop", option])
    #expect(run.code == 0)
    #expect(run.output.contains("perftop"))
    #expect(run.errors.isEmpty)
  }

  @Test("the demo shows all six panes, says what is simulated, and leaves nothing behind")
  func demo() throws {
    let session = try Session(["perftop", "demo", "--seconds", "2"])
    #expect(
      session.sees { screen in
        ["Memory", "Storage", "Batching", "Quality", "Thermal", "Alerts", "simulated"]
          .allSatisfy { screen.text.contains($0) }
      })
    #expect(session.ends(within: 6)?.code == 0)
    #expect(session.isRestored)
  }

  @Test("the demo's program is gone when the demo is killed")
  func demoCleansUp() throws {
    let session = try Session(["perftop", "demo"])
    #expect(session.sees("Memory"))
    let pid = session.child.pid
    let list = ProgramRun(["sh", "-c", "cat /proc/\(pid)/task/*/children"]).output
    let children = list.split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    #expect(!children.isEmpty)
    session.child.signal(SIGKILL)
    #expect(session.ends(within: 3) != nil)
    #expect(children.allSatisfy { ends($0, within: 2) })
  }
}
