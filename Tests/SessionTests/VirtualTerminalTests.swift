import TestSupport
import Testing

@Suite("The terminal that tests look at")
struct VirtualTerminalTests {
  private func shown(_ output: String, columns: Int = 10, rows: Int = 4) -> VirtualTerminal {
    var terminal = VirtualTerminal(columns: columns, rows: rows)
    terminal.feed(output.utf8)
    return terminal
  }

  @Test("text goes where the cursor was put, and wraps at the edge")
  func placesText() {
    #expect(shown("\u{1b}[2;9Habcd").lines == ["", "        ab", "cd", ""])
  }

  @Test("a full last line does not scroll until something follows it")
  func wrapsLate() {
    #expect(shown("\u{1b}[4;1H0123456789").lines[3] == "0123456789")
    #expect(shown("\u{1b}[4;1H0123456789x").lines[2...] == ["0123456789", "x"])
  }

  @Test("repeat, erase, insert and delete do what ncurses means by them")
  func edits() {
    #expect(shown("a\u{1b}[4b").lines[0] == "aaaaa")
    #expect(shown("abcdef\u{1b}[1;2H\u{1b}[3X").lines[0] == "a   ef")
    #expect(shown("abcdef\u{1b}[1;2H\u{1b}[2P").lines[0] == "adef")
    #expect(shown("abcdef\u{1b}[1;2H\u{1b}[2@").lines[0] == "a  bcdef")
    #expect(shown("abc\r\n\u{1b}[1;2H\u{1b}[K").lines[0] == "a")
  }

  @Test("a scroll region scrolls and the rest stays")
  func scrolls() {
    let terminal = shown("a\r\nb\r\nc\r\nd\u{1b}[2;3r\u{1b}[3;1H\n")
    #expect(terminal.lines == ["a", "c", "", "d"])
    #expect(shown("a\r\nb\r\nc\u{1b}[2;1H\u{1b}[L").lines == ["a", "", "b", "c"])
  }

  @Test("leaving the alternate screen brings back what was there")
  func alternates() {
    let terminal = shown("shell\u{1b}[?1049hfull screen\u{1b}[?25l")
    #expect(terminal.modes == [1049])
    var left = terminal
    left.feed("\u{1b}[?1049l\u{1b}[?25h".utf8)
    #expect(left.lines[0] == "shell")
    #expect(left.modes == [25])
  }

  @Test("wide characters take two cells, marks none, and line drawing is drawn")
  func measuresCharacters() {
    #expect(shown("ｗx").cursor.x == 3)
    #expect(shown("e\u{301}x").lines[0] == "e\u{301}x")
    #expect(shown("\u{1b}(0qx\u{1b}(Bq").lines[0] == "─│q")
    #expect(shown("\u{1b})0qx").lines[0] == "qx")
  }

  @Test("every kind of control is remembered, whatever it carries")
  func remembersControls() {
    let terminal = shown("\u{1b}]0;title\u{7}\u{1b}[?2026h\u{1b}[1;31m\u{7}")
    #expect(terminal.strings == ["]0;title"])
    #expect(terminal.controls == ["OSC 0", "CSI ?h 2026", "CSI m"])
    #expect(terminal.strayBytes == [7])
  }
}
