/// Eight heights of a bar in one cell, for a history that is one line high.
enum Blocks {
  private static let ascii: [Unicode.Scalar] = ["_", ".", ":", "-", "=", "+", "*", "#"]
  private static let lowest: UInt32 = 0x2581

  /// How many heights there are.
  static let heights = 8

  /// The bar of a share of the height, and what stands for it where only ASCII can be drawn.
  static func glyph(_ share: Double) -> (unicode: Unicode.Scalar, ascii: Unicode.Scalar) {
    let level = min(heights - 1, max(0, Int(share * 7.999)))
    return (Unicode.Scalar(lowest + UInt32(level)) ?? "█", ascii[level])
  }

  /// What stands for a bar where only ASCII can be drawn; `nil` for anything else.
  static func likeness(_ scalar: Unicode.Scalar) -> UInt32? {
    guard scalar.value >= lowest, scalar.value < lowest + UInt32(heights) else { return nil }
    return ascii[Int(scalar.value - lowest)].value
  }
}
