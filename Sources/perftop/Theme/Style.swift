/// How a role looks under a theme: two colours and an emphasis.
struct Style: Sendable, Hashable {
  var foreground: Paint
  var background: Paint
  var emphasis: Emphasis = []
}

/// A colour of a theme together with the one that stands for it where there are only sixteen.
struct Paint: Sendable, Hashable {
  /// `nil` is the terminal's own colour.
  var rgb: RGB?
  /// `nil` is the terminal's own colour.
  var sixteen: UInt8?

  static let terminal = Paint(rgb: nil, sixteen: nil)
}

extension Theme {
  /// How a role looks.
  func style(for role: Role) -> Style {
    switch role {
    case .text: style(.mainForeground)
    case .dim: style(.inactive)
    case .title: style(.title, emphasis: .bold)
    case .key: style(.highlight)
    case .selected: style(.selectedForeground, on: .selectedBackground)
    case .graphText: style(.graphText)
    case .border(let border): style(Theme.boxKey(border))
    case .severity(let shade): severity(shade)
    case .gradient(let gradient, let level):
      gradientStyle(GradientKeys(gradient), Int(level))
    case .frozen: style(.bannerForeground, on: .pauseBackground)
    case .banner: style(.bannerForeground, on: .bannerBackground)
    }
  }

  /// How a role stands out where there is no colour at all.
  static func plainEmphasis(for role: Role) -> Emphasis {
    switch role {
    case .title, .key, .severity(.warning), .severity(.critical), .border(.focus): .bold
    case .selected, .frozen, .banner: .reversed
    case .severity(.emergency): [.bold, .reversed]
    default: []
    }
  }

  private static func boxKey(_ border: Role.Border) -> ThemeKey {
    switch border {
    case .memory: .memoryBox
    case .storage: .networkBox
    case .batching, .quality, .thermal: .cpuBox
    case .alerts: .processBox
    case .focus: .highlight
    }
  }

  private func style(
    _ foreground: ThemeKey, on background: ThemeKey = .mainBackground, emphasis: Emphasis = []
  ) -> Style {
    Style(
      foreground: paint(foreground, or: .mainForeground),
      background: paint(background, or: .mainBackground), emphasis: emphasis)
  }

  private func paint(_ key: ThemeKey, or other: ThemeKey) -> Paint {
    switch self[key] {
    case .rgb(let rgb): return Paint(rgb: rgb.clamped, sixteen: sixteen(key))
    case .terminal: return .terminal
    case .undefined, .inherited: return key == other ? .terminal : paint(other, or: other)
    }
  }

  /// Text and its background are left to a terminal with few colours: it knows best what is readable on it.
  private func sixteen(_ key: ThemeKey) -> UInt8? {
    key == .mainForeground || key == .mainBackground ? nil : key.sixteen
  }

  private func gradientStyle(_ keys: GradientKeys, _ level: Int) -> Style {
    Style(
      foreground: Paint(rgb: gradient(keys, level), sixteen: keys.sixteenKey(level).sixteen),
      background: paint(.mainBackground, or: .mainBackground))
  }

  private static let leastContrast = 3.0

  /// btop has no colours for severities: they are taken from its load gradient, and only where they can be seen.
  private func severity(_ shade: Role.Shade) -> Style {
    let key = severityKey(shade)
    let plain = style(.mainForeground)
    let emphasis = Theme.plainEmphasis(for: .severity(shade))
    guard case .rgb(let rgb) = self[key],
      rgb.contrast(with: assumedBackground) >= Theme.leastContrast
    else {
      let standing: Emphasis = shade == .ok ? [] : .reversed
      return Style(
        foreground: plain.foreground, background: plain.background,
        emphasis: emphasis.union(standing))
    }
    return style(key, emphasis: emphasis)
  }

  private func severityKey(_ shade: Role.Shade) -> ThemeKey {
    switch shade {
    case .ok: .cpuStart
    case .info: .temperatureStart
    case .warning: self[.cpuMid] == .undefined ? .cpuEnd : .cpuMid
    case .critical, .emergency: .cpuEnd
    case .stale: .graphText
    }
  }
}
