@testable import Monitors
@testable import perftop

extension Size {
  static let narrow = Size(width: 40, height: 10)
  static let classic = Size(width: 80, height: 24)
  static let large = Size(width: 200, height: 60)
  /// Those at which every pane is recorded.
  static let goldens = [Size(width: 18, height: 5), narrow, classic, large]
}

extension Size {
  /// A narrow pane, one of six on a classic and on a middling screen, and one of all of a screen.
  static let linkedGoldens = [
    narrow, Size(width: 40, height: 7), Size(width: 60, height: 12), classic,
    Size(width: 120, height: 40),
  ]
}

extension PaneContext {
  /// The same for a linked program.
  static func at(_ size: Size, _ robot: LinkedRobot) -> PaneContext {
    PaneContext(isFocused: size.width >= 80, isZoomed: size.width >= 80, now: robot.now)
  }

  /// As it is in a pane of that size: one as large as a screen is zoomed.
  static func at(_ size: Size, _ robot: Robot) -> PaneContext {
    PaneContext(
      isFocused: size.width >= 80, isZoomed: size.width >= 80, now: robot.now, marks: robot.marks)
  }
}

extension Canvas {
  /// All that can be read on it.
  var text: String { GoldenText.rows(self).joined(separator: "\n") }
}
