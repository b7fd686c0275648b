import Testing

@testable import Monitors

@Suite("Names of anonymous memory")
struct RegionNamesTests {
  @Test("a region that grows upwards or downwards keeps its name")
  func growing() {
    var names = RegionNames()
    #expect(names.labels(for: [(100, 200), (500, 600)]) == [100, 500])
    #expect(names.labels(for: [(50, 200), (500, 900)]) == [100, 500])
    #expect(names.labels(for: [(10, 200), (500, 2000)]) == [100, 500])
  }

  @Test("a region that is split leaves its name to the larger part")
  func split() {
    var fresh = RegionNames()
    _ = fresh.labels(for: [(100, 1000)])
    let labels = fresh.labels(for: [(150, 200), (300, 1000)])
    #expect(labels == [150, 100])
  }

  @Test("a region in a new place has a new name")
  func moved() {
    var names = RegionNames()
    _ = names.labels(for: [(100, 200)])
    #expect(names.labels(for: [(700, 800)]) == [700])
  }
}
