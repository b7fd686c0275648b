/// How many written bytes the target can be credited with: its own counters are the ceiling for what files suggest.
///
/// A file that the target holds open, or that lies where it writes, may be grown by someone else, and a size may jump
/// without a byte written. What the target's write calls and dirtied pages do not cover is not its own.
struct WriteAllowance: Sendable {
  /// What one counter still covers.
  private struct Pool: Sendable {
    private var recent = Ring<Int64>(capacity: 5)
    private(set) var credit: Int64 = 0

    mutating func add(_ growth: UInt64) {
      let growth = Int64(clamping: growth)
      recent.append(growth)
      credit = min(credit.capped(adding: growth), recent.reduce(0) { $0.capped(adding: $1) })
    }

    mutating func spend(_ bytes: Int64) { credit = max(0, credit - max(0, bytes)) }
  }

  private var calls = Pool()
  private var pages = Pool()
  private var own = Ring<Int64>(capacity: 5)
  private var ownNow: Int64 = 0
  /// Whether the target's counters can be read; without them there is no ceiling.
  private(set) var isKnown = false

  private static let page: Int64 = 4096
  /// Pages are whole and are dirtied again and again: only many of them tell of writing through memory.
  private static let manyPages: Int64 = 1_000_000
  private static let pagesToCalls: Int64 = 8
  /// Files and counters are not read in the same instant, which leaves a little unexplained.
  private static let noise: Int64 = 20
  /// A claim that lacks less than a tenth is taken for covered.
  private static let tenth: Int64 = 10

  /// Adds what the target has written since the last tick; `nil` where that is not known.
  mutating func add(_ growth: IOCounters?, isReadable: Bool) {
    isKnown = isReadable
    calls.add(growth?.writtenCharacters ?? 0)
    pages.add(growth?.writtenBytes ?? 0)
    own.append(ownNow)
    ownNow = 0
  }

  /// How many of the bytes that files held open by the target suggest are covered; takes them off.
  mutating func grantOwn(_ bytes: Int64) -> Int64 {
    guard isKnown, bytes > 0 else { return max(0, bytes) }
    let granted = min(bytes, max(calls.credit, pages.credit))
    calls.spend(granted)
    pages.spend(granted)
    ownNow = ownNow.capped(adding: granted)
    return granted
  }

  /// How many of the bytes of one file that the target was never seen to hold open are covered: nearly all or none.
  mutating func grantForeign(_ bytes: Int64) -> Int64 {
    guard isKnown, bytes > 0 else { return 0 }
    let explained = own.reduce(ownNow) { $0.capped(adding: $1) }
    let unexplained = calls.credit - explained / WriteAllowance.noise
    if unexplained >= bytes - bytes / WriteAllowance.tenth {
      let granted = min(bytes, unexplained)
      calls.spend(granted)
      pages.spend(granted)
      return granted
    }
    // Written through memory, or by a way that no call is counted for.
    let whole =
      bytes.capped(adding: WriteAllowance.page - 1) / WriteAllowance.page * WriteAllowance.page
    let isMapping =
      pages.credit >= WriteAllowance.manyPages
      && pages.credit / WriteAllowance.pagesToCalls > calls.credit
    guard isMapping, pages.credit >= whole else { return 0 }
    pages.spend(whole)
    return bytes
  }
}

extension Int64 {
  /// The sum, or the largest number there is.
  func capped(adding other: Int64) -> Int64 {
    let (sum, isTooMuch) = addingReportingOverflow(other)
    return isTooMuch ? .max : sum
  }
}
