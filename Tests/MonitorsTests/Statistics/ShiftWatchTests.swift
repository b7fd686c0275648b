import TestSupport
import Testing

@testable import Monitors

@Suite("A change that stands until it is taken back")
struct ShiftWatchTests {
  private var watch = ShiftWatch()
  private var noise = SeededNoise(seed: 9)
  private var now = 5000.0

  private mutating func run(_ count: Int, _ level: Double, step: Double = 1) {
    for _ in 0..<count {
      watch.update(level * (1 + 0.05 * noise.normal()), at: now)
      now += step
    }
  }

  @Test("it has the time at which it began, also on a clock that is not even")
  mutating func since() throws {
    run(300, 10)
    now += 1000
    let begin = now
    run(100, 14, step: 2.5)
    let standing = try #require(watch.standing)
    #expect(abs(standing.since - begin) <= 5)
    #expect(standing.told > standing.since && standing.told < now)
    #expect(standing.direction == .up && abs(standing.magnitude - 0.4) < 0.05)
  }

  @Test("what comes back to where it was stands no more")
  mutating func recovery() {
    run(300, 10)
    run(200, 14)
    #expect(watch.standing != nil)
    run(200, 10)
    #expect(watch.standing == nil)
  }

  @Test("a second step the same way is measured from the first level, and since then")
  mutating func twice() throws {
    run(300, 10)
    let begin = now
    run(300, 13)
    run(300, 17)
    let standing = try #require(watch.standing)
    #expect(abs(standing.since - begin) <= 5)
    #expect(abs(standing.magnitude - 0.7) < 0.08)
  }

  @Test("one that goes past where it began is a change the other way, since then")
  mutating func beyond() throws {
    run(300, 10)
    run(300, 14)
    let begin = now
    run(300, 6)
    let standing = try #require(watch.standing)
    #expect(standing.direction == .down && abs(standing.since - begin) <= 5)
    #expect(abs(standing.before - 10) < 0.5)
  }

  @Test("it forgets")
  mutating func forgetting() {
    run(300, 10)
    run(200, 20)
    watch.forget()
    #expect(watch.standing == nil && watch.samples == 0)
    run(400, 3)
    #expect(watch.standing == nil)
  }
}
