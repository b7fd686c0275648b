/// How fast something is written in the seconds in which anything is written, over the last minute.
struct WritingPace: Sendable, Equatable {
  private struct Bucket: Equatable {
    var began: Double
    var bytes = 0.0
    var seconds = 0.0
  }

  private static let width = 5.0
  private static let span = 60.0
  /// Below this it is idle and has no pace: a line in a log now and then is not slow writing.
  private static let leastSeconds = 10.0

  private var buckets: [Bucket] = []

  /// Takes what was written in the seconds since the tick before.
  mutating func update(bytes: Double, elapsed: Double, at now: Moment) {
    let time = now.seconds
    buckets.removeAll { time - $0.began > WritingPace.span }
    guard bytes > 0, elapsed > 0 else { return }
    if let last = buckets.last, time - last.began < WritingPace.width {
      buckets[buckets.count - 1].bytes += bytes
      buckets[buckets.count - 1].seconds += elapsed
    } else {
      buckets.append(Bucket(began: time, bytes: bytes, seconds: elapsed))
    }
  }

  /// Forgets everything.
  mutating func forget() { buckets.removeAll(keepingCapacity: true) }

  /// Bytes per second of writing; `nil` while idle.
  var bytesPerSecond: Double? {
    var bytes = 0.0
    var seconds = 0.0
    for bucket in buckets {
      bytes += bucket.bytes
      seconds += bucket.seconds
    }
    return seconds >= WritingPace.leastSeconds ? bytes / seconds : nil
  }
}
