internal import CNcurses
import Glibc
import Monitors

/// The part that speaks ncurses: cells in, bytes in a memory file out.
///
/// It belongs to a backend, and with it to the main actor; that the thread is the right one need not be asked each tick.
final class CursesScreen {
  private(set) var palette: Palette
  private(set) var isClosed = false
  private let handle: OpaquePointer
  private let output: UnsafeMutablePointer<FILE>
  private let input: UnsafeMutablePointer<FILE>
  private(set) var colors = DirectColors()
  private let isDirect: Bool
  private var theme = Theme.builtIn
  private var looks: [Look?] = Array(repeating: nil, count: Role.indexCount)

  /// What a role is to ncurses.
  private struct Look {
    var attributes: attr_t
    var pair: Int32
  }

  private init(
    handle: OpaquePointer, output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>,
    isDirect: Bool, palette: Palette
  ) {
    self.handle = handle
    self.output = output
    self.input = input
    self.palette = palette
    self.isDirect = isDirect
  }

  /// Starts ncurses on a memory file; it never sees the terminal itself, nor its keys.
  static func open(_ kind: TerminalKind, host: Host, asked: Palette?, output memory: Int32)
    throws(TerminalError) -> CursesScreen
  {
    guard let output = fdopen(memory, "w"), let input = fopen("/dev/null", "r") else {
      throw .system(SystemError.last.sentence)
    }
    let home = TerminalKind.distrustEnvironment(host)
    defer { if let home { setenv("HOME", home, 1) } }
    // Any size will do until the first resize, but ncurses 6.5 does not start without one, and not every kind names one.
    use_env(true)
    use_tioctl(false)
    for name in kind.descriptions(host.environment, asked: asked) {
      let description = TerminalDescription(name, host: host)
      if let path = description.damaged { throw .typeDamaged(path) }
      namesExtended(name)
      guard let handle = Signals.keepingHandlers({ newterm(name, output, input) }) else { continue }
      guard nc_capability("cup") != nil else {
        delscreen(handle)
        throw .typeTooSimple(Printable(kind.name))
      }
      let traits = traits(name)
      let offer = traits.offer(kind, description: description, environment: host.environment)
      let screen = CursesScreen(
        handle: handle, output: output, input: input, isDirect: traits.isDirect,
        palette: .choose(asked: asked, offer: offer, environment: host.environment))
      screen.prepare()
      return screen
    }
    throw .typeUnknown(Printable(kind.name))
  }

  /// What the description that was read says of colours.
  static func traits(_ name: String) -> TerminalTraits {
    TerminalTraits(name: name, colors: Int(tigetnum("colors")), setter: capability("setaf"))
  }

  /// A damaged list of names that somebody added crashes ncurses; only those with 24 bits of colour need one.
  private static func namesExtended(_ name: String) {
    _ = use_extended_names(TerminalTraits(name: name).isNamedDirect)
  }

  static func describes(_ name: String) -> Bool {
    namesExtended(name)
    return nc_describe(name)
  }

  private func prepare() {
    // A description may promise colours and no pairs of them.
    if palette != .off, tigetnum("pairs") < 1 || start_color() != OK { palette = .off }
    if palette != .off { use_default_colors() }
    nonl()
    typeahead(-1)
    curs_set(0)
    if let window = nc_newscr() {
      leaveok(window, true)
      scrollok(window, false)
    }
  }

  /// The bytes that undo what ncurses does to a screen.
  func restoreBytes(_ kind: TerminalKind) -> [UInt8] {
    FrameWriter.leaveBytes(kind)
      + ["sgr0", "rmcup", "cnorm"].flatMap { CursesScreen.capability($0) }
      + leavingPicture()
  }

  /// A terminal with only one screen keeps the picture: what comes next goes below it.
  private func leavingPicture() -> [UInt8] {
    guard nc_capability("rmcup") == nil else { return [] }
    return CursesScreen.bytes(nc_far_below()) + Array("\r\n".utf8)
  }

  private static func capability(_ name: String) -> [UInt8] { bytes(nc_capability(name)) }

