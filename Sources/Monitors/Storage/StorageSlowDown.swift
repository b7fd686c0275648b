/// Writes of one format and size that have become slower and stay so.
public struct StorageSlowDown: Sendable, Equatable {
  /// `parquet`, as the program calls it.
  public var format: Printable
  /// Writes of this size and up to twice as much.
  public var least: Bytes
  /// When that began.
  public var since: Moment
  /// When it was told.
  public var told: Moment
  /// From what to what, in bytes per second while it writes.
  public var change: ShiftWatch.Standing

  /// Makes one.
  public init(
    format: Printable, least: Bytes, since: Moment, told: Moment, change: ShiftWatch.Standing
  ) {
    self.format = format
    self.least = least
    self.since = since
    self.told = told
    self.change = change
  }

  /// By what share of what it was.
  public var size: Double { abs(change.magnitude) }

  /// `parquet writes of 1.05 MB to 2.10 MB are 60 % slower since 14:02:10Z: 40.0 MB/s, before 100 MB/s`.
  public var words: Printable {
    let sizes = "\(least.text) to \(Bytes(least.count &* 2).text)"
    let speeds =
      "\(BytesPerSecond(change.after).text), before \(BytesPerSecond(change.before).text)"
    return
      "\(format) writes of \(sizes) are \(Ratio(size).text) slower since \(Units.clock(wall: since.wall)): \(speeds)"
  }
}
