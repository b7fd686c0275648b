/// Gives anonymous memory names that last.
///
/// An anonymous mapping has nothing but its place, and that moves when it grows downwards: a region keeps the name of
/// the one it overlaps with from the reading before.
struct RegionNames: Sendable, Equatable {
  private struct Known: Sendable, Equatable {
    var start: UInt64
    var end: UInt64
    var label: UInt64
  }

  private struct Claim {
    var run: Int
    var label: UInt64
    var overlap: UInt64
  }

  private var known: [Known] = []

  /// Labels for stretches of memory in the order of their places.
  mutating func labels(for runs: [(start: UInt64, end: UInt64)]) -> [UInt64] {
    var labels = [UInt64?](repeating: nil, count: runs.count)
    var taken: Set<UInt64> = []
    for claim in claims(runs).sorted(by: { $0.overlap > $1.overlap })
    where labels[claim.run] == nil && taken.insert(claim.label).inserted {
      labels[claim.run] = claim.label
    }
    let final = zip(labels, runs).map { $0 ?? $1.start }
    known = zip(runs, final).map { Known(start: $0.start, end: $0.end, label: $1) }
    return final
  }

  private func claims(_ runs: [(start: UInt64, end: UInt64)]) -> [Claim] {
    var claims: [Claim] = []
    var first = 0
    for (index, run) in runs.enumerated() {
      while first < known.count, known[first].end <= run.start { first += 1 }
      var next = first
      while next < known.count, known[next].start < run.end {
        let overlap = min(run.end, known[next].end) - max(run.start, known[next].start)
        claims.append(Claim(run: index, label: known[next].label, overlap: overlap))
        next += 1
      }
    }
    return claims
  }
}
