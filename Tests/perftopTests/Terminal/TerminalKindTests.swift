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
    "the others get all of it, and are asked what they can do",
    arguments: ["xterm-256color", "tmux-256color", "alacritty", "xterm-kitty"])
  func modern(_ name: String) {
    let kind = TerminalKind(name: name)
    #expect(kind.hasGlyphs && kind.hasReports && kind.answersQuestions)
  }

  @Test("frames are marked unasked only where the name alone says that this is understood")
  func marks() {
    for name in ["alacritty", "xterm-kitty", "foot", "foot-extra", "wezterm", "xterm-ghostty"] {
      #expect(TerminalKind(name: name).hasFrameMarks, "\(name)")
    }
    for name in ["xterm-256color", "tmux-256color", "screen", "linux", "footnote", "rioja"] {
      #expect(!TerminalKind(name: name).hasFrameMarks, "\(name)")
    }
    #expect(!TerminalKind(name: "screen-256color").answersQuestions)
    #expect(!TerminalKind(name: "linux").answersQuestions)
  }

  private func promises(_ name: String, _ variables: [String: String] = [:]) -> Bool {
    TerminalKind(name: name).promisesDirect { variables[$0] }
  }

  @Test("24 bits of colour are believed of a name, and of COLORTERM, but not inside GNU screen")
  func direct() {
    #expect(promises("alacritty"))
    #expect(!promises("xterm-256color"))
    #expect(promises("xterm-256color", ["COLORTERM": "truecolor"]))
    #expect(promises("xterm-256color", ["COLORTERM": "24bit"]))
    #expect(!promises("xterm-256color", ["COLORTERM": "gnome-terminal"]))
    #expect(!promises("linux", ["COLORTERM": "truecolor"]))
    #expect(!promises("screen-256color", ["COLORTERM": "truecolor"]))
    #expect(!promises("xterm-256color", ["COLORTERM": "truecolor", "STY": "1.pts"]))
    #expect(promises("screen-256color", ["COLORTERM": "truecolor", "TMUX": "/tmp/t,1,0"]))
    #expect(promises("tmux-256color", ["COLORTERM": "truecolor", "TMUX": "/tmp/t,1,0"]))
  }

  private func names(
    _ name: String, _ variables: [String: String] = [:], asked: Palette? = nil
  ) -> [String] {
    TerminalKind(name: name).descriptions({ variables[$0] }, asked: asked)
  }

  @Test("a description with more colours is looked for where these are promised or asked for")
  func descriptions() {
    #expect(names("xterm") == ["xterm"])
    #expect(names("xterm", ["COLORTERM": "truecolor"]) == ["xterm-256color", "xterm"])
    #expect(names("tmux", asked: .truecolor) == ["tmux-256color", "tmux"])
    #expect(names("xterm", asked: .eight) == ["xterm"])
    #expect(names("xterm-256color", ["COLORTERM": "truecolor"]) == ["xterm-256color"])
    #expect(names("xterm-direct", ["COLORTERM": "truecolor"]) == ["xterm-direct"])
    #expect(names("vt100", asked: .truecolor) == ["vt100"])
    #expect(names("nope") == ["nope"])
  }

  @Test("a machine that has not heard of a new terminal takes it for a common one")
  func unheardOf() {
    #expect(names("xterm-kitty") == ["xterm-kitty", "xterm-256color"])
    #expect(names("foot", asked: .off) == ["foot", "xterm-256color"])
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
