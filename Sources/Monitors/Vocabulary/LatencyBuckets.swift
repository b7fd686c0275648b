/// How often something took how long, eight steps to each doubling: a bucket is told from its neighbour by an eighth.
///
///     var taken = LatencyBuckets()
///     taken.add(nanoseconds: 1_500_000)
///     taken.quantile(0.95)  // 0.0015…
public struct LatencyBuckets: Sendable, Equatable {
  /// How many buckets there are: times of 15 · 2⁴⁰ ns – four hours and a half – and longer share the last one.
  public static let most = 8 * 42
  private static let steps = 3

  /// Counts by bucket, those that are not 0.
  public private(set) var counts: [Int: UInt64] = [:]

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
    let (sum, isTooMany) = counts[bucket, default: 0].addingReportingOverflow(count)
    counts[bucket] = isTooMany ? .max : sum
  }

  /// Counts what another one counted.
  public mutating func add(_ other: LatencyBuckets) {
    for (bucket, count) in other.counts { add(count, bucket: bucket) }
  }

  /// Whether nothing was counted.
  public var isEmpty: Bool { counts.isEmpty }

  /// How long that share of them took at most, in seconds; the middle of its bucket.
  public func quantile(_ share: Double) -> Double? {
    let total = counts.values.reduce(0.0) { $0 + Double($1) }
    guard total > 0, share.isFinite else { return nil }
    var left = max(1, (min(1, max(0, share)) * total).rounded(.up))
    for bucket in counts.keys.sorted() {
      left -= Double(counts[bucket] ?? 0)
      guard left <= 0 else { continue }
      let (low, high) = LatencyBuckets.bounds(of: bucket)
      return (low + high) / 2
    }
    return nil
  }
}
