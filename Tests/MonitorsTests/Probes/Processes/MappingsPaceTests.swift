import Testing

@testable import Monitors

@Suite("The pace of reading mappings")
struct MappingsPaceTests {
  private let start = Moment(nanoseconds: 0)

  private func owned(_ megabytes: Int64) -> Bytes { Bytes(megabytes * 1_000_000) }

  /// When it is due again, in seconds, of processes that own `then` after they owned `now`.
  private func pause(
    _ pace: MappingsPace, then megabytes: Int64, within seconds: Int = 4000
  ) -> Int? {
    (0...seconds).first {
      pace.isDue(owned: owned(megabytes), at: start.later(by: Double($0)))
    }
  }

  private func pace(cost: Double, processes: Int, looks: Int, owned: Int64) -> MappingsPace {
    var pace = MappingsPace(interval: 10)
    for _ in 0..<looks {
      pace.begin(owned: self.owned(owned))
      pace.end(cost: cost, processes: processes, at: start)
    }
    return pace
  }

  @Test("the first look is due at once, two more follow at the interval where they cost little")
  func firstLooks() {
    #expect(MappingsPace(interval: 10).isDue(owned: .zero, at: start))
    #expect(pause(pace(cost: 0.04, processes: 1, looks: 1, owned: 90), then: 90) == 10)
    #expect(pause(pace(cost: 0.04, processes: 1, looks: 2, owned: 90), then: 90) == 10)
    #expect(pause(pace(cost: 0.04, processes: 1, looks: 3, owned: 90), then: 90) == 160)
    #expect(pause(pace(cost: 0.04, processes: 9, looks: 1, owned: 90), then: 90) == 160)
  }

  @Test(
    "C3: memory that moved is looked at sooner, but never for more than a thousandth of the time")
  func moving() {
    let known = pace(cost: 0.04, processes: 1, looks: 3, owned: 90)
    #expect(pause(known, then: 99) == 40)
    #expect(pause(known, then: 81) == 40)
    #expect(pause(known, then: 93) == 160)
    let large = pace(cost: 0.04, processes: 1, looks: 3, owned: 2000)
    #expect(pause(large, then: 2020) == 160)
    #expect(pause(large, then: 2050) == 40)
  }

  @Test("a small process is looked at every interval, a monstrous one once an hour")
  func extremes() {
    #expect(pause(pace(cost: 0.001, processes: 1, looks: 5, owned: 9), then: 9) == 10)
    #expect(pause(pace(cost: 50, processes: 1, looks: 5, owned: 9), then: 90) == 3600)
  }

  @Test("what rises at look after look is looked at more closely, but not for ever")
  func climbing() {
    var pace = MappingsPace(interval: 10)
    var megabytes: Int64 = 200
    func climb(_ looks: Int) {
      for _ in 0..<looks {
        megabytes += 3
        pace.begin(owned: owned(megabytes))
        pace.end(cost: 0.06, processes: 1, at: start)
      }
    }
    climb(2)
    #expect(self.pause(pace, then: megabytes + 3) == 240)
    climb(3)
    #expect(self.pause(pace, then: megabytes + 3) == 18)
    climb(60)
    #expect(self.pause(pace, then: megabytes + 3) == 240)
  }

  @Test("what was read in vain is read again without waiting")
  func vain() {
    var pace = pace(cost: 50, processes: 1, looks: 5, owned: 9)
    pace.hurry()
    #expect(pace.isDue(owned: owned(9), at: start))
  }
}
