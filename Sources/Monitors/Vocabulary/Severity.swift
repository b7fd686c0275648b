/// How bad something is; a word and a glyph carry it, colour only helps.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  case ok, info, warning, critical, emergency, stale

  /// The word on the screen: `WARNING`.
  public var label: Printable { Printable(rawValue.uppercased()) }

  /// The mark beside the word.
  public var glyph: Printable {
    switch self {
    case .ok: "·"
    case .info: "i"
    case .warning: "!"
    case .critical: "✖"
    case .emergency: "‼"
    case .stale: "?"
    }
  }

  /// The mark where only ASCII can be drawn.
  public var asciiGlyph: Printable {
    switch self {
    case .ok: "."
    case .critical: "X"
    case .emergency: "#"
    default: glyph
    }
  }

  private var rank: Int {
    switch self {
    case .ok: 0
    case .stale: 1
    case .info: 2
    case .warning: 3
    case .critical: 4
    case .emergency: 5
    }
  }

  /// Order by urgency; a stale reading is worse than a good one and better than any trouble.
  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}
