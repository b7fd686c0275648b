import Monitors
import Testing

@Suite("Durations in buckets")
struct LatencyBucketsTests {
  @Test("a bucket holds what lies between its bounds, and an eighth is the most they differ by")
  func bounds() {
    var times: [UInt64] = [0, 1, 7, 8, 9, 15, 16, 1_179_648, 1 << 43, (15 << 40) - 1]
    times += (0..<200).map { UInt64(1.16.power($0)) }
    for time in times where time < 15 << 40 {
      let bucket = LatencyBuckets.bucket(nanoseconds: time)
      let (low, high) = LatencyBuckets.bounds(of: bucket)
      let seconds = Double(time) * 1e-9
      #expect(low <= seconds && seconds < high, "\(time)")
      #expect(time < 8 || high <= low * 1.1250001, "\(time)")
    }
    #expect(LatencyBuckets.bucket(nanoseconds: 1_179_648) == 145)
    #expect(LatencyBuckets.bucket(nanoseconds: .max) == LatencyBuckets.most - 1)
  }

  @Test("quantiles are told within a sixteenth, and not at all of nothing")
  func quantiles() throws {
    var taken = LatencyBuckets()
    #expect(taken.quantile(0.5) == nil)
    for millisecond in 1...1000 { taken.add(nanoseconds: UInt64(millisecond) * 1_000_000) }
    for share in [0.5, 0.95, 0.99] {
      let told = try #require(taken.quantile(share))
      #expect(abs(told - share) <= share / 15, "\(share)")
    }
    #expect(taken.quantile(.nan) == nil)
    #expect(taken.quantile(-1) == taken.quantile(0))
  }

  @Test("what has no bucket is passed over, and a count never wraps round")
  func odd() {
    var taken = LatencyBuckets()
    taken.add(5, bucket: -1)
    taken.add(5, bucket: LatencyBuckets.most)
    #expect(taken.isEmpty)
    taken.add(.max, bucket: 3)
    taken.add(.max, bucket: 3)
    #expect(taken.entries.map(\.bucket) == [3])
    #expect(taken.entries.first?.count == .max)
  }
}

extension Double {
  fileprivate func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { value, _ in value * self }
  }
}
