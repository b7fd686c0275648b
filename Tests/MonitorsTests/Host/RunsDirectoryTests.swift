import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Where output of launched programs lies")
struct RunsDirectoryTests {
  @Test("below the state directory, or below home")
  func finds() {
    let path = { (variables: [String: String]) in RunsDirectory.path { variables[$0] } }
    #expect(path(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/perftop/runs")
    #expect(path(["HOME": "/h"]) == "/h/.local/state/perftop/runs")
    #expect(path(["XDG_STATE_HOME": "relative", "HOME": "/h"]) == "/h/.local/state/perftop/runs")
    #expect(path([:]) == nil)
  }

  @Test(
    "names are made of the program's, without anything a path or terminal could take amiss",
    arguments: [
      ("/usr/bin/python3", "python3-7"), ("../../etc/x y", "x-y-7"), ("/", "program-7"),
      ("", "program-7"), ("a\u{1b}[2J", "a--2J-7"),
    ])
  func names(_ program: String, _ name: String) {
    #expect(RunsDirectory.name(program: Array(program.utf8), pid: 7) == name)
  }
}
