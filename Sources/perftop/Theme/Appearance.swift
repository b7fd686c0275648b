/// What a role becomes on a terminal with so many colours, and so that it can be read there.
struct Appearance: Sendable, Equatable {
  /// A number as `Palette` gives them.
  private(set) var foreground = Palette.terminalColor
  private(set) var background = Palette.terminalColor
  private(set) var emphasis: Emphasis = []
  /// Half as bright, where only that tells it apart.
  private(set) var isFaint = false

  private static let readable = 3.0
  /// Lines need not be read, but to be there they must be seen.
  private static let visible = 1.25

  init(_ role: Role, in theme: Theme, palette: Palette) {
    guard palette != .off else {
      emphasis = Theme.plainEmphasis(for: role)
      isFaint = role == .dim
      return
    }
    let style = theme.style(for: role)
    let text = theme.style(for: .text)
    let page = palette.number(text.background, for: .page)
    emphasis = style.emphasis
    background = page
    switch role {
    case .selected, .frozen, .banner:
      stand(style, on: page, palette)
      if background == page { show([text.foreground], Appearance.readable, theme, palette) }
    case .severity(.info), .severity(.warning), .severity(.critical), .severity(.emergency):
      if !show([style.foreground], Appearance.readable, theme, palette) {
        show([text.foreground], Appearance.readable, theme, palette)
        emphasis.insert(.reversed)
      }
    case .border, .gradient:
      show(
        Appearance.ways(from: style.foreground, to: theme), Appearance.visible, theme, palette)
    default:
      show(
        Appearance.ways(from: style.foreground, to: theme), Appearance.readable, theme, palette)
    }
  }

  /// A ground of its own; where there is no colour for it, text and ground change places.
  private mutating func stand(_ style: Style, on page: Int32, _ palette: Palette) {
    let ground = palette.number(style.background, for: .ground)
    guard ground != page, let shown = Palette.shown(ground) else {
      emphasis.insert(.reversed)
      return
    }
    background = ground
    let own = palette.number(style.foreground, for: .ink)
    let isReadable = Palette.shown(own).map { $0.contrast(with: shown) >= Appearance.readable }
    foreground =
      isReadable == true ? own : palette.number(Paint(rgb: shown.opposite), for: .ink)
  }

  /// Takes the first paint that stands out enough, else the one that does so most; says whether one was found.
  @discardableResult
  private mutating func show(
    _ paints: [Paint], _ least: Double, _ theme: Theme, _ palette: Palette
  ) -> Bool {
    let ground = Palette.shown(background) ?? theme.assumedBackground
    for paint in paints {
      for (number, isBold) in Appearance.inks(paint, on: ground, palette) {
        let shown = Palette.shown(number) ?? theme.assumedText
        guard shown.contrast(with: ground) >= least else { continue }
        foreground = number
        if isBold { emphasis.insert(.bold) }
        return true
      }
    }
    foreground = palette.number(Paint(rgb: ground.opposite), for: .ink)
    return false
  }

  /// The number for a paint, and whether it is bold. Of sixteen, the same hue in its other brightness may do instead, and
  /// blue for a cyan. Of eight, the bright ones are the others, and bold; grey is none of them, so it is black or white.
  private static func inks(_ paint: Paint, on ground: RGB, _ palette: Palette)
    -> [(number: Int32, isBold: Bool)]
  {
    let number = palette.number(paint, for: .ink)
    guard palette == .sixteen || palette == .eight, number >= 0 else { return [(number, false)] }
    let (grey, cyan, blue): (Int32, Int32, Int32) = (8, 6, 4)
    let best = Palette.sixteen.number(paint, for: .ink)
    let others = best % 8 == cyan ? [best, best ^ 8, blue] : [best, best ^ 8]
    if palette == .sixteen {
      return (best % 8 == 0 || best % 8 == 7 ? [best] : others).map { ($0, false) }
    }
    if best == grey { return [(ground.opposite == .black ? 0 : 7, false)] }
    return others.map { ($0 % 8, best > grey) }
  }

  /// The colour itself, then ever more of the text's in it.
  private static func ways(from paint: Paint, to theme: Theme) -> [Paint] {
    let text = theme.style(for: .text).foreground
    guard let rgb = paint.rgb else { return [paint] }
    let steps = 8
    return [paint]
      + (1..<steps).map { Paint(rgb: rgb.moved(toward: theme.assumedText, by: $0, of: steps)) }
      + [text]
  }
}

/// As a terminal is told, outside the screen.
extension Appearance {
  /// The sequence that begins it; each begins afresh.
  var sequence: String {
    var numbers = [0]
    if emphasis.contains(.bold) { numbers.append(1) }
    if isFaint { numbers.append(2) }
    if emphasis.contains(.underlined) { numbers.append(4) }
    if emphasis.contains(.reversed) { numbers.append(7) }
    numbers += Appearance.numbers(foreground, base: 30)
    numbers += Appearance.numbers(background, base: 40)
    return "\u{1b}[\(numbers.map(String.init).joined(separator: ";"))m"
  }

  private static func numbers(_ number: Int32, base: Int) -> [Int] {
    let number = Int(number)
    return switch number {
    case ..<0: []
    case 0..<8: [base + number]
    case 8..<16: [base + 60 + number - 8]
    case 16..<256: [base + 8, 5, number]
    default: [base + 8, 2, number >> 16 & 255, number >> 8 & 255, number & 255]
    }
  }
}
