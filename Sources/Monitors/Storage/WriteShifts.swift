/// Watches how fast the program writes while it writes, for each format and each size of write: a small one is slow by
/// nature, and only the like can be compared with the like.
struct WriteShifts: Sendable {
  private struct Key: Hashable {
    var format: Printable
    /// The power of two that the mean size of a write lies above.
    var size: Int
  }

  private struct Totals {
    var bytes: UInt64
    var count: UInt64
    var seconds: Double
    var at: Double

    init(_ write: WriteSample, at seconds: Double) {
      (bytes, count, self.seconds) = (write.bytes, write.count, write.seconds)
      at = seconds
    }
  }

  private struct Kept {
    var watch = ShiftWatch()
    var used = 0.0
  }

  private var totals: [Printable: Totals] = [:]
  private var kept: [Key: Kept] = [:]

  private static let mostKept = 16
  private static let mostFormats = 32
  /// A value is made of a second at least, however often one looks.
  private static let shortest = 0.9
  private static let longestGap = 30.0

  /// Takes what the program tells of its writes.
  mutating func update(_ sample: Sample) {
    guard case .fresh(let link) = sample.link else { return }
    let now = sample.moment.seconds
    for write in link.writes {
      guard let before = totals[write.format] else {
        if totals.count < WriteShifts.mostFormats {
          totals[write.format] = Totals(write, at: now)
        }
        continue
      }
      let hasFallen =
        write.count < before.count || write.bytes < before.bytes || write.seconds < before.seconds
      guard now - before.at >= WriteShifts.shortest || hasFallen else { continue }
      totals[write.format] = Totals(write, at: now)
      // What was written in a gap may have been written at any time in it, but took as long as it took.
      guard !hasFallen else { continue }
      add(write, since: before, at: now)
    }
  }

  private mutating func add(_ write: WriteSample, since before: Totals, at now: Double) {
    let (bytes, count) = (write.bytes - before.bytes, write.count - before.count)
    let seconds = write.seconds - before.seconds
    guard bytes > 0, count > 0, seconds > 0 else { return }
    let mean = max(1, bytes / count)
    let key = Key(format: write.format, size: UInt64.bitWidth - 1 - mean.leadingZeroBitCount)
    if kept[key] == nil, kept.count >= WriteShifts.mostKept { drop() }
    kept[key, default: Kept()].watch.update(Double(bytes) / seconds, at: now)
    kept[key]?.used = now
  }

  /// The one that has been used least lately makes room.
  private mutating func drop() {
    if let oldest = kept.min(by: { $0.value.used < $1.value.used }) { kept[oldest.key] = nil }
  }

  /// Where writing has become slower and stays so, the worst first.
  func slowDowns(at now: Moment) -> [StorageSlowDown] {
    kept.compactMap { key, one -> StorageSlowDown? in
      guard let change = one.watch.standing, change.direction == .down else { return nil }
      return StorageSlowDown(
        format: key.format, least: Bytes(1 << Int64(min(62, key.size))),
        since: now.earlier(at: change.since), told: now.earlier(at: change.told), change: change)
    }.sorted {
      ($0.change.magnitude, $0.format, $0.least) < ($1.change.magnitude, $1.format, $1.least)
    }
  }
}
