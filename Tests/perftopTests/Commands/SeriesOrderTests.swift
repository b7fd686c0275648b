import Testing

@testable import perftop

@Suite("Places of a series that rise")
struct SeriesOrderTests {
  private func taken(_ places: [Double], isTime: Bool = true) -> [SeriesOrder.Standing] {
    var order = SeriesOrder(isTime: isTime)
    return places.map { order.take($0) }
  }

  @Test("what rises is taken as it is, also after a gap")
  func rising() {
    #expect(taken([-3, 0, 0.5, 7200]) == [.taken(-3), .taken(0), .taken(0.5), .taken(7200)])
  }

  @Test("what comes twice, or late, is left out")
  func disorder() {
    #expect(taken([1, 2, 2, 1, 3]) == [.taken(1), .taken(2), .same, .back, .taken(3)])
    var places = (0..<400).map { Double(($0 * 7919) % 400) }
    places.append(1000)
    let standings = taken(places)
    #expect(!standings.contains { if case .set = $0 { true } else { false } })
    #expect(standings.last == .taken(1000))
  }

  @Test("a clock that was set back goes on where it was, once ten in a row say so")
  func setBack() {
    let standings = taken((0..<100).map(Double.init) + (0..<100).map { Double($0 - 3600) })
    #expect(standings[99] == .taken(99))
    #expect(standings[100..<109].allSatisfy { $0 == .back })
    #expect(standings[109] == .set(100) && standings[110] == .taken(101))
  }

  @Test(
    "a clock that was set forward by years makes no gap of years, but an index may skip what it likes"
  )
  func setForward() {
    let places = (0..<20).map(Double.init) + (0..<5).map { 1_790_000_000 + Double($0) }
    #expect(taken(places)[20...24] == [.set(20), .taken(21), .taken(22), .taken(23), .taken(24)])
    #expect(taken(places, isTime: false)[20] == .taken(1_790_000_000))
    // A night without a sample is a night.
    #expect(taken((0..<20).map(Double.init) + [50_000])[20] == .taken(50_000))
  }

  @Test("a table from the newest to the oldest keeps its first line and nothing else")
  func descending() {
    let standings = taken((0..<300).map { Double(300 - $0) })
    #expect(standings.count { $0 == .back } == 299)
  }
}
