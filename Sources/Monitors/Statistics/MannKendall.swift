/// Whether values rise or fall over time, by counting for all pairs which of the two is greater.
enum MannKendall {
  /// How many standard deviations the count is away from what chance would give; positive when the values rise.
  static func score(_ values: UnsafePointer<Float>, _ range: Range<Int>) -> Double {
    var rises = 0
    var ties = 0.0
    for index in range {
      var equalsBefore = 0.0
      for earlier in range.lowerBound..<index {
        if values[index] > values[earlier] {
          rises += 1
        } else if values[index] < values[earlier] {
          rises -= 1
        } else {
          equalsBefore += 1
        }
      }
      ties += correction(equalsBefore + 1) - correction(equalsBefore)
    }
    let variance = (correction(Double(range.count)) - ties) / 18
    guard variance > 0, rises != 0 else { return 0 }
    return (Double(rises) - (rises > 0 ? 1 : -1)) / variance.squareRoot()
  }

  /// The same of a list.
  static func score(_ values: [Float]) -> Double {
    values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      return score(base, 0..<buffer.count)
    }
  }

  /// What a group of equal values takes off the variance.
  private static func correction(_ count: Double) -> Double {
    count * (count - 1) * (2 * count + 5)
  }
}
