/// The colours a theme means for a role, before it is known how many there are.
struct Style: Sendable, Hashable {
  var foreground: Paint
  var background: Paint
  var emphasis: Emphasis = []
}

/// A colour of a theme.
struct Paint: Sendable, Hashable {
  /// `nil` is the terminal's own text or background.
  var rgb: RGB?
  /// Which of the terminal's own sixteen it is, in a theme that is made of them.
  var own: UInt8?

  static let terminal = Paint(rgb: nil)

  init(rgb: RGB?, own: UInt8? = nil) {
    self.rgb = rgb
    self.own = own
  }

  fileprivate init(own: UInt8) {
    self.init(rgb: Palette.shown(Int32(own)), own: own)
  }
}

extension Theme {
  /// The colours of a role.
  func style(for role: Role) -> Style {
    switch role {
    case .text: style(.mainForeground)
    case .dim: style(.inactive)
    case .title: style(.title, emphasis: .bold)
    case .key: style(.highlight)
    case .selected: style(.selectedForeground, on: .selectedBackground)
    case .graphText: style(.graphText)
    case .border(let border): style(Theme.boxKey(border))
    case .severity(let shade):
      style(severityKey(shade), emphasis: Theme.plainEmphasis(for: role))
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

  /// The key a border has its colour from.
  static func boxKey(_ border: Role.Border) -> ThemeKey {
    switch border {
    case .memory: .memoryBox
    case .storage: .networkBox
    case .batching, .quality, .thermal: .cpuBox
    case .alerts: .processBox
    case .focus: .highlight
    }
  }

  /// btop has no colours for severities: they are taken from its gradients.
  func severityKey(_ shade: Role.Shade) -> ThemeKey {
    switch shade {
    case .ok: .cpuStart
    case .info: .temperatureStart
    case .warning: self[.cpuMid] == .undefined ? .cpuEnd : .cpuMid
    case .critical, .emergency: .cpuEnd
    case .stale: .graphText
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
    case .rgb(let rgb):
      if isTerminals, let own = key.sixteen { return Paint(own: own) }
      return Paint(rgb: rgb.clamped)
    case .terminal: return .terminal
    case .undefined, .inherited: return key == other ? .terminal : paint(other, or: other)
    }
  }

  private func gradientStyle(_ keys: GradientKeys, _ level: Int) -> Style {
    let paint =
      if isTerminals, let own = keys.sixteenKey(level).sixteen { Paint(own: own) } else {
        Paint(rgb: gradient(keys, level))
      }
    return Style(foreground: paint, background: self.paint(.mainBackground, or: .mainBackground))
  }
}
