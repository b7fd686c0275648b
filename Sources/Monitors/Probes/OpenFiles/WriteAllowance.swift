/// How many written bytes the target can be credited with: its own counters are the ceiling for what files suggest.
///
/// Files in a watched directory may be someone else's, and a size may jump without a byte written. What the target's
/// write calls and dirtied pages do not cover is not its own.
struct WriteAllowance: Sendable {
  private var recent = Ring<Int64>(capacity: 5)
  private var credit: Int64 = 0
  private var isKnown = false

  /// Files and counters are not read in the same instant.
  private static let slack: Int64 = 65536

  /// Adds what the target has written since the last tick; `nil` where that can't be read.
  mutating func add(_ growth: IOCounters?) {
    isKnown = growth != nil
    guard let growth else { return }
    // Mapped files count only when their pages are dirtied, files in memory only when they are written to.
    recent.append(Int64(clamping: max(growth.writtenCharacters, growth.writtenBytes)))
    let ceiling = recent.reduce(0) { $0 &+ $1 }
    credit = min(credit &+ (recent.last ?? 0), max(0, ceiling))
  }

  /// Takes off what needs no asking.
  mutating func spend(_ bytes: Int64) { credit = max(-WriteAllowance.slack, credit &- bytes) }

  /// The share of some bytes that is covered, and takes it off; all of them where nothing is known.
  ///
  /// Files that the target may never have touched get no benefit of the doubt.
  mutating func grant(_ bytes: Int64, isOwn: Bool) -> Double {
    guard bytes > 0, isKnown else { return 1 }
    let room = max(0, credit &+ (isOwn ? WriteAllowance.slack : 0))
    let share = min(1, Double(room) / Double(bytes))
    spend(Int64(Double(bytes) * share))
    return share
  }
}
