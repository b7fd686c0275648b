/// Sums over stretches of a series: short ones of what is new, longer ones of what is old, never more than 48.
struct ShiftBlocks: Sendable {
  /// One stretch.
  struct Block: Sendable {
    var sum: Double
    var width: Double
    var mean: Double { sum / width }
  }

  /// Where a series falls apart best.
  struct Split: Sendable {
    /// The first block after it.
    var block = 0
    /// Samples before it and after it.
    var before = 0.0
    var after = 0.0
    /// Means before it and after it.
    var low = 0.0
    var high = 0.0
    /// The difference of the means by its standard error.
    var strength = 0.0

    var difference: Double { high - low }
  }

  /// Samples in the shortest stretch.
  static let shortest = 8
  private static let mostShort = 24
  private static let mostLong = 24
  /// Of fewer nobody can say how much they differ by themselves.
  private static let fewest = 3

  /// Oldest first.
  private(set) var blocks: [Block] = []
  /// How many of them, from the oldest on, may have been merged.
  private var long = 0
  private var longWidth = Double(2 * shortest)

  /// How many samples there are in all.
  private(set) var samples = 0.0

  /// Adds a stretch of the shortest kind.
  mutating func append(sum: Double) {
    let width = Double(ShiftBlocks.shortest)
    blocks.append(Block(sum: sum, width: width))
    samples += width
    if blocks.count - long > ShiftBlocks.mostShort { age() }
  }

  /// Begins anew.
  mutating func removeAll() {
    blocks.removeAll(keepingCapacity: true)
    long = 0
    longWidth = Double(2 * ShiftBlocks.shortest)
    samples = 0
  }

  /// The oldest of the short ones joins the long ones.
  private mutating func age() {
    if long > 0, blocks[long - 1].width < longWidth {
      let block = blocks.remove(at: long)
      blocks[long - 1].sum += block.sum
      blocks[long - 1].width += block.width
    } else {
      long += 1
    }
    if long > ShiftBlocks.mostLong { mergePairs() }
  }

  private mutating func mergePairs() {
    var kept = 0
    for first in stride(from: 0, to: long, by: 2) {
      var block = blocks[first]
      if first + 1 < long {
        block.sum += blocks[first + 1].sum
        block.width += blocks[first + 1].width
      }
      blocks[kept] = block
      kept += 1
    }
    blocks.removeSubrange(kept..<long)
    long = kept
    longWidth *= 2
  }

  /// The split with the greatest difference by its standard error; `nil` where there is too little on either side.
  func strongest(_ rules: ShiftRules) -> Split? {
    var sum = 0.0
    var squares = 0.0
    for block in blocks {
      sum += block.sum
      squares += block.sum * block.mean
    }
    let leastBefore = max(rules.leastBefore, rules.shareBefore * samples)
    let leastAfter = max(rules.leastAfter, rules.shareAfter * samples)
    var left = (width: 0.0, sum: 0.0, squares: 0.0)
    var best: Split?
    for place in blocks.indices {
      let isDivided = place >= ShiftBlocks.fewest && blocks.count - place >= ShiftBlocks.fewest
      if isDivided, left.width >= leastBefore, samples - left.width >= leastAfter {
        let right = (
          width: samples - left.width, sum: sum - left.sum, squares: squares - left.squares
        )
        let squares = (
          left.squares - left.sum * left.sum / left.width,
          right.squares - right.sum * right.sum / right.width
        )
        let error = standardError(squares, place, (left.width, right.width), rules)
        let means = (left.sum / left.width, right.sum / right.width)
        let strength = abs(means.1 - means.0) / error
        if strength > best?.strength ?? 0 {
          best = Split(
            block: place, before: left.width, after: right.width, low: means.0, high: means.1,
            strength: strength)
        }
      }
      left.width += blocks[place].width
      left.sum += blocks[place].sum
      left.squares += blocks[place].sum * blocks[place].mean
    }
    return best
  }

  /// The standard error of the difference: each side has its own variance, but of a few stretches that were alike by chance
  /// nobody believes that they hardly vary.
  private func standardError(
    _ squares: (Double, Double), _ place: Int, _ widths: (Double, Double), _ rules: ShiftRules
  ) -> Double {
    let counts = (Double(place - 1), Double(blocks.count - place - 1))
    let pooled = (squares.0 + squares.1) / (counts.0 + counts.1)
    let least = max(rules.leastVariance, rules.pooled * pooled)
    return
      (max(least, squares.0 / counts.0) / widths.0
      + max(least, squares.1 / counts.1) / widths.1).squareRoot()
  }

  /// How often a sample's stretch after a split lies beyond one before it, in the direction of the difference.
  func separation(_ split: Split) -> Double {
    var beyond = 0.0
    for after in blocks[split.block...] {
      for before in blocks[..<split.block] {
        let step = (after.mean - before.mean) * (split.difference > 0 ? 1 : -1)
        beyond += after.width * before.width * (step > 0 ? 1 : step == 0 ? 0.5 : 0)
      }
    }
    return beyond / (split.before * split.after)
  }

  /// How much of the difference the newest blocks still hold, the one that holds least.
  func held(_ split: Split, newest count: Int) -> Double {
    let mean = blocks.suffix(count).reduce(0) { $0 + $1.mean } / Double(count)
    return (mean - split.low) / split.difference
  }

  /// How much one stretch before a split resembles the next: near 0 where the level stood still, near 1 where it went
  /// up and down slowly, as seasons do.
  func wander(_ split: Split) -> Double {
    var (product, squares) = (0.0, 0.0)
    var last: Double?
    for block in blocks[..<split.block] {
      let off = block.mean - split.low
      squares += off * off
      if let last { product += off * last }
      last = off
    }
    return squares > 0 ? max(0, product / squares) : 0
  }
}
