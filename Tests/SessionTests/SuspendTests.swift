import Glibc
import TestSupport
import Testing

@Suite("Away from the terminal and back")
struct SuspendTests {
  private static let hasMultiplexer = ProgramRun(["tmux", "-V"]).code == 0
  private static let hasShell = ProgramRun(["bash", "--version"]).code == 0

  private static let panes = ["Memory", "Storage", "Batching", "Quality", "Thermal", "Alerts"]

  private func showsAll(_ screen: VirtualTerminal) -> Bool {
    Self.panes.allSatisfy { screen.text.contains($0) }
  }

  /// A shell with a monitor in front that draws nothing by itself for a long time.
  private func shell(watching target: Specimen) throws -> Session {
    let session = try Session(["bash", "--norc", "--noprofile", "-i"], columns: 100, rows: 30)
    session.press("PS1='ready> '\n")
    try #require(session.sees("ready> "))
    session.press("\(BuiltProgram.path) -d 30 -p \(target.pid)\n")
    try #require(session.sees(within: 8) { showsAll($0) })
    return session
  }

  private func leave(_ session: Session) {
    session.press("q")
    #expect(session.sees { !$0.modes.contains(1049) })
    session.press("exit\n")
    #expect(session.ends(within: 3) != nil)
  }

  @Test(
    "A9: Ctrl-Z gives the shell its line back, and fg the whole screen at once",
    .enabled(if: hasShell, "no bash"))
  func suspends() throws {
    let target = try sleeper()
    let session = try shell(watching: target)
    for _ in 0..<2 {
      session.press("\u{1a}")
      #expect(session.sees("Stopped"))
      #expect(session.screen.modes.isDisjoint(with: [1049, 1000, 1002, 1003, 1006, 2026]))
      #expect(session.screen.modes.contains(25))
      session.press("clear; stty -a\n")
      #expect(
        session.sees { screen in
          let words = Set(screen.text.split(whereSeparator: { " ;\n".contains($0) }))
          return ["icanon", "echo", "icrnl", "opost", "isig"].allSatisfy { words.contains($0) }
        })
      session.press("fg\n")
      #expect(session.sees(within: 3) { $0.modes.contains(1049) && showsAll($0) })
    }
    leave(session)
  }

  @Test(
    "A9: a stop from outside, and one while it is stopped, end in the same whole screen",
    .enabled(if: hasShell, "no bash"))
  func stopsFromOutside() throws {
    let target = try sleeper()
    let session = try shell(watching: target)
    session.press("\u{1a}")
    #expect(session.sees("Stopped"))
    session.resize(columns: 80, rows: 24)
    session.press("fg\n")
    #expect(
      session.sees(within: 3) { screen in
        showsAll(screen) && screen.lines.contains { $0.count == 80 && $0.hasSuffix("╮") }
      })
    leave(session)
  }

  @Test(
    "A9: detached from tmux and attached at another size it fills that size",
    .enabled(if: hasMultiplexer, "no tmux"))
  func attaches() throws {
    let target = try sleeper()
    let folder = try TemporaryDirectory()
    let tmux = ["tmux", "-S", "\(folder.path)/socket", "-f", "/dev/null"]
    defer { _ = ProgramRun(tmux + ["kill-server"]) }
    let command = "\(BuiltProgram.path) -d 30 -p \(target.pid)"
    let begin = ProgramRun(tmux + ["new-session", "-d", "-x", "80", "-y", "24", command])
    try #require(begin.code == 0)
    for (columns, rows) in [(120, 40), (80, 24), (60, 20)] {
      let session = try Session(tmux + ["attach"], columns: columns, rows: rows)
      #expect(
        session.sees(within: 8) { screen in
          screen.text.contains("Memory")
            && screen.lines.contains { $0.count == columns && $0.hasSuffix("╮") }
        }, "\(columns)×\(rows)")
      session.press("\u{2}d")
      #expect(session.ends(within: 3) != nil)
    }
  }
}
