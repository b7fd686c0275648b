/// Which share of what was written by calls was seen in files, over the last ten ticks or so.
struct CoverageWindow: Sendable {
  private var seen = Ring<UInt64>(capacity: ticks)
  private var called = Ring<UInt64>(capacity: ticks)
  private var dirtied = Ring<UInt64>(capacity: ticks)
  private var lastSeen: UInt64?

  private static let ticks = 10
  /// Less than this is a line of log here and there, and no share of it means anything.
  private static let least: UInt64 = 65536

  /// Takes one tick; `nil` while next to nothing is written.
  mutating func update(seen total: UInt64, called growth: IOCounters?, at moment: Moment) -> Ratio?
  {
    defer { lastSeen = total }
    guard let growth else {
      seen.removeAll()
      called.removeAll()
      dirtied.removeAll()
      return nil
    }
    guard let lastSeen, total >= lastSeen else { return nil }
    seen.append(total - lastSeen)
    called.append(growth.writtenCharacters)
    dirtied.append(growth.writtenBytes)
    let (calls, pages) = (called.reduce(0, &+), dirtied.reduce(0, &+))
    // Writing through memory makes no calls; pages are whole, so they are a little more even where all is written by calls.
    let sum = pages / 2 > calls ? pages : calls
    guard sum >= CoverageWindow.least else { return nil }
    return Ratio(min(1, Double(seen.reduce(0, &+)) / Double(sum)))
  }
}
