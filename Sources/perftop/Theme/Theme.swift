import Monitors

/// What roles look like: a colour for each of btop's keys, gradients by formula.
struct Theme: Sendable, Equatable {
  var name: String
  /// Whether it is painted with the terminal's own sixteen colours, however many there are.
  private(set) var isTerminals = false
  /// Every key has one.
  private var colors: [ThemeKey: ThemeColor]

  /// Completes what a file says by btop's rules for what it leaves out.
  init(name: String, colors given: [ThemeKey: ThemeColor]) {
    self.name = name
    colors = given
    for key in ThemeKey.allCases where colors[key] == nil {
      colors[key] = ThemeColor(key.fallback, for: key)
    }
    for key in [ThemeKey.meterBackground, .graphText] where given[key] == nil {
      colors[key] = colors[.inactive]
    }
    completeProcessGradient(given)
  }

  init(name: String, file: ThemeFile) { self.init(name: name, colors: file.colors) }

  /// btop's theme for consoles.
  static let terminals: Theme = {
    var theme = Theme(
      name: "TTY", colors: [.mainBackground: .terminal, .mainForeground: .terminal])
    theme.isTerminals = true
    return theme
  }()

  private mutating func completeProcessGradient(_ given: [ThemeKey: ThemeColor]) {
    if given[.processStart] == nil {
      colors[.processStart] = colors[.cpuStart]
      colors[.processMid] = colors[.cpuMid]
      colors[.processEnd] = colors[.cpuEnd]
    } else {
      // btop reads a black point here; a gradient without it is what was meant.
      for key in [ThemeKey.processMid, .processEnd] where given[key] == nil {
        colors[key] = .undefined
      }
    }
  }

  subscript(key: ThemeKey) -> ThemeColor { colors[key] ?? .inherited }

  /// A place on a gradient, 0 to 100, by btop's integer arithmetic.
  func gradient(_ keys: GradientKeys, _ level: Int) -> RGB {
    let place = min(100, max(0, level))
    let (start, mid, end) = (
      self[keys.start].channels, self[keys.mid].channels, self[keys.end].channels
    )
    if end.red < 0 { return start.clamped }
    if mid.red < 0 { return start.moved(toward: end, by: place, of: 100).clamped }
    return place <= 50
      ? start.moved(toward: mid, by: place, of: 50).clamped
      : mid.moved(toward: end, by: place - 50, of: 50).clamped
  }

  /// The background that contrast is judged against; where it is the terminal's, its opposite to the text is assumed.
  var assumedBackground: RGB {
    if case .rgb(let rgb) = self[.mainBackground] { return rgb.clamped }
    guard case .rgb(let text) = self[.mainForeground] else { return .black }
    return text.clamped.opposite
  }

  /// The text that is assumed where it is the terminal's.
  var assumedText: RGB {
    if case .rgb(let rgb) = self[.mainForeground] { return rgb.clamped }
    return assumedBackground.opposite
  }

  /// Whether it was made for a light terminal.
  var isLight: Bool {
    assumedBackground.contrast(with: .black) > assumedBackground.contrast(with: .white)
  }
}

/// The three keys of a gradient.
struct GradientKeys: Sendable, Hashable {
  var start: ThemeKey
  var mid: ThemeKey
  var end: ThemeKey

  static let temperature = GradientKeys(
    start: .temperatureStart, mid: .temperatureMid, end: .temperatureEnd)
  static let cpu = GradientKeys(start: .cpuStart, mid: .cpuMid, end: .cpuEnd)
  static let used = GradientKeys(start: .usedStart, mid: .usedMid, end: .usedEnd)
  static let download = GradientKeys(start: .downloadStart, mid: .downloadMid, end: .downloadEnd)
  static let upload = GradientKeys(start: .uploadStart, mid: .uploadMid, end: .uploadEnd)
  static let process = GradientKeys(start: .processStart, mid: .processMid, end: .processEnd)

  init(start: ThemeKey, mid: ThemeKey, end: ThemeKey) {
    self.start = start
    self.mid = mid
    self.end = end
  }

  init(_ gradient: Role.Gradient) {
    self =
      switch gradient {
      case .memory: .used
      case .storageRead: .download
      case .storageWrite: .upload
      case .cpu: .cpu
      case .temperature: .temperature
      case .process: .process
      }
  }

  /// The key for a place on the gradient where there are only sixteen colours.
  func sixteenKey(_ level: Int) -> ThemeKey {
    guard mid.sixteen != nil else { return level <= 50 ? start : end }
    return level <= 33 ? start : level <= 66 ? mid : end
  }
}
