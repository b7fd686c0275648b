/// Colours as a terminal numbers them: below 0 its own text and background, to 15 its own sixteen, to 255 the cube and
/// the greys, and above those 24 bits of colour.
extension Palette {
  /// The number that stands for the terminal's own text or background.
  static let terminalColor: Int32 = -1
  /// What is added to 24 bits of colour.
  static let directBase: Int32 = 0x100_0000

  /// What a colour is for: a terminal with few colours has other ones for letters than for grounds.
  enum Part: Sendable { case page, ground, ink }

  /// The number for a paint.
  func number(_ paint: Paint, for part: Part) -> Int32 {
    guard self != .off, let rgb = paint.rgb?.clamped else { return Palette.terminalColor }
    if let own = paint.own { return self == .eight ? Int32(own % 8) : Int32(own) }
    switch self {
    case .off: return Palette.terminalColor
    case .truecolor:
      return Palette.directBase | Int32(rgb.red << 16 | rgb.green << 8 | rgb.blue)
    case .indexed256: return Int32(Palette.indexed(rgb))
    case .sixteen: return Int32(Palette.likeness(rgb, for: part))
    case .eight: return Int32(Palette.likeness(rgb, for: part) % 8)
    }
  }

  /// What a number looks like; `nil` where only the terminal knows. Nobody knows how it paints its sixteen: as xterm does.
  static func shown(_ number: Int32) -> RGB? {
    switch Int(number) {
    case ..<0: nil
    case 0..<16: sixteenColors[Int(number)]
    case 16..<232: cube(Int(number) - 16)
    case 232..<256: grey(Int(number) - 232)
    default:
      RGB(
        red: Int(number) >> 16 & 255, green: Int(number) >> 8 & 255, blue: Int(number) & 255)
    }
  }

  /// The nearest of the cube and the greys. btop reckons as if the cube had even steps, which makes the dark grounds of
  /// many a theme a middle grey on which nothing can be read.
  static func indexed(_ rgb: RGB) -> Int {
    let place = [rgb.red, rgb.green, rgb.blue].map(nearestStep)
    let colored = 36 * place[0] + 6 * place[1] + place[2]
    let level = min(23, max(0, ((rgb.red + rgb.green + rgb.blue) / 3 - 3) / 10))
    return grey(level).distance(to: rgb) < cube(colored).distance(to: rgb)
      ? 232 + level : 16 + colored
  }

  private static let steps = [0, 95, 135, 175, 215, 255]

  private static func nearestStep(_ channel: Int) -> Int {
    steps.indices.min { abs(steps[$0] - channel) < abs(steps[$1] - channel) } ?? 0
  }

  private static func cube(_ place: Int) -> RGB {
    RGB(red: steps[place / 36], green: steps[place / 6 % 6], blue: steps[place % 6])
  }

  private static func grey(_ level: Int) -> RGB {
    let value = 8 + 10 * level
    return RGB(red: value, green: value, blue: value)
  }

  /// Which of the sixteen it is most like: by its hue where it has one, for the nearest by numbers is often a grey.
  private static func likeness(_ rgb: RGB, for part: Part) -> Int {
    let channels = [rgb.red, rgb.green, rgb.blue]
    let (low, high) = (channels.min() ?? 0, channels.max() ?? 0)
    let darkest = 40
    let brightInk = 0.2
    let brightGround = 0.5
    guard part != .page, high >= darkest, (high - low) * 4 > high else {
      return greyLikeness(rgb.luminance, for: part)
    }
    let hues = [1, 3, 2, 6, 4, 5]
    // A ground between cyan and blue is a blue: white can be read on it.
    let skyBlue = 195.0
    let hue = part == .ground && rgb.hue > skyBlue ? max(240, rgb.hue) : rgb.hue
    let sector = Int((hue / 60).rounded()) % hues.count
    let isBright = rgb.luminance > (part == .ink ? brightInk : brightGround)
    return hues[sector] + (isBright ? 8 : 0)
  }

  /// Black, dark grey, light grey or white; a whole page is none of the two between.
  private static func greyLikeness(_ luminance: Double, for part: Part) -> Int {
    if part == .page { return luminance < 0.18 ? 0 : luminance < 0.6 ? 7 : 15 }
    return luminance < 0.04 ? 0 : luminance < 0.3 ? 8 : luminance < 0.7 ? 7 : 15
  }

  static let sixteenColors: [RGB] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ].map { RGB(red: $0.0, green: $0.1, blue: $0.2) }
}
