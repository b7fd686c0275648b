import Monitors

extension Canvas {
  /// A meter: eighths of a block, or `#` in ASCII. A cell's colour depends on its place alone, so that a moving end repaints one cell.
  mutating func bar(share: Double, x: Int, y: Int, width: Int, gradient: Role.Gradient) {
    guard width > 0 else { return }
    let bounded = share.isFinite ? min(max(0, share), 1) : 0
    let eighths = Int((bounded * Double(width * 8)).rounded())
    for column in 0..<width {
      let filled = min(8, max(0, eighths - column * 8))
      let level = Role.step(Double(column) / Double(max(1, width - 1)))
      if filled == 0 {
        put("░", ascii: ".", x: x + column, y: y, role: .dim)
      } else {
        put(
          Canvas.eighth(filled), ascii: filled >= 4 ? "#" : ".", x: x + column, y: y,
          role: .gradient(gradient, level))
      }
    }
  }

  /// `▏` to `█`.
  private static func eighth(_ count: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt32(0x2590 - min(8, max(1, count)))) ?? "█"
  }
}

extension Role {
  /// A share as one of five places on a gradient: few, so that neighbours share a colour.
  static func step(_ share: Double) -> UInt8 {
    guard share.isFinite else { return 0 }
    return UInt8((min(max(0, share), 1) * 4).rounded()) * 25
  }
}
