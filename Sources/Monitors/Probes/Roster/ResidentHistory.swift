/// A minute of a process's resident memory: eight points, as small as they can be, because there are thousands of these.
///
/// All processes are sampled at the same moments, which are therefore kept once for all of them.
struct ResidentHistory: Sendable, Equatable {
  /// In units of 4 KiB, oldest first; what was not there yet is the largest number.
  private var points = SIMD8<UInt32>(repeating: .max)
  static let unit: Int64 = 4096
  static let length = 8

  /// Adds a point; the oldest goes.
  mutating func append(_ bytes: Bytes) {
    for place in 1..<ResidentHistory.length { points[place - 1] = points[place] }
    points[ResidentHistory.length - 1] = ResidentHistory.units(bytes)
  }

  private static func units(_ bytes: Bytes) -> UInt32 {
    UInt32(clamping: min(max(0, bytes.count / unit), Int64(UInt32.max) - 1))
  }

  /// Bytes a second, as the median of the slopes between all pairs of points, `bytes` now being one of them; `nil`
  /// until they span ten seconds.
  func growth(_ bytes: Bytes, _ beats: Beats, at now: UInt32) -> Double? {
    let current = ResidentHistory.units(bytes)
    guard let first = (0..<ResidentHistory.length).first(where: { points[$0] != .max }),
      Double(now &- beats.times[first]) >= Beats.leastSpan
    else { return nil }
    if (first..<ResidentHistory.length).allSatisfy({ points[$0] == current }) { return 0 }
    return slope(from: first, to: current, beats, at: now) * Double(ResidentHistory.unit) * 1000
  }

  private func slope(from first: Int, to current: UInt32, _ beats: Beats, at now: UInt32) -> Double
  {
    let length = ResidentHistory.length
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: length * (length + 1) / 2) {
      slopes in
      var count = 0
      for early in first..<length {
        for late in (early + 1)...length {
          let isNow = late == length
          let span = (isNow ? now : beats.times[late]) &- beats.times[early]
          guard span > 0, isNow || points[late] != .max else { continue }
          let rise = Double(isNow ? current : points[late]) - Double(points[early])
          slopes.initializeElement(at: count, to: rise / Double(span))
          count += 1
        }
      }
      guard count > 0 else { return 0 }
      var found = UnsafeMutableBufferPointer(rebasing: slopes[..<count])
      found.sort()
      return (found[(count - 1) / 2] + found[count / 2]) / 2
    }
  }
}

/// The moments at which all processes' resident memory is noted, in milliseconds of a clock that may wrap.
struct Beats: Sendable {
  private(set) var times = SIMD8<UInt32>(repeating: 0)
  private var last: UInt32?
  private static let pause: UInt32 = 6900
  /// The shortest span, in milliseconds, that a slope is told from.
  static let leastSpan = 9900.0

  /// Whether the next point is due; counts from now if so.
  mutating func isDue(at now: UInt32) -> Bool {
    if let last, now &- last < Beats.pause { return false }
    last = now
    for place in 1..<ResidentHistory.length { times[place - 1] = times[place] }
    times[ResidentHistory.length - 1] = now
    return true
  }
}
