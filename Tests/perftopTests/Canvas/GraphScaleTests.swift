import Testing

@testable import perftop

@Suite("Graph scales")
struct GraphScaleTests {
  @Test(
    "edges are round numbers",
    arguments: [
      (0.7, 1.0), (1, 1), (1.1, 2), (3, 5), (7, 10), (412, 500), (0.003, 0.005),
    ])
  func round(value: Double, expected: Double) {
    #expect(abs(GraphScale.round(value) - expected) < expected / 1e6)
  }

  @Test("a slow change of something large fills the graph")
  func fitted() {
    let scale = GraphScale(.fitted(atLeast: 1e6), lowest: 404e6, highest: 412e6)
    #expect(scale.bottom == 400e6 && scale.top == 420e6)
  }

  @Test("noise on something large does not")
  func noise() {
    let scale = GraphScale(.fitted(atLeast: 1e6), lowest: 400.0e6, highest: 400.1e6)
    #expect(scale.top - scale.bottom >= 8e6)
  }

  @Test("every value lies within its edges")
  func within() {
    var random = Robot.Random(state: 11)
    for _ in 0..<2000 {
      let lowest = random.next() * 1000
      let highest = lowest + random.next() * random.next() * 1000
      for kind in [GraphScale.Kind.fitted(atLeast: 1), .fromZero(atLeast: 1)] {
        let scale = GraphScale(kind, lowest: lowest, highest: highest)
        #expect(scale.bottom <= lowest && scale.top >= highest * 0.999_999)
      }
    }
  }
}
