import Glibc

/// A colour as a theme writes it: three numbers that should be 0 to 255 and need not be.
///
/// A negative number stands for "not there" in btop's arithmetic, so nothing is cut off before the end.
struct RGB: Sendable, Hashable {
  var red: Int
  var green: Int
  var blue: Int

  /// What stands for a colour that is not there.
  static let none = RGB(red: -1, green: -1, blue: -1)
  static let black = RGB(red: 0, green: 0, blue: 0)
  static let white = RGB(red: 255, green: 255, blue: 255)

  /// The same colour with each channel in 0 to 255.
  var clamped: RGB {
    RGB(red: RGB.clamp(red), green: RGB.clamp(green), blue: RGB.clamp(blue))
  }

  private static func clamp(_ channel: Int) -> Int { min(255, max(0, channel)) }

  /// How bright it is to the eye, 0 to 1, as WCAG 2 defines it.
  var luminance: Double {
    let shown = clamped
    return 0.2126 * RGB.linear(shown.red) + 0.7152 * RGB.linear(shown.green) + 0.0722
      * RGB.linear(shown.blue)
  }

  private static func linear(_ channel: Int) -> Double {
    let share = Double(channel) / 255
    return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }

  /// WCAG's contrast ratio, from 1 (the same) to 21 (black on white).
  func contrast(with other: RGB) -> Double {
    let (bright, dark) = (
      max(luminance, other.luminance), min(luminance, other.luminance)
    )
    return (bright + 0.05) / (dark + 0.05)
  }

  /// The colour's place on the wheel, 0 to below 360: red, yellow at 60, green, cyan at 180, blue, magenta; 0 for a grey.
  var hue: Double {
    let (high, low) = (max(red, green, blue), min(red, green, blue))
    guard high > low else { return 0 }
    let range = Double(high - low)
    let place =
      high == red
      ? Double(green - blue) / range
      : high == green ? Double(blue - red) / range + 2 : Double(red - green) / range + 4
    return (place < 0 ? place + 6 : place) * 60
  }

  /// How far apart two colours are, squared.
  func distance(to other: RGB) -> Int {
    let (r, g, b) = (red - other.red, green - other.green, blue - other.blue)
    return r * r + g * g + b * b
  }

  /// A place on the way to another colour, in whole numbers cut toward zero.
  func moved(toward end: RGB, by part: Int, of whole: Int) -> RGB {
    RGB(
      red: red + part * (end.red - red) / whole, green: green + part * (end.green - green) / whole,
      blue: blue + part * (end.blue - blue) / whole)
  }

  /// Black or white, whichever stands out more.
  var opposite: RGB { contrast(with: .black) >= contrast(with: .white) ? .black : .white }

  /// As a theme file writes it.
  var hex: String {
    let digits = String(clamped.red << 16 | clamped.green << 8 | clamped.blue, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
