internal import CSystem
import Glibc
import Monitors

/// The terminal, by way of ncurses: it finds out what changed and says it in few bytes; we say it in one write.
///
/// ncurses is one for the process, so there can be only one of these at a time.
@MainActor
final class NcursesBackend: CanvasBackend {
  /// What a person can ask for.
  struct Options {
    var glyphs: GlyphSet?
    var palette: Palette?
    var output: Int32 = 1
    var input: Int32 = 0
  }

  private(set) var size: Size
  /// Which glyphs can be shown.
  let glyphs: GlyphSet
  /// How colours are shown.
  let palette: Palette
  private(set) var hasEnded = false
  let kind: TerminalKind
  private let environment: @Sendable (String) -> String?
  private let modes: TerminalModes
  private let screen: CursesScreen
  var writer: FrameWriter
  private var decoder = KeyDecoder()
  private var shown: Canvas?
  private var waiting: (Canvas, Theme)?
  private var shownTheme: Theme?
  private var needsEnter = true
  private var questions: TerminalQuestions
  private let time: any TimeSource
  private(set) var isOut = false

  /// Opens the terminal; changes nothing on it before the first frame, except that keys come one by one.
  init(host: Host, options: Options = Options()) throws(TerminalError) {
    guard isatty(options.output) == 1 else { throw .outputNotATerminal }
    guard isatty(options.input) == 1 else { throw .inputNotATerminal }
    guard let name = host.environment("TERM"), !name.isEmpty else { throw .typeMissing }
    kind = TerminalKind(name: name)
    questions = TerminalQuestions(hasFrameMarks: kind.hasFrameMarks)
    time = host.time
    environment = host.environment
    let wanted = TerminalKind.prepareLocale(
      host.environment, asked: options.glyphs ?? (kind.hasGlyphs ? nil : .ascii))
    glyphs = wanted
    let terminal = TerminalModes.reopen(options.output)
    writer = try FrameWriter(terminal: terminal.descriptor)
    screen = try CursesScreen.open(
      kind, host: host, asked: options.palette, output: writer.memory)
    palette = screen.palette
    modes = try TerminalModes(terminal, restore: screen.restoreBytes(kind))
    size = modes.size(host.environment)
    guard modes.waitForForeground() else { throw .system("in the background of no shell") }
    modes.enter()
    cs_install_crash_restore()
    screen.resize(to: size)
  }

  /// How colours would be shown by a terminal, without taking it.
  static func palette(host: Host, asked: Palette?) -> Palette {
    let kind = TerminalKind(name: host.environment("TERM") ?? "")
    let home = TerminalKind.distrustEnvironment(host)
    defer { if let home { setenv("HOME", home, 1) } }
    for name in kind.descriptions(host.environment, asked: asked) {
      let description = TerminalDescription(name, host: host)
      guard description.damaged == nil, !name.isEmpty, CursesScreen.describes(name) else {
        continue
      }
      let offer = CursesScreen.traits(name).offer(
        kind, description: description, environment: host.environment)
      return Palette.choose(asked: asked, offer: offer, environment: host.environment)
    }
    return .off
  }

  var descriptor: Int32 { isOut ? -1 : modes.descriptor }
  var isStalled: Bool { writer.isStalled }
  var isKeyUnfinished: Bool { decoder.isWaiting }
  var ground: RGB? { questions.ground }
  /// All bytes that were written.
  var bytesWritten: Int { writer.total }

  /// Shows a canvas. While an older frame waits for room on the line, only the newest canvas is kept.
  func present(_ canvas: Canvas, theme: Theme) {
    guard !isOut else { return }
    guard !writer.isStalled else {
      waiting = (canvas, theme)
      return
    }
    if shownTheme != theme {
      screen.use(theme)
      shownTheme = theme
      shown = nil
    }
    screen.draw(canvas, over: shown, glyphs: glyphs)
    shown = canvas
    let force = needsEnter ? enterBytes() : []
    let marks = questions.hasFrameMarks
    writer.send(
      opening: marks ? FrameWriter.frameBegin : [], closing: marks ? FrameWriter.frameEnd : [],
      force: force, colors: screen.colors)
    if writer.hasFailed { hasEnded = true }
  }

  private func enterBytes() -> [UInt8] {
    needsEnter = false
    return FrameWriter.enterBytes(kind) + questions.ask(kind, at: time.now())
  }

  func drain() {
    writer.flush()
    if writer.hasFailed { hasEnded = true }
    guard !writer.isStalled, let (canvas, theme) = waiting else { return }
    waiting = nil
    present(canvas, theme: theme)
  }

  func keys() -> [Key] {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = read(modes.descriptor, &bytes, bytes.count)
    if count > 0 {
      questions.hear(bytes.prefix(count))
      return decoder.feed(bytes.prefix(count))
    }
    if count < 0, errno == EAGAIN || errno == EINTR { return [] }
    // In the background reading fails too, but then the terminal is only busy with someone else.
    hasEnded = !(count < 0 && errno == EIO && modes.isBackground && modes.waitForForeground())
    if !hasEnded { resume() }
    return []
  }

  /// An answer may come in pieces, the first of which looks like a key.
  func keysAfterSilence() -> [Key] { questions.isOpen(at: time.now()) ? [] : decoder.timeOut() }

  func resize() -> Bool {
    let new = modes.size(environment)
    guard new != size else { return false }
    size = new
    screen.resize(to: new)
    shown = nil
    return true
  }

  func repaint() {
    screen.clear()
    shown = nil
    needsEnter = true
  }

  func suspend() {
    giveBack()
    isOut = true
  }

  func resume() {
    guard modes.waitForForeground() else {
      hasEnded = true
      return
    }
    isOut = false
    modes.enter()
    _ = resize()
    repaint()
  }

  func leave() {
    guard !screen.isClosed else { return }
    giveBack()
    isOut = true
    screen.close()
    modes.close()
  }

  private func giveBack() {
    writer.drop()
    waiting = nil
    screen.end()
    writer.discard()
    // What the terminal answers must not be read by the shell.
    if questions.isOpen(at: time.now()) { modes.swallowAnswers() }
    modes.leave()
  }
}
