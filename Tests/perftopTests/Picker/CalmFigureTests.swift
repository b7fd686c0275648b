import Testing

@testable import perftop

@Suite("Calm figures")
struct CalmFigureTests {
  private let smooth = CalmFigure.Pace(weight: 0.2, leap: 5, leapShare: 0.4)

  private func shown(_ readings: [Double?], _ pace: CalmFigure.Pace) -> [Double?] {
    var figure = CalmFigure()
    return readings.map {
      figure.settle($0, pace)
      return figure.value
    }
  }

  @Test("what is not there is not there, and comes back as it is")
  func missing() {
    #expect(shown([nil, 12, nil, 40], smooth) == [nil, 12, nil, 40])
    #expect(shown([.nan, .infinity], smooth) == [nil, nil])
  }

  @Test("a figure that breathes stands still")
  func breathing() {
    let readings = (0..<40).map { Double(12 + $0 % 2) }
    #expect(Set(shown(readings, smooth).compactMap { $0 }).count == 1)
  }

  @Test("a figure that alternates is averaged, and does not alternate")
  func alternating() throws {
    let all = shown((0..<60).map { $0 % 2 == 0 ? 0 : 60 }, smooth).compactMap { $0 }
    let late = all.suffix(20)
    #expect(try #require(late.max()) - #require(late.min()) <= 14)
    #expect(late.allSatisfy { $0 > 15 && $0 < 45 })
  }

  @Test("a leap that lasts is followed within two readings, up and down")
  func leaping() {
    let all = shown([2, 2, 80, 80, 80, 0, 0], smooth)
    #expect(all[3] == 80)
    #expect(all.last == 0)
  }

  @Test("only as many digits count as are shown")
  func digits() {
    let pace = CalmFigure.Pace(digits: 3)
    #expect(shown([412_345_678, 412_700_000, 413_400_000], pace) == [412e6, 412e6, 413e6])
    #expect(shown([999.4e6, 1003e6, 1012e6], pace) == [999e6, 999e6, 1010e6])
    let two = CalmFigure.Pace(digits: 2, least: 1000)
    #expect(shown([3_120_000, 3_160_000, 500, -250_000], two) == [3.1e6, 3.1e6, 0, -250_000])
  }

  @Test("absurd numbers do no harm", arguments: [1e300, -1e300, Double(Int64.max), 1e-300])
  func absurd(_ value: Double) {
    #expect(shown([value, -value, 0], CalmFigure.Pace(digits: 3)).last == 0)
  }
}
