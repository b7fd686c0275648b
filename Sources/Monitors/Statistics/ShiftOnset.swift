/// Finds the sample at which a level began to change, be it at once or little by little.
///
/// Each sample of the window is tried as the beginning of a step and of ramps of several lengths; the one that explains
/// most of what lies above the old level is it.
enum ShiftOnset {
  /// Lengths of ramps that are tried, in samples; the first is a step.
  private static let lengths = [0.0, 16, 32, 64, 128, 256, 1024]

  /// The place in the window, given the level before in the same measure.
  ///
  /// - Parameters:
  ///   - window: The newest samples, in deviations.
  ///   - level: What they were before the change.
  ///   - places: Where the change may have begun.
  static func place(
    in window: UnsafeMutableBufferPointer<Double>, from level: Double, among places: Range<Int>,
    patience: Double
  ) -> Int {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * window.count + 2) { sums in
      let count = window.count
      // Sums of the values from a place on, and of the values by their places.
      sums[count] = 0
      sums[2 * count + 1] = 0
      for place in (0..<count).reversed() {
        let value = window[place] - level
        sums[place] = sums[place + 1] + value
        sums[count + 1 + place] = sums[count + 2 + place] + value * Double(place)
      }
      var best = (gain: -1.0, place: places.lowerBound)
      for length in lengths {
        for place in places {
          let gain =
            ShiftOnset.gain(sums, count, place, Int(length)) - (length > 0 ? patience : 0)
          if gain > best.gain { best = (gain, place) }
        }
      }
      return best.place
    }
  }

  /// How much of the squares a ramp that begins at a place explains.
  private static func gain(
    _ sums: UnsafeMutableBufferPointer<Double>, _ count: Int, _ place: Int, _ length: Int
  ) -> Double {
    guard length > 0 else { return sums[place] * sums[place] / Double(count - place) }
    let top = min(count, place + length)
    let slope = 1 / Double(length)
    let (value, moment) = (
      sums[place] - sums[top], sums[count + 1 + place] - sums[count + 1 + top]
    )
    let steps = Double(top - place)
    let product = (moment - Double(place) * value) * slope + sums[top]
    let rising = (steps - 1) * steps * (2 * steps - 1) / 6 * slope * slope
    let squares = rising + Double(count - top)
    return squares > 0 ? product * product / squares : 0
  }
}
