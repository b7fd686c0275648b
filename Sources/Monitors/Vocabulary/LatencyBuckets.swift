/// How often something took how long, eight steps to each doubling: a bucket is told from its neighbour by an eighth.
///
///     var taken = LatencyBuckets()
///     taken.add(nanoseconds: 1_500_000)
///     taken.quantile(0.95)  // 0.0015…
public struct LatencyBuckets: Sendable, Equatable {
  /// How many buckets there are: times of 15 · 2⁴⁰ ns – four hours and a half – and longer share the last one.
  public static let most = 8 * 42
  private static let steps = 3

  /// How many there are in one bucket.
  public struct Entry: Sendable, Equatable {
    /// Which bucket.
    public var bucket: Int
    /// How many; never 0.
    public var count: UInt64
  }

  /// The buckets that hold something, in their order.
  public private(set) var entries: [Entry] = []

  /// Empty.
  public init() {}

  /// Which bucket a time falls into.
  public static func bucket(nanoseconds: UInt64) -> Int {
    guard nanoseconds >= 8 else { return Int(nanoseconds) }
    let exponent = 63 - nanoseconds.leadingZeroBitCount
    let step = Int(nanoseconds >> UInt64(exponent - steps)) & 7
    return min(most - 1, (exponent - steps + 1) * 8 + step)
  }

  /// The shortest time of a bucket and the shortest of the next, in seconds.
  public static func bounds(of bucket: Int) -> (Double, Double) {
    (floor(of: bucket) * 1e-9, floor(of: bucket + 1) * 1e-9)
  }

  private static func floor(of bucket: Int) -> Double {
    let bucket = min(max(0, bucket), most)
    guard bucket >= 8 else { return Double(bucket) }
    return Double(UInt64(8 + bucket % 8) << UInt64(bucket / 8 - 1))
  }

  /// Counts one.
  public mutating func add(nanoseconds: UInt64) {
    add(1, bucket: LatencyBuckets.bucket(nanoseconds: nanoseconds))
  }

  /// Counts several of one bucket; a bucket there is none of is passed over.
  public mutating func add(_ count: UInt64, bucket: Int) {
    guard (0..<LatencyBuckets.most).contains(bucket), count > 0 else { return }
    let place = place(of: bucket)
    guard place < entries.count, entries[place].bucket == bucket else {
      return entries.insert(Entry(bucket: bucket, count: count), at: place)
    }
    entries[place].count = entries[place].count.adding(count)
  }

  /// Counts what another one counted.
  public mutating func add(_ other: LatencyBuckets) {
    if entries.isEmpty { return entries = other.entries }
    for entry in other.entries { add(entry.count, bucket: entry.bucket) }
  }

  /// Takes off again what another one counted.
  mutating func remove(_ other: LatencyBuckets) {
    for entry in other.entries {
      let place = place(of: entry.bucket)
      guard place < entries.count, entries[place].bucket == entry.bucket else { continue }
      entries[place].count -= min(entries[place].count, entry.count)
    }
    entries.removeAll { $0.count == 0 }
  }

  /// Where a bucket is, or belongs; they mostly come in their order.
  private func place(of bucket: Int) -> Int {
    guard let last = entries.last, last.bucket >= bucket else { return entries.count }
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].bucket < bucket { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether nothing was counted.
  public var isEmpty: Bool { entries.isEmpty }

  /// How long those shares of them, in rising order, took at most, in seconds: the middle of each one's bucket. Empty where nothing is counted.
  public func quantiles(_ shares: [Double]) -> [Double] {
    let total = entries.reduce(0.0) { $0 + Double($1.count) }
    guard total > 0 else { return [] }
    var found: [Double] = []
    var below = 0.0
    for entry in entries {
      below += Double(entry.count)
      while found.count < shares.count, below >= max(1, (shares[found.count] * total).rounded(.up))
      {
        let (low, high) = LatencyBuckets.bounds(of: entry.bucket)
        found.append((low + high) / 2)
      }
    }
    return found
  }

  /// How long that share of them took at most, in seconds; `nil` where nothing is counted.
  public func quantile(_ share: Double) -> Double? {
    guard share.isFinite else { return nil }
    return quantiles([min(1, max(0, share))]).first
  }
}
