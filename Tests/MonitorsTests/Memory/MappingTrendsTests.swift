import Testing

@testable import Monitors

@Suite("How fast mappings grow")
struct MappingTrendsTests {
  private func sample(
    _ seconds: Double, _ owned: [(Printable, Int64)], byAddressSpace: Bool = false
  ) -> MappingsSample {
    let mappings = owned.map { name, size in
      var mapping = Mapping(name: name)
      mapping.owned = Bytes(size)
      mapping.resident = Bytes(size)
      return mapping
    }
    return MappingsSample(
      at: Moment(nanoseconds: Int64(seconds * 1e9)), cost: 0, mappings: mappings,
      isByAddressSpace: byAddressSpace)
  }

  @Test("the one that grows is named after three looks, the still ones never")
  func named() {
    var trends = MappingTrends()
    for second in [0.0, 5, 10] {
      trends.update(
        sample(second, [("[heap]", 9_000_000), ("[anonymous] below 7f", Int64(second * 2e6))]))
    }
    #expect(trends.growing.map(\.name) == ["[anonymous] below 7f"])
    #expect(abs((trends.growing.first?.growth?.value ?? 0) - 2e6) < 1)
  }

  @Test("the fastest comes first, and what an allocator's noise makes is not called growth")
  func order() {
    var trends = MappingTrends()
    for second in [0.0, 10, 20, 30] {
      trends.update(
        sample(
          second,
          [
            ("a", Int64(second * 20_000)), ("b", Int64(second * 90_000)),
            ("c", Int64(second * 2000)),
          ]
        ))
    }
    #expect(trends.growing.map(\.name) == ["b", "a"])
  }

  @Test("the same look taken in twice counts once")
  func twice() {
    var trends = MappingTrends()
    for second in [0.0, 0, 0, 10, 10, 10] {
      trends.update(sample(second, [("a", Int64(second * 1e6))]))
    }
    #expect(trends.growing.isEmpty)
  }

  @Test("address space and counted pages are never compared")
  func kinds() {
    var trends = MappingTrends()
    for second in [0.0, 10, 20] { trends.update(sample(second, [("a", 1_000_000)])) }
    for second in [30.0, 40] {
      trends.update(sample(second, [("a", 900_000_000)], byAddressSpace: true))
    }
    #expect(trends.growing.isEmpty)
    #expect(trends.mappings.first?.growth == nil)
  }

  @Test("a mapping that is gone is forgotten")
  func bounded() {
    var trends = MappingTrends()
    for second in 0..<100 {
      trends.update(sample(Double(second * 10), [(Printable("[anonymous] \(second)"), 5_000_000)]))
    }
    #expect(trends.mappings.count == 1)
    #expect(trends.growing.isEmpty)
  }
}
