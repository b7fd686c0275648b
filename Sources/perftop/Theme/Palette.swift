/// How many colours there are, and so how a colour becomes one of the terminal's numbers.
enum Palette: String, Sendable, CaseIterable {
  case truecolor
  case indexed256 = "256"
  case sixteen = "16"
  case eight = "8"
  case off

  /// The number that stands for the terminal's own colour.
  static let terminalColor: Int32 = -1

  /// What to use: what was asked for as far as the terminal has it; nothing where `NO_COLOR` is set and nothing was asked.
  static func choose(
    asked: Palette?, colors: Int, isDirect: Bool, environment: (String) -> String?
  ) -> Palette {
    let able: Palette =
      isDirect
      ? .truecolor
      : colors >= 256 ? .indexed256 : colors >= 16 ? .sixteen : colors >= 8 ? .eight : .off
    guard let asked else { return isRefused(environment) ? .off : able }
    return asked.rank <= able.rank ? asked : able
  }

  /// Whether the environment asks for no colour: `NO_COLOR` with any value but an empty one.
  static func isRefused(_ environment: (String) -> String?) -> Bool {
    environment("NO_COLOR")?.isEmpty == false
  }

  private var rank: Int {
    switch self {
    case .off: 0
    case .eight: 1
    case .sixteen: 2
    case .indexed256: 3
    case .truecolor: 4
    }
  }

  /// The terminal's number for a paint; `isLight` themes are matched by nearness, as the sixteen are made for dark ones.
  func number(_ paint: Paint, isLight: Bool) -> Int32 {
    guard let rgb = paint.rgb?.clamped else { return Palette.terminalColor }
    switch self {
    case .off: return Palette.terminalColor
    case .truecolor: return Palette.direct(rgb)
    case .indexed256: return Int32(Palette.indexed(rgb))
    case .sixteen, .eight:
      if isLight { return Int32(Palette.nearest(rgb)) }
      return paint.sixteen.map(Int32.init) ?? Palette.terminalColor
    }
  }

  /// Numbers below 8 name the terminal's own colours even where all others are 24 bits of colour.
  private static func direct(_ rgb: RGB) -> Int32 {
    Int32(max(8, rgb.red << 16 | rgb.green << 8 | rgb.blue))
  }

  /// btop's formula, so that the picture equals its own: pure white becomes 255, and near greys lose their tint.
  static func indexed(_ rgb: RGB) -> Int {
    let (red, green, blue) = (
      rounded(rgb.red, by: 11), rounded(rgb.green, by: 11), rounded(rgb.blue, by: 11)
    )
    if red == green, green == blue { return 232 + red }
    return 16 + 36 * rounded(rgb.red, by: 51) + 6 * rounded(rgb.green, by: 51)
      + rounded(rgb.blue, by: 51)
  }

  private static func rounded(_ value: Int, by step: Int) -> Int { (value * 2 + step) / (step * 2) }

  private static func nearest(_ rgb: RGB) -> Int {
    let distances = sixteenColors.map { $0.squaredDistance(to: rgb) }
    return distances.indices.min { distances[$0] < distances[$1] } ?? 7
  }

  private static let sixteenColors: [RGB] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ].map { RGB(red: $0.0, green: $0.1, blue: $0.2) }
}

extension RGB {
  fileprivate func squaredDistance(to other: RGB) -> Int {
    let (r, g, b) = (red - other.red, green - other.green, blue - other.blue)
    return r * r + g * g + b * b
  }
}
