import Glibc
import TestSupport
import Testing

@Suite("What goes wrong with terminals")
struct TerminalFaultTests {
  private static let isLong = getenv("PERFTOP_LONG") != nil

  private func watching(
    _ target: Specimen, columns: Int = 120, rows: Int = 40, environment: [String: String] = [:],
    ignoringHangup: Bool = false
  ) throws -> Session {
    let session = try Session(
      ["perftop", "-p", "\(target.pid)"], columns: columns, rows: rows, environment: environment,
      ignoringHangup: ignoringHangup)
    try #require(session.sees("Memory"))
    return session
  }

  @Test("a session that is left by its key gives the terminal back as it was")
  func leaves() throws {
    let target = try sleeper()
    let session = try watching(target)
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
    #expect(session.isRestored)
  }

  @Test("A1: the terminal goes away, with a hangup and without", arguments: [false, true])
  func losesTerminal(ignoringHangup: Bool) throws {
    let target = try sleeper()
    let session = try watching(target, ignoringHangup: ignoringHangup)
    let before = session.child.cpuSeconds
    session.closeMaster()
    let ending = try #require(session.ends(within: 2))
    #expect(ending.cpuSeconds - before <= 0.1)
  }

  @Test(
    "A2: a signal ends it cleanly, and by that signal",
    arguments: [SIGHUP, SIGTERM, SIGINT, SIGQUIT])
  func diesOfSignal(_ signal: Int32) throws {
    let target = try sleeper()
    let session = try watching(target)
    session.child.signal(signal)
    #expect(session.ends(within: 2)?.signal == signal)
    #expect(session.isRestored)
  }

  @Test(
    "A3: without a terminal to write to it prints once, whatever stands on its input",
    arguments: [ProgramRun.Input.nothing, .closed, .pipe])
  func printsOnce(_ input: ProgramRun.Input) throws {
    let target = try sleeper()
    let run = ProgramRun(["perftop", "-p", "\(target.pid)", "-d", "0.1"], input: input)
    #expect(run.code == 0)
    #expect(run.output.contains("Memory"))
    #expect(!run.hasEscapes)
    #expect((run.ending?.cpuSeconds ?? 9) < 0.5)
  }

  @Test("A3: a terminal to write to and none to read from is unusable, in one sentence")
  func refusesHalfTerminal() throws {
    let target = try sleeper()
    let script = "exec \(BuiltProgram.path) -p \(target.pid) </dev/null"
    let session = try Session(["sh", "-c", script])
    #expect(session.ends(within: 2)?.code == 5)
    #expect(session.screen.text.contains("perftop: "))
    #expect(session.isRestored)
  }

  @Test(
    "A5: a crash gives the terminal back, and is still a crash",
    arguments: [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP])
  func crashes(_ signal: Int32) throws {
    let target = try sleeper()
    let session = try watching(target)
    session.child.signal(signal)
    #expect(session.ends(within: 2)?.signal == signal)
    #expect(session.isRestored)
  }

  @Test("A6: a crash with nobody left to read of it ends all the same")
  func crashesAlone() throws {
    let target = try sleeper()
    let session = try watching(
      target, environment: ["SWIFT_BACKTRACE": "enable=yes"], ignoringHangup: true)
    session.closeMaster()
    session.child.signal(SIGSEGV)
    #expect(session.ends(within: 2) != nil)
  }

  @Test("A7: any size is survived, and the next one drawn")
  func survivesSizes() throws {
    let target = try sleeper()
    let session = try watching(target)
    var sizes = [
      (0, 0), (1, 1), (2, 1), (1, 200), (5, 3), (20, 5), (40, 10), (500, 200), (65535, 65535),
    ]
    if Self.isLong { sizes = (0...40).flatMap { width in (0...20).map { (width, $0) } } + sizes }
    for (columns, rows) in sizes {
      session.resize(columns: columns, rows: rows)
      session.watch(for: 0.02)
    }
    session.resize(columns: 80, rows: 24)
    #expect(session.sees { $0.text.contains("Memory") && $0.lines.allSatisfy { $0.count <= 80 } })
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
  }

  @Test("A7: a terminal that claims no size at all is taken for an ordinary one")
  func startsWithoutSize() throws {
    let target = try sleeper()
    let session = try Session(["perftop", "-p", "\(target.pid)"], columns: 0, rows: 0)
    session.watch(for: 0.3)
    #expect(session.child.ending == nil)
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
  }

  @Test("A8: a storm of resizes is one resize")
  func survivesResizes() throws {
    let target = try sleeper()
    let session = try watching(target)
    let before = session.child.cpuSeconds
    for step in 0..<(Self.isLong ? 2000 : 500) {
      session.resize(columns: 60 + step % 60, rows: 20 + step % 20)
      session.child.signal(SIGWINCH)
    }
    session.resize(columns: 100, rows: 30)
    #expect(session.sees { $0.text.contains("Memory") })
    #expect(session.child.cpuSeconds - before < 2)
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
  }

  @Test("A10: a terminal of no known kind is refused in a sentence", arguments: ["", "nope"])
  func refusesUnknownTerminal(_ kind: String) throws {
    let target = try sleeper()
    let session = try Session(["perftop", "-p", "\(target.pid)"], environment: ["TERM": kind])
    #expect(session.ends(within: 2)?.code == 5)
    #expect(session.screen.text.contains("perftop: "))
    #expect((1...2).contains(session.screen.lines.filter { !$0.isEmpty }.count))
  }

  @Test(
    "A10, A11: any known kind of terminal in any locale shows the panes",
    arguments: ["vt100", "linux", "screen", "xterm-256color"],
    ["", "C", "POSIX", "C.UTF-8", "xx_YY"])
  func worksAnywhere(kind: String, locale: String) throws {
    let target = try sleeper()
    let session = try watching(target, environment: ["TERM": kind, "LANG": locale])
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
    #expect(session.modes == session.modesBefore)
  }

  @Test("A11: numbers are written and read with a point, whatever the locale")
  func ignoresLocale() throws {
    let target = try sleeper()
    let run = ProgramRun(
      ["perftop", "snapshot", "--json", "-d", "0.1", "-p", "\(target.pid)"],
      environment: ["LC_ALL": "de_DE.UTF-8"])
    #expect(run.code == 0)
    #expect(run.numbers("probe_seconds").first.map { $0 < 1 } == true)
  }
}
