/// What batches got done lately, in parts of ten seconds.
struct BatchWindow: Sendable {
  private struct Part: Sendable {
    var began: Double
    var items = 0.0
    var seconds = 0.0
    var batches = 0
    var failed = 0
  }

  /// How far back throughput looks, in seconds.
  static let throughputSpan = 60.0
  /// How far back success looks, in seconds.
  static let successSpan = 600.0
  private static let width = 10.0

  private var parts: [Part] = []
  private var now = 0.0

  mutating func add(_ batch: BatchSample, at moment: Moment) {
    let time = moment.seconds
    if parts.last.map({ time - $0.began >= BatchWindow.width }) ?? true {
      parts.append(Part(began: time))
    }
    let last = parts.count - 1
    if batch.items.isFinite { parts[last].items += max(0, batch.items) }
    if batch.seconds.isFinite { parts[last].seconds += max(0, batch.seconds) }
    parts[last].batches += 1
    parts[last].failed += batch.isDone ? 0 : 1
  }

  /// Lets go what is too old.
  mutating func advance(to moment: Moment) {
    now = moment.seconds
    parts.removeAll { now - $0.began > BatchWindow.successSpan }
  }

  mutating func forget() { parts.removeAll(keepingCapacity: true) }

  /// Items a second of work in the last minute; `nil` where there was no batch.
  var throughput: Double? {
    var (items, seconds) = (0.0, 0.0)
    for part in parts.reversed() {
      guard now - part.began <= BatchWindow.throughputSpan else { break }
      items += part.items
      seconds += part.seconds
    }
    return seconds > 0 ? items / seconds : nil
  }

  /// Batches of the last ten minutes, and those that failed.
  var outcomes: (all: Int, failed: Int) {
    parts.reduce((0, 0)) { ($0.0 + $1.batches, $0.1 + $1.failed) }
  }
}

/// What so few or so many tries prove about a share.
enum Wilson {
  /// The greatest share that is still believable (95 %, one side) after so many of so many.
  static func most(_ hits: Int, of all: Int) -> Double {
    guard all > 0 else { return 1 }
    let z = 1.645
    let count = Double(all)
    let share = Double(hits) / count
    let spread = (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    return min(1, (share + z * z / (2 * count) + z * spread) / (1 + z * z / count))
  }
}
