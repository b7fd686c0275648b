import Glibc
import Monitors
import TestSupport
import Testing

@testable import perftop

/// ncurses is one for the process: its tests run one after the other, and there are none elsewhere.
@MainActor
@Suite("Ncurses backend", .serialized)
struct NcursesBackendTests {
  private func open(
    _ terminal: PseudoTerminal, _ variables: [String: String] = [:], palette: Palette? = nil,
    glyphs: GlyphSet? = .unicode
  ) throws(TerminalError) -> NcursesBackend {
    let all = ["TERM": "alacritty"].merging(variables) { $1 }
    return try NcursesBackend(
      host: .fake(files: FakeFiles(), variables: all),
      options: .init(
        glyphs: glyphs, palette: palette, output: terminal.device, input: terminal.device))
  }

  private func canvas(_ size: Size, _ text: String, role: Role = .text) -> Canvas {
    var canvas = Canvas(size: size)
    for (x, scalar) in text.unicodeScalars.enumerated() {
      canvas[x, 0] = Cell(glyph: Glyph(scalar: scalar.value), role: role)
    }
    return canvas
  }

  @Test("a frame is between its marks, a change is a few bytes, no change is none")
  func frames() throws {
    let terminal = try #require(PseudoTerminal(columns: 60, rows: 10))
    let backend = try open(terminal)
    defer { backend.leave() }
    #expect(backend.size == Size(width: 60, height: 10))
    backend.present(canvas(backend.size, "hello ⣿"), theme: .builtIn)
    let first = terminal.read(until: "\u{1b}[?2026l")
    #expect(first.hasPrefix("\u{1b}[?2026h"))
    #expect(first.contains("\u{1b}[?1049h") && first.contains("hello ⣿"))
    #expect(first.contains("\u{1b}[?1006h") && first.contains("\u{1b}[?2004h"))
    let before = backend.bytesWritten
    backend.present(canvas(backend.size, "hellO ⣿"), theme: .builtIn)
    #expect(terminal.read(until: "\u{1b}[?2026l").contains("O"))
    #expect(backend.bytesWritten - before < 40)
    let after = backend.bytesWritten
    backend.present(canvas(backend.size, "hellO ⣿"), theme: .builtIn)
    #expect(backend.bytesWritten == after)
  }

  @Test("leaving gives back the screen, the cursor, the mouse and the line's settings")
  func leaving() throws {
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    let before = terminal.flags
    let backend = try open(terminal)
    #expect(terminal.flags != before)
    backend.present(canvas(backend.size, "x"), theme: .builtIn)
    backend.leave()
    backend.leave()
    #expect(terminal.flags == before)
    let text = terminal.readNow()
    for wanted in ["\u{1b}[?1049l", "\u{1b}[?25h", "\u{1b}[?1006l", "\u{1b}[?2004l"] {
      #expect(text.components(wanted) == 1, "\(wanted.dropFirst())")
    }
  }

