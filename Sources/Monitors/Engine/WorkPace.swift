/// How much a linked program gets done, for what an action changes of it.
struct WorkPace: Sendable {
  private static let window = 10.0
  private static let shortest = 3.0
  private var counts: [(at: Moment, finished: Double)] = []

  /// Takes one sample in; a program that tells nothing has no pace.
  mutating func take(_ sample: Sample) {
    guard let link = sample.link.value, !link.operations.isEmpty else { return counts = [] }
    let finished = link.operations.reduce(0.0) { $0 + Double($1.count) }
    // Fewer than before are those of another process.
    if let last = counts.last, finished < last.finished { counts = [] }
    counts.append((sample.moment, finished))
    let enough = counts.firstIndex { sample.moment.seconds(since: $0.at) <= WorkPace.window } ?? 0
    counts.removeFirst(enough)
  }

  /// Operations finished in a second, lately and not before a moment; `nil` where that is too short a time.
  func rate(since begin: Moment? = nil) -> Double? {
    let counted = counts.drop { count in begin.map { count.at < $0 } ?? false }
    guard let first = counted.first, let last = counted.last else { return nil }
    let seconds = last.at.seconds(since: first.at)
    return seconds >= WorkPace.shortest ? (last.finished - first.finished) / seconds : nil
  }
}
