import Monitors

/// Every role of a theme, to look at: in its own colours for a terminal, in words for everything else.
struct ThemeSample: Sendable {
  let theme: Theme
  let palette: Palette
  let glyphs: GlyphSet

  /// A role with the name a person knows it by.
  struct Row: Sendable, Equatable {
    let name: String
    let role: Role
    let text: String

    init(_ name: String, _ role: Role, _ text: String? = nil) {
      self.name = name
      self.role = role
      self.text = text ?? name
    }
  }

  /// All roles but the gradients, in the order of a screen: frame, text, states, severities.
  static let rows: [Row] =
    [
      Row("text", .text, "67.3 °C, 402 MB"), Row("dim", .dim, "38 s, top 10 MB/s"),
      Row("title", .title, "5 Thermal"), Row("key", .key, "enter"),
      Row("selected", .selected, "  a selected row  "), Row("graph text", .graphText, "12:30"),
      Row("frozen", .frozen, " FROZEN "), Row("banner", .banner, " memory full in 41 min "),
    ]
    + Role.Border.allCases.map { Row("border \($0)", .border($0), "╭── \($0) ──╮") }
    + Role.Shade.allCases.map { Row("severity \($0)", .severity($0), words($0)) }

  private static let nameWidth = 22
  private static let sampleWidth = 24
  private static let gradientWidth = 57
  private static let places: [UInt8] = [0, 25, 50, 75, 100]

  private static func words(_ shade: Role.Shade) -> String {
    switch shade {
    case .ok: "OK ·"
    case .info: "INFO i"
    case .warning: "WARNING !"
    case .critical: "CRITICAL ✖"
    case .emergency: "EMERGENCY ‼"
    case .stale: "STALE ?"
    }
  }

  /// One line for each role and each gradient.
  func lines(isTerminal: Bool) -> [String] {
    let gradients = Role.Gradient.allCases
    return isTerminal
      ? Self.rows.map(painted) + gradients.map(painted)
      : Self.rows.map(described) + gradients.map(described)
  }

  private func described(_ row: Row) -> String {
    let appearance = Appearance(row.role, in: theme, palette: palette)
    return Self.padded(row.name, Self.nameWidth) + appearance.words
  }

  private func described(_ gradient: Role.Gradient) -> String {
    let colors = Self.places.map {
      Appearance.word(Appearance(.gradient(gradient, $0), in: theme, palette: palette).foreground)
    }
    return Self.padded("gradient \(gradient)", Self.nameWidth) + colors.joined(separator: " ")
  }

  private func painted(_ row: Row) -> String {
    let appearance = Appearance(row.role, in: theme, palette: palette)
    return name(row.name) + appearance.sequence + shown(row.text) + text.sequence
      + Self.padded("", Self.sampleWidth - row.text.count) + dim.sequence
      + Self.padded(appearance.words, Self.gradientWidth - Self.sampleWidth) + Self.end
  }

  private func painted(_ gradient: Role.Gradient) -> String {
    var bar = ""
    var last: Appearance?
    for cell in 0..<Self.gradientWidth {
      let level = UInt8(cell * 100 / (Self.gradientWidth - 1))
      let appearance = Appearance(.gradient(gradient, level), in: theme, palette: palette)
      if appearance != last { bar += appearance.sequence }
      last = appearance
      bar += glyphs == .ascii ? "#" : "█"
    }
    return name("gradient \(gradient)") + bar + Self.end
  }

  private func name(_ name: String) -> String {
    text.sequence + Self.padded(name, Self.nameWidth)
  }

  /// The frame's corners and the signs, in the letters that can be shown.
  private func shown(_ sample: String) -> String {
    guard glyphs == .ascii else { return sample }
    var shown = ""
    for glyph in CellText(sample, in: glyphs).glyphs {
      if let scalar = Unicode.Scalar(glyph.scalar) { shown.unicodeScalars.append(scalar) }
    }
    return shown
  }

  private var text: Appearance { Appearance(.text, in: theme, palette: palette) }
  private var dim: Appearance { Appearance(.dim, in: theme, palette: palette) }

  private static let end = "\u{1b}[0m"

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension Appearance {
  /// `#5fb070 on #12262e bold`; the terminal's own colours by their names.
  var words: String {
    var words = [Appearance.word(foreground)]
    if background >= 0 { words += ["on", Appearance.word(background)] }
    if emphasis.contains(.bold) { words.append("bold") }
    if emphasis.contains(.reversed) { words.append("reversed") }
    if emphasis.contains(.underlined) { words.append("underlined") }
    if isFaint { words.append("faint") }
    return words.joined(separator: " ")
  }

  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  /// A colour as a word.
  static func word(_ number: Int32) -> String {
    switch Int(number) {
    case ..<0: "default"
    case 0..<8: names[Int(number)]
    case 8..<16: "bright-\(names[Int(number) - 8])"
    default: Palette.shown(number)?.hex ?? "default"
    }
  }
}