  private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    text.map { TerminalTraits.unpadded(Array(String(cString: $0).utf8)) } ?? []
  }

  func use(_ theme: Theme) {
    self.theme = theme
    looks = Array(repeating: nil, count: Role.indexCount)
    colors.forget()
    if palette != .off { reset_color_pairs() }
  }

  func resize(to size: Size) {
    resizeterm(Int32(max(1, size.height)), Int32(max(1, size.width)))
    // What ncurses compares is two other screens; its standard one is a third copy that nobody looks at.
    wresize(nc_stdscr(), 1, 1)
    clear()
  }

  /// Makes the next frame begin with an empty screen.
  func clear() {
    guard let window = nc_newscr() else { return }
    werase(window)
    clearok(window, true)
  }

  /// Hands over the cells that differ from what was shown, and lets ncurses write.
  func draw(_ canvas: Canvas, over shown: Canvas?, glyphs: GlyphSet) {
    let shown = shown?.size == canvas.size ? shown : nil
    if shown == nil { werase(nc_newscr()) }
    let width = canvas.size.width
    canvas.cells.withUnsafeBufferPointer { new in
      guard let shown else {
        for place in new.indices { put(new[place], at: place, width, glyphs) }
        return
      }
      shown.cells.withUnsafeBufferPointer { old in
        for row in stride(from: 0, to: new.count, by: max(1, width)) {
          guard CursesScreen.differs(old, new, row, width) else { continue }
          for place in row..<(row + width) where new[place] != old[place] {
            put(new[place], at: place, width, glyphs)
          }
        }
      }
    }
    doupdate()
  }

  /// Most rows are the same byte for byte, and that is found out fastest.
  private static func differs(
    _ old: UnsafeBufferPointer<Cell>, _ new: UnsafeBufferPointer<Cell>, _ row: Int, _ width: Int
  ) -> Bool {
    guard let old = old.baseAddress, let new = new.baseAddress else { return false }
    return memcmp(old + row, new + row, width * MemoryLayout<Cell>.stride) != 0
  }

  private func put(_ cell: Cell, at place: Int, _ width: Int, _ glyphs: GlyphSet) {
    guard cell.glyph != .continuation else { return }
    let look = look(cell.roleIndex)
    var glyph = cell.glyph
    if glyphs == .ascii, glyph.scalar > 126 || glyph.combining != 0 {
      glyph = Glyph(scalar: UInt32(UInt8(ascii: "?")))
    }
    _ = nc_put(
      Int32(place / width), Int32(place % width), glyph.scalar, glyph.combining,
      glyph.combining2, look.attributes | CursesScreen.attributes(cell.emphasis), look.pair)
  }

  private static func attributes(_ emphasis: Emphasis) -> attr_t {
    guard !emphasis.isEmpty else { return 0 }
    var found: attr_t = 0
    if emphasis.contains(.bold) { found |= nc_A_BOLD }
    if emphasis.contains(.reversed) { found |= nc_A_REVERSE }
    if emphasis.contains(.underlined) { found |= nc_A_UNDERLINE }
    return found
  }

  private func look(_ index: Int) -> Look {
    if let known = looks[index] { return known }
    let found = resolve(Role(index: index))
    looks[index] = found
    return found
  }

  private func resolve(_ role: Role) -> Look {
    let appearance = Appearance(role, in: theme, palette: palette)
    var attributes = CursesScreen.attributes(appearance.emphasis)
    if appearance.isFaint { attributes |= nc_A_DIM }
    let (foreground, background) = (number(appearance.foreground), number(appearance.background))
    guard foreground >= 0 || background >= 0 else { return Look(attributes: attributes, pair: 0) }
    return Look(attributes: attributes, pair: max(0, alloc_pair(foreground, background)))
  }

  /// A colour as this terminal numbers it.
  private func number(_ color: Int32) -> Int32 {
    let isNamed = color < (isDirect ? 8 : Palette.directBase)
    if isNamed { return color }
    guard isDirect, let rgb = Palette.shown(color) else { return colors.number(for: color) }
    // Numbers below 8 name the terminal's own colours even where all others are 24 bits of colour.
    return Int32(max(8, rgb.red << 16 | rgb.green << 8 | rgb.blue))
  }

  /// Leaves ncurses' screen; the next frame takes it again.
  func end() { endwin() }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    delscreen(handle)
    fclose(output)
    fclose(input)
  }
}
