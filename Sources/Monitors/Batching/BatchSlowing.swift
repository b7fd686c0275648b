/// Whether batches of the same size get less and less done.
///
/// A trend by ranks (Mann and Kendall) over the means of blocks: neither noise nor a single slow batch moves it.
struct BatchSlowing: Sendable {
  private static let fewest = 12
  private static let most = 48
  private static let firstBlock = 8
  private static let largestBlock = 64
  private static let certain = -3.0
  private static let least = 0.15

  private var blocks: [Double] = []
  private var blockSize = BatchSlowing.firstBlock
  private var sum = 0.0
  private var count = 0
  private var arm = -1
  private var strangers = 0
  /// The share by which throughput fell; `nil` where it does not fall.
  private(set) var fallen: Double?

  /// Takes one batch that succeeded.
  mutating func add(_ throughput: Double, arm: Int) {
    guard throughput > 0, throughput.isFinite else { return }
    if arm != self.arm {
      strangers += 1
      // One batch of another size is the last one of an episode; a few are another size.
      guard strangers >= 4 || self.arm < 0 else { return }
      forget()
      self.arm = arm
    }
    strangers = 0
    sum += throughput.logarithm
    count += 1
    guard count >= blockSize else { return }
    blocks.append(sum / Double(count))
    sum = 0
    count = 0
    if blocks.count > BatchSlowing.most { thin() }
    fallen = judged()
  }

  mutating func forget() {
    blocks.removeAll(keepingCapacity: true)
    blockSize = BatchSlowing.firstBlock
    sum = 0
    count = 0
    arm = -1
    strangers = 0
    fallen = nil
  }

  private mutating func thin() {
    guard blockSize < BatchSlowing.largestBlock else {
      blocks.removeFirst()
      return
    }
    let pairs = blocks.count / 2
    for pair in 0..<pairs { blocks[pair] = (blocks[2 * pair] + blocks[2 * pair + 1]) / 2 }
    // The odd one out begins the next block of the new size.
    if blocks.count % 2 == 1 {
      sum = blocks[blocks.count - 1] * Double(blockSize)
      count = blockSize
    }
    blocks.removeSubrange(pairs...)
    blockSize *= 2
  }

  private func judged() -> Double? {
    let all = blocks.count
    guard all >= BatchSlowing.fewest else { return nil }
    var ranks = 0
    for later in 1..<all {
      for earlier in 0..<later {
        ranks += blocks[later] > blocks[earlier] ? 1 : blocks[later] < blocks[earlier] ? -1 : 0
      }
    }
    let length = Double(all)
    let spread = (length * (length - 1) * (2 * length + 5) / 18).squareRoot()
    guard Double(ranks + 1) / spread <= BatchSlowing.certain else { return nil }
    let third = all / 3
    let before = blocks.prefix(third).reduce(0, +) / Double(third)
    let now = blocks.suffix(third).reduce(0, +) / Double(third)
    let fallen = 1 - (now - before).exponential
    return fallen >= BatchSlowing.least ? fallen : nil
  }
}
