/// Which share of what was written by calls was seen in files, over the last ten ticks or so.
struct CoverageWindow: Sendable {
  private var seen = Ring<UInt64>(capacity: ticks)
  private var called = Ring<UInt64>(capacity: ticks)
  private var dirtied = Ring<UInt64>(capacity: ticks)
  private var lastSeen: UInt64?

  /// What was written, and how much of that was found.
  struct Share: Sendable {
    /// Bytes seen in files.
    var seen: UInt64
    /// Bytes that the counters tell of.
    var written: UInt64

    /// The one by the other.
    var ratio: Ratio { Ratio(min(1, Double(seen) / Double(max(1, written)))) }

    private static let nearlyAll = 0.9

    /// What to say where a good part of it is nowhere to be seen.
    var caveat: Printable? {
      guard seen > 0, ratio.value < Share.nearlyAll else { return nil }
      let unseen = Bytes(clamping: written - seen)
      return
        "\(unseen.text) of the last \(Bytes(clamping: written).text) written were not seen in any file"
    }
  }

  private static let ticks = 10
  /// Less than this is a line of log here and there, and no share of it means anything.
  private static let least: UInt64 = 65536

  /// Takes one tick; `nil` while next to nothing is written.
  mutating func update(seen total: UInt64, called growth: IOCounters?) -> Share? {
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
    return Share(seen: seen.reduce(0, &+), written: sum)
  }
}