  @Test("keys and the mouse come through, and an escape alone after silence")
  func keys() throws {
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    let backend = try open(terminal)
    defer { backend.leave() }
    terminal.type("q\u{1b}OA\u{3}\u{1b}[<0;3;2M\u{1b}")
    terminal.awaitInput()
    #expect(
      backend.keys() == [
        .character("q"), .up, .control("c"), .mouse(.init(kind: .press, x: 2, y: 1)),
      ])
    #expect(backend.isKeyUnfinished)
    #expect(backend.keysAfterSilence() == [.escape])
    #expect(backend.keys() == [])
    #expect(!backend.hasEnded)
  }

  @Test("A1: when the other end is gone, reading says so")
  func hangUp() throws {
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    let backend = try open(terminal)
    defer { backend.leave() }
    terminal.hangUp()
    #expect(backend.keys() == [])
    #expect(backend.hasEnded)
  }

  @Test("A4: while nobody reads only the newest frame is kept, and it is shown when there is room")
  func stalled() throws {
    let terminal = try #require(PseudoTerminal(columns: 200, rows: 60))
    let backend = try open(terminal)
    defer { backend.leave() }
    var canvas = Canvas(size: backend.size)
    for round in 0..<40 where !backend.isStalled {
      for y in 0..<60 {
        for x in 0..<200 {
          let glyph = Glyph(scalar: UInt32(33 + (x * 7 + y * 3 + round * 5) % 90))
          canvas[x, y] = Cell(glyph: glyph, role: .gradient(.cpu, UInt8((x + round) % 100)))
        }
      }
      backend.present(canvas, theme: .builtIn)
    }
    #expect(backend.isStalled)
    let before = backend.bytesWritten
    for number in 0..<50 {
      backend.present(self.canvas(backend.size, "frame \(number)"), theme: .builtIn)
    }
    #expect(backend.bytesWritten == before)
    var text = ""
    for _ in 0..<100 where backend.isStalled {
      text += terminal.readNow()
      backend.drain()
    }
    text += terminal.readNow()
    #expect(text.contains("frame 49"))
    #expect(!text.contains("frame 48"))
  }

  @Test(
    "A7: any size is drawn on, and 0×0 is taken for 80×24",
    arguments: [1, 2, 7, 40, 500] as [UInt16])
  func sizes(_ side: UInt16) throws {
    let terminal = try #require(PseudoTerminal(columns: 0, rows: 0))
    let backend = try open(terminal)
    defer { backend.leave() }
    #expect(backend.size == Size(width: 80, height: 24))
    terminal.resize(columns: side, rows: max(1, side / 2))
    #expect(backend.resize())
    #expect(!backend.resize())
    #expect(backend.size == Size(width: Int(side), height: Int(max(1, side / 2))))
    backend.present(canvas(backend.size, "x"), theme: .builtIn)
    #expect(terminal.read(until: "\u{1b}[?2026l").contains("x"))
  }

  @Test("suspending gives the terminal back, resuming paints everything again")
  func suspending() throws {
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    let before = terminal.flags
    let backend = try open(terminal)
    defer { backend.leave() }
    let frame = canvas(backend.size, "painted")
    backend.present(frame, theme: .builtIn)
    _ = terminal.read(until: "\u{1b}[?2026l")
    backend.suspend()
    #expect(terminal.flags == before)
    #expect(terminal.read(until: "\u{1b}[?25h").contains("\u{1b}[?1049l"))
    backend.present(frame, theme: .builtIn)
    backend.resume()
    #expect(terminal.flags != before)
    backend.present(frame, theme: .builtIn)
    let again = terminal.read(until: "\u{1b}[?2026l")
    #expect(again.contains("painted") && again.contains("\u{1b}[?1049h"))
    #expect(again.contains("\u{1b}[?1000h"))
  }

  @Test("colours follow the palette, and without one only emphasis is left")
  func colours() throws {
    let cases: [(Palette?, [String: String], String, Bool)] = [
      (nil, [:], "\u{1b}[38;5;167m", true), (.off, [:], "\u{1b}[3", false),
      (nil, ["NO_COLOR": "1"], "\u{1b}[3", false),
      (nil, ["COLORTERM": "truecolor"], "\u{1b}[38;2;232;93;93m", true),
      (.truecolor, [:], "\u{1b}[38;2;232;93;93m", true),
      (.truecolor, [:], "38;5", false), (.sixteen, [:], "\u{1b}[91m", true),
      (.eight, [:], "\u{1b}[31m", true),
    ]
    for (palette, variables, wanted, isThere) in cases {
      let variables = ["TERM": "xterm-256color"].merging(variables) { $1 }
      let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
      let backend = try open(terminal, variables, palette: palette)
      backend.present(
        canvas(backend.size, "x", role: .severity(.critical)), theme: .builtIn)
      let text = terminal.read(until: "x")
      backend.leave()
      #expect(text.contains(wanted) == isThere, "\(String(describing: palette))")
    }
  }

  @Test("a new theme is shown on the whole screen")
  func themes() throws {
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    let backend = try open(terminal)
    defer { backend.leave() }
    let frame = canvas(backend.size, "title", role: .title)
    backend.present(frame, theme: .builtIn)
    _ = terminal.read(until: "\u{1b}[?2026l")
    let red = Theme(name: "red", colors: [.title: .rgb(RGB(red: 255, green: 0, blue: 0))])
    backend.present(frame, theme: red)
    #expect(terminal.read(until: "\u{1b}[?2026l").contains("38;2;255;0;0"))
    let sky = Theme(name: "sky", colors: [.title: .rgb(RGB(red: 0, green: 200, blue: 255))])
    backend.present(frame, theme: sky)
    #expect(terminal.read(until: "\u{1b}[?2026l").contains("38;2;0;200;255"))
  }

  @Test(
    "A10: old terminals are drawn on in letters, without colour and without marks",
    arguments: ["vt100", "linux", "screen"])
  func oldTerminals(_ name: String) throws {
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    let backend = try open(terminal, ["TERM": name], glyphs: .ascii)
    backend.present(canvas(backend.size, "old ⣿ é"), theme: .builtIn)
    backend.leave()
    let text = terminal.readNow()
    #expect(text.contains("old ? ?"))
    // One with a second screen gives back the first; on the others what comes next goes below the picture.
    #expect(text.contains("\u{1b}[?1049l") == (name == "screen"))
    #expect(text.contains("\u{1b}[999;1H\r\n") == (name != "screen"))
    #expect(!text.contains("2026"))
  }

  @Test("an unknown terminal is asked, and its frames are marked once it says that it knows how")
  func asking() throws {
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    let backend = try open(terminal, ["TERM": "xterm-256color"])
    defer { backend.leave() }
    backend.present(canvas(backend.size, "one"), theme: .builtIn)
    let first = terminal.read(until: "one")
    #expect(first.components("\u{1b}[?2026$p") == 1 && first.components("\u{1b}]11;?") == 1)
    #expect(!first.contains("\u{1b}[?2026h"))
    #expect(backend.ground == nil)
    terminal.type("\u{1b}[?2026;2$y\u{1b}]11;rgb:fafa/f0f0/0000\u{1b}\\q")
    terminal.awaitInput()
    #expect(backend.keys() == [.character("q")])
    #expect(backend.ground == RGB(red: 250, green: 240, blue: 0))
    backend.present(canvas(backend.size, "two"), theme: .builtIn)
    let second = terminal.read(until: "\u{1b}[?2026l")
    #expect(second.contains("\u{1b}[?2026h") && !second.contains("$p"))
  }

  @Test("an answer in pieces is no key, and an escape is one once the answers are in")
  func piecemeal() throws {
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    let backend = try open(terminal, ["TERM": "xterm-256color"])
    defer { backend.leave() }
    backend.present(canvas(backend.size, "one"), theme: .builtIn)
    for piece in ["\u{1b}", "[?2026;", "0$y\u{1b}", "]11;rgb:00/00/00", "\u{7}"] {
      terminal.type(piece)
      terminal.awaitInput()
      #expect(backend.keys() == [])
      #expect(backend.keysAfterSilence() == [])
    }
    #expect(backend.ground == .black)
    terminal.type("\u{1b}")
    terminal.awaitInput()
    #expect(backend.keys() == [])
    #expect(backend.keysAfterSilence() == [.escape])
  }

  @Test("A10: a terminal that can't be used is a sentence and advice")
  func unusable() throws {
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    let before = terminal.flags
    func failure(_ name: String) -> TerminalError? {
      do throws(TerminalError) { _ = try open(terminal, ["TERM": name]) } catch { return error }
      return nil
    }
    #expect(failure("") == .typeMissing)
    #expect(failure("no-such-terminal") == .typeUnknown("no-such-terminal"))
    #expect(failure("\u{1b}]0;x") == .typeUnknown("·]0;x"))
    #expect(failure("dumb") == .typeTooSimple("dumb"))
    #expect(terminal.flags == before)
  }

  @Test("A3: what is no terminal is refused")
  func noTerminal() throws {
    let null = Glibc.open("/dev/null", O_RDWR)
    defer { close(null) }
    let terminal = try #require(PseudoTerminal(columns: 40, rows: 5))
    func failure(output: Int32, input: Int32) -> TerminalError? {
      let host = Host.fake(files: FakeFiles(), variables: ["TERM": "xterm"])
      do throws(TerminalError) {
        _ = try NcursesBackend(host: host, options: .init(output: output, input: input))
      } catch { return error }
      return nil
    }
    #expect(failure(output: null, input: terminal.device) == .outputNotATerminal)
    #expect(failure(output: terminal.device, input: null) == .inputNotATerminal)
  }
}

extension String {
  fileprivate func components(_ part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let place = rest.firstIndex(of: part[part.startIndex]) {
      if rest[place...].hasPrefix(part) { count += 1 }
      rest = rest[rest.index(after: place)...]
    }
    return count
  }
}
