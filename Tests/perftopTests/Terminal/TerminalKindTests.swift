import Testing

@testable import perftop

@Suite("Kinds of terminal")
struct TerminalKindTests {
  @Test(
    "simple terminals get letters, and nothing they would print",
    arguments: ["dumb", "vt100", "vt220", "linux", "ansi"])
  func simple(_ name: String) {
    let kind = TerminalKind(name: name)
    #expect(!kind.hasGlyphs && !kind.hasReports && !kind.hasFrameMarks)
  }

  @Test(
    "the others get all of it",
    arguments: ["xterm-256color", "tmux-256color", "alacritty", "xterm-kitty"])
  func modern(_ name: String) {
    let kind = TerminalKind(name: name)
    #expect(kind.hasGlyphs && kind.hasReports && kind.hasFrameMarks)
  }

  @Test("direct colours are looked for where the environment promises them or they are asked for")
  func direct() {
    let kind = TerminalKind(name: "tmux-256color")
    #expect(kind.directNames({ _ in nil }, isForced: false) == [])
    #expect(
      kind.directNames({ _ in "truecolor" }, isForced: false) == ["tmux-direct", "xterm-direct"])
    #expect(
      TerminalKind(name: "xterm").directNames({ _ in nil }, isForced: true) == ["xterm-direct"])
    #expect(TerminalKind(name: "vt100").directNames({ _ in "24bit" }, isForced: true) == [])
  }

  @Test("A7: a size is what the terminal says, else the environment, else 80×24, and never absurd")
  func sizes() {
    let size = { (columns: Int, rows: Int, variables: [String: String]) in
      TerminalModes.size(columns: columns, rows: rows) { variables[$0] }
    }
    #expect(size(120, 40, [:]) == Size(width: 120, height: 40))
    #expect(size(0, 0, [:]) == Size(width: 80, height: 24))
    #expect(size(0, 0, ["COLUMNS": "100", "LINES": "30"]) == Size(width: 100, height: 30))
    #expect(size(0, 0, ["COLUMNS": "-4", "LINES": "x"]) == Size(width: 80, height: 24))
    #expect(size(0, 40, [:]) == Size(width: 80, height: 40))
    #expect(size(65535, 65535, [:]) == Size.largest)
    #expect(size(1, 1, ["COLUMNS": "99"]) == Size(width: 1, height: 1))
  }
}
