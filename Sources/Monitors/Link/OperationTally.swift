/// How often one kind of work was done, for how long, and what of it is under way; its size never changes much.
struct OperationTally: Sendable {
  let name: String
  var kind: String
  var count: UInt64 = 0
  var errors: UInt64 = 0
  var items = 0.0
  var nanoseconds: UInt64 = 0
  var active = 0
  var memory: Int64 = 0
  var measured: UInt64 = 0
  private var buckets = [UInt64](repeating: 0, count: LatencyBuckets.most)
  /// When those began that are under way; 0 where none is.
  private var begun: [Int64] = []
  private var free: [Int32] = []
  private static let mostFollowed = 1024

  init(name: String, kind: String) {
    self.name = name
    self.kind = kind
  }

  /// One has begun: the place where that is noted, or -1.
  mutating func begin(at nanoseconds: Int64) -> Int32 {
    active &+= 1
    if let place = free.popLast() {
      begun[Int(place)] = nanoseconds
      return place
    }
    guard begun.count < OperationTally.mostFollowed else { return -1 }
    begun.append(nanoseconds)
    return Int32(begun.count - 1)
  }

  /// One has ended; `false` if it had ended before.
  mutating func end(_ place: Int32, begun start: Int64, taking nanoseconds: Int64) -> Bool {
    if place >= 0 {
      guard Int(place) < begun.count, begun[Int(place)] == start else { return false }
      begun[Int(place)] = 0
      free.append(place)
    }
    active = max(0, active - 1)
    let taken = UInt64(max(0, nanoseconds))
    count &+= 1
    self.nanoseconds &+= taken
    buckets[LatencyBuckets.bucket(nanoseconds: taken)] &+= 1
    return true
  }

  /// When the oldest of those that are under way began.
  var oldest: Int64? { begun.lazy.filter { $0 != 0 }.min() }

  /// What has been added since it was told of last; `nil` where there is nothing to tell.
  func news(since mark: inout OperationMark) -> OperationNews? {
    guard count != mark.count || active > 0 || mark.wasActive else { return nil }
    var news = OperationNews(name: name, kind: kind)
    news.count = count &- mark.count
    news.errors = errors &- mark.errors
    news.items = items - mark.items
    news.seconds = Double(nanoseconds &- mark.nanoseconds) / 1e9
    news.memory = memory &- mark.memory
    news.measured = measured &- mark.measured
    news.active = active
    news.oldest = active > 0 ? oldest : nil
    if count != mark.count { news.buckets = mark.advance(to: buckets) }
    mark.count = count
    mark.errors = errors
    mark.items = items
    mark.nanoseconds = nanoseconds
    mark.memory = memory
    mark.measured = measured
    mark.wasActive = active > 0
    return news
  }
}

/// How far one viewer has been told of one operation.
struct OperationMark: Sendable {
  var count: UInt64 = 0
  var errors: UInt64 = 0
  var items = 0.0
  var nanoseconds: UInt64 = 0
  var memory: Int64 = 0
  var measured: UInt64 = 0
  var wasActive = false
  /// Counts of the buckets that are not 0, in order.
  private var buckets: [(bucket: Int32, count: UInt64)] = []

  /// What each bucket has more than it had.
  mutating func advance(to all: [UInt64]) -> [(bucket: Int, count: UInt64)] {
    var news: [(bucket: Int, count: UInt64)] = []
    var known = buckets[...]
    var next: [(bucket: Int32, count: UInt64)] = []
    for bucket in all.indices where all[bucket] != 0 {
      var before: UInt64 = 0
      if let first = known.first, Int(first.bucket) == bucket {
        before = first.count
        known = known.dropFirst()
      }
      next.append((Int32(bucket), all[bucket]))
      if all[bucket] != before { news.append((bucket, all[bucket] &- before)) }
    }
    buckets = next
    return news
  }
}

/// What is new of one operation.
struct OperationNews: Sendable {
  let name: String
  let kind: String
  var count: UInt64 = 0
  var errors: UInt64 = 0
  var items = 0.0
  var seconds = 0.0
  var memory: Int64 = 0
  var measured: UInt64 = 0
  var active = 0
  var oldest: Int64?
  var buckets: [(bucket: Int, count: UInt64)] = []
}
