/// The past of a series in buckets that are the longer the coarser one looks: of each its time, least and greatest value.
///
/// A rung holds the newest 42 buckets; two buckets of one rung make one of the next. Nine rungs reach back 15 hours in
/// less than 5 kB.
struct BucketLadder: Sendable {
  /// A stretch of time; values and times count from where the series began.
  struct Bucket: Sendable {
    /// In tenths of a second.
    var time: Int32
    var least: Float
    var greatest: Float

    func merged(with other: Bucket) -> Bucket {
      Bucket(
        time: time &+ (other.time &- time) / 2, least: min(least, other.least),
        greatest: max(greatest, other.greatest))
    }
  }

  private struct Rung: Sendable {
    var next: UInt8 = 0
    var count: UInt8 = 0
    var isWaiting = false
    var waiting = BucketLadder.empty
  }

  /// How many buckets a rung holds.
  static let capacity = 42
  /// How many rungs there are.
  static let height = 9
  private static let empty = Bucket(time: 0, least: 0, greatest: 0)

  private var rungs: [Rung] = []
  private var buckets: [Bucket] = []

  /// Adds a bucket to the finest rung, and calls for every rung that got one, from the finest on.
  ///
  /// Answers the number of rungs that got one.
  mutating func append(_ bucket: Bucket) -> Int {
    var bucket = bucket
    for rung in 0..<BucketLadder.height {
      if rung == rungs.count { addRung() }
      let (next, count) = (Int(rungs[rung].next), Int(rungs[rung].count))
      buckets[rung * BucketLadder.capacity + next] = bucket
      rungs[rung].next = UInt8((next + 1) % BucketLadder.capacity)
      rungs[rung].count = UInt8(min(count + 1, BucketLadder.capacity))
      guard rungs[rung].isWaiting else {
        rungs[rung].waiting = bucket
        rungs[rung].isWaiting = true
        return rung + 1
      }
      rungs[rung].isWaiting = false
      bucket = rungs[rung].waiting.merged(with: bucket)
    }
    return BucketLadder.height
  }

  private mutating func addRung() {
    rungs.append(Rung())
    buckets.reserveCapacity(rungs.count * BucketLadder.capacity)
    buckets.append(
      contentsOf: repeatElement(BucketLadder.empty, count: BucketLadder.capacity))
  }

  /// How many buckets a rung has.
  func count(_ rung: Int) -> Int { rung < rungs.count ? Int(rungs[rung].count) : 0 }

  /// A bucket of a rung, 0 being its oldest.
  func bucket(_ rung: Int, _ index: Int) -> Bucket {
    let oldest = Int(rungs[rung].next) + BucketLadder.capacity - Int(rungs[rung].count)
    return buckets[rung * BucketLadder.capacity + (oldest + index) % BucketLadder.capacity]
  }

  /// Calls for each bucket of a rung from the newest to the oldest, with its place from the oldest.
  @inline(__always)
  func forEachBackwards(_ rung: Int, _ body: (Int, Bucket) -> Void) {
    guard rung < rungs.count else { return }
    let begin = rung * BucketLadder.capacity
    let (next, count) = (Int(rungs[rung].next), Int(rungs[rung].count))
    buckets.withUnsafeBufferPointer { buckets in
      var place = next
      for index in stride(from: count - 1, through: 0, by: -1) {
        place = place == 0 ? BucketLadder.capacity - 1 : place - 1
        body(index, buckets[begin + place])
      }
    }
  }

  /// Forgets everything, but keeps the room.
  mutating func removeAll() {
    rungs.removeAll(keepingCapacity: true)
    buckets.removeAll(keepingCapacity: true)
  }
}
