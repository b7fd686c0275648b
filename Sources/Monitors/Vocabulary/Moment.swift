/// An instant: monotonic for arithmetic, wall clock as a label, and a sequence number for order.
public struct Moment: Sendable, Equatable, Comparable {
  /// Nanoseconds of the monotonic clock; never goes back, whatever happens to the wall clock.
  public let nanoseconds: Int64
  /// Nanoseconds since 1970 in UTC; a label that may jump.
  public let wall: Int64
  /// Counts readings of the clock that became samples.
  public let sequence: UInt64

  /// Makes a moment from what the clocks said.
  public init(nanoseconds: Int64, wall: Int64 = 0, sequence: UInt64 = 0) {
    self.nanoseconds = nanoseconds
    self.wall = wall
    self.sequence = sequence
  }

  /// Seconds on the monotonic clock.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Seconds elapsed since an earlier moment; negative if it is later, and no more than 292 years for what no clock tells.
  public func seconds(since earlier: Moment) -> Double {
    let (distance, isOver) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    return Double(isOver ? (nanoseconds < 0 ? .min : .max) : distance) / 1e9
  }

  /// The moment so many seconds later.
  public func later(by seconds: Double) -> Moment {
    guard !seconds.isNaN else { return self }
    let distance = Int64(min(max(seconds, 0), 1e9) * 1e9)
    return Moment(
      nanoseconds: nanoseconds &+ distance, wall: wall &+ distance, sequence: sequence)
  }

  /// The moment of an earlier reading of the monotonic clock, labelled by this one's wall clock.
  public func earlier(at seconds: Double) -> Moment {
    guard !seconds.isNaN else { return self }
    let then = Int64(min(max(seconds, -9e9), 9e9) * 1e9)
    return Moment(
      nanoseconds: then, wall: wall &- (nanoseconds &- then), sequence: sequence)
  }

  /// Monotonic order.
  public static func < (a: Moment, b: Moment) -> Bool { a.nanoseconds < b.nanoseconds }
}
