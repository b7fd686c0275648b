import Testing

@testable import Monitors

@Suite("What batches got done lately") struct BatchWindowTests {
  private static func moment(_ seconds: Int) -> Moment {
    Moment(nanoseconds: Int64(seconds) * 1_000_000_000)
  }

  private static func batch(_ items: Double, _ seconds: Double, isDone: Bool = true) -> BatchSample
  {
    BatchSample(size: 10, seconds: seconds, items: items, isDone: isDone)
  }

  @Test("throughput is that of the last minute of work, success that of ten minutes")
  func spans() {
    var window = BatchWindow()
    window.add(Self.batch(10, 1, isDone: false), at: Self.moment(0))
    window.add(Self.batch(30, 1), at: Self.moment(300))
    window.add(Self.batch(50, 1), at: Self.moment(310))
    window.advance(to: Self.moment(320))
    #expect(window.throughput == 40)
    #expect(window.outcomes == (3, 1))
    window.advance(to: Self.moment(500))
    #expect(window.throughput == nil)
    window.advance(to: Self.moment(700))
    #expect(window.outcomes == (2, 0))
    window.advance(to: Self.moment(2000))
    #expect(window.outcomes == (0, 0))
  }

  @Test("numbers that are none do not spoil it")
  func nonsense() {
    var window = BatchWindow()
    window.add(Self.batch(.nan, .infinity), at: Self.moment(0))
    window.add(Self.batch(-5, -1), at: Self.moment(1))
    #expect(window.throughput == nil)
    window.add(Self.batch(20, 2), at: Self.moment(1))
    #expect(window.throughput == 10)
  }

  @Test("few failures prove nothing, many do")
  func wilson() {
    #expect(Wilson.most(4, of: 5) > 0.9)
    #expect(Wilson.most(0, of: 3) > 0.4)
    #expect(Wilson.most(80, of: 100) < 0.9)
    #expect(Wilson.most(0, of: 0) == 1)
    #expect(Wilson.most(100, of: 100) == 1)
  }
}
