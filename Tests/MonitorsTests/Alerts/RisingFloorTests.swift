import Testing

@testable import Monitors

@Suite("A rising floor") struct RisingFloorTests {
  static func verdicts(_ seconds: Int, by least: Double, _ value: (Int) -> Double?) -> [Bool] {
    var floor = RisingFloor()
    return (0..<seconds).map { second in
      floor.update(value(second), at: Moment(nanoseconds: Int64(second) * 1_000_000_000))
      return floor.isRising(by: least)
    }
  }

  @Test("a steady climb is one, after six minutes and not before")
  func climb() {
    let verdicts = Self.verdicts(900, by: 100) { Double($0) + Double($0 % 7) * 5 }
    #expect(!verdicts.prefix(360).contains(true))
    #expect(verdicts.suffix(500).allSatisfy { $0 })
  }

  @Test(
    "a level, a sawtooth, a step, a fall and nothing at all are none",
    arguments: ["level", "sawtooth", "step", "fall", "nothing", "nan"])
  func others(_ shape: String) {
    let verdicts = Self.verdicts(1800, by: 100) { second in
      switch shape {
      case "level": 1000 + Double(second % 13)
      case "sawtooth": 1000 + Double(second % 60) * 20
      case "step": second < 900 ? 1000 : 3000
      case "fall": 5000 - Double(second)
      case "nan": .nan
      default: nil
      }
    }
    #expect(!verdicts.contains(true))
  }

  @Test("a climb too small to matter is none")
  func small() {
    #expect(!Self.verdicts(900, by: 1000) { Double($0) }.contains(true))
  }

  @Test("what was forgotten has to be seen anew")
  func forgets() {
    var floor = RisingFloor()
    for second in 0..<900 {
      floor.update(Double(second), at: Moment(nanoseconds: Int64(second) * 1_000_000_000))
    }
    #expect(floor.isRising(by: 100))
    floor.forget()
    #expect(!floor.isRising(by: 100))
  }
}
