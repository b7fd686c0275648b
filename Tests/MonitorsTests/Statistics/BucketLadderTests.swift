import Testing

@testable import Monitors

@Suite("The past in buckets, the coarser the longer ago")
struct BucketLadderTests {
  private func ladder(_ count: Int) -> BucketLadder {
    var ladder = BucketLadder()
    for index in 0..<count {
      let value = Float(index)
      _ = ladder.append(.init(time: Int32(index * 50), least: value, greatest: value + 0.5))
    }
    return ladder
  }

  @Test("two buckets of a rung make one of the next, with their least, greatest and mean time")
  func merging() {
    let ladder = ladder(8)
    #expect((0..<5).map(ladder.count) == [8, 4, 2, 1, 0])
    let pair = ladder.bucket(1, 1)
    #expect((pair.time, pair.least, pair.greatest) == (125, 2, 3.5))
    let all = ladder.bucket(3, 0)
    #expect((all.least, all.greatest) == (0, 7.5))
  }

  @Test("a rung keeps its newest, oldest first, and coarser ones reach further back")
  func bounded() {
    let ladder = ladder(1000)
    #expect(ladder.count(0) == BucketLadder.capacity)
    #expect(ladder.bucket(0, 0).least == Float(1000 - BucketLadder.capacity))
    #expect(ladder.bucket(0, BucketLadder.capacity - 1).least == 999)
    #expect(ladder.bucket(5, 0).least == 0)
    #expect(ladder.count(8) == 3)
  }

  @Test("it answers how many rungs got a bucket")
  func rungs() {
    var ladder = BucketLadder()
    let answers = (0..<8).map { index in
      ladder.append(.init(time: Int32(index), least: 0, greatest: 0))
    }
    #expect(answers == [1, 2, 1, 3, 1, 2, 1, 4])
  }

  @Test("for ever is not too long for it")
  func endless() {
    let ladder = ladder(100_000)
    #expect(ladder.count(BucketLadder.height - 1) == BucketLadder.capacity)
    #expect(BucketLadder.fullBytes < 5_000)
  }
}
