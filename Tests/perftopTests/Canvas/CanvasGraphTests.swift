import Monitors
import Testing

@testable import perftop

@Suite("Graphs")
struct CanvasGraphTests {
  private func graph(_ values: [Double?], scale: GraphScale.Kind = .fromZero(atLeast: 1)) -> Graph {
    var series = Series()
    for value in values { series.append(value) }
    return Graph(series: series, unit: .count, gradient: .cpu, scale: scale)
  }

  private func drawn(_ graph: Graph, _ width: Int, _ height: Int, _ glyphs: GlyphSet = .unicode)
    -> Canvas
  {
    var canvas = Canvas(size: Size(width: width, height: height), glyphs: glyphs)
    canvas.graph(graph, in: Rectangle(x: 0, y: 0, width: width, height: height))
    return canvas
  }

  @Test("one row is a sparkline from the least to the most")
  func sparkline() {
    let values = (0...7).map { Double($0) * 10 / 7 }
    #expect(drawn(graph(values, scale: .fromZero(atLeast: 10)), 8, 1).text == "▁▂▃▄▅▆▇█")
    #expect(drawn(graph(values, scale: .fromZero(atLeast: 10)), 8, 1, .ascii).text == "_.:-=+*#")
  }

  @Test("several rows are a line of dots, two samples a cell")
  func line() {
    #expect(drawn(graph([0, 0, 10, 10], scale: .fromZero(atLeast: 10)), 2, 2).text == " ⡏\n⣀⠇")
    #expect(drawn(graph([0, 10], scale: .fromZero(atLeast: 10)), 2, 2, .ascii).text == " :\n.'")
  }

  @Test("a gap is a gap and not a zero")
  func gap() {
    #expect(drawn(graph([10, nil, 10], scale: .fromZero(atLeast: 10)), 3, 1).text == "█ █")
  }

  @Test("an empty history draws nothing, in no room nothing happens")
  func empty() {
    #expect(drawn(graph([]), 4, 2) == Canvas(size: Size(width: 4, height: 2)))
    #expect(graph([nil, nil]).isEmpty)
    _ = drawn(graph([1, 2]), 0, 0)
  }

  @Test("numbers that are none do no harm")
  func absurd() {
    _ = drawn(graph([.infinity, -.infinity, .nan, 1e300, -5]), 4, 3)
    _ = drawn(graph([.greatestFiniteMagnitude, 0], scale: .fitted(atLeast: 1)), 4, 3)
  }

  @Test("between two jumps a new sample changes one column", arguments: [1, 5])
  func oneColumn(height: Int) {
    var robot = Robot.Random(state: 3)
    var values = (0..<200).map { _ in robot.next() }
    var old = drawn(graph(values), 20, height)
    var window = graph(values).window(width: 20, height: height, glyphs: .unicode)
    for _ in 0..<60 {
      values.append(robot.next())
      let new = drawn(graph(values), 20, height)
      let next = graph(values).window(width: 20, height: height, glyphs: .unicode)
      let columns = (0..<20).filter { x in (0..<height).contains { old[x, $0] != new[x, $0] } }
      if next == window { #expect(columns.count <= 1) }
      old = new
      window = next
    }
  }

  @Test(
    "labels are short",
    arguments: [
      (Graph.Unit.bytes, 500e6, "500 MB"), (.bytes, 2e9, "2 GB"), (.bytes, 0, "0 B"),
      (.bytesPerSecond, 20e6, "20 MB/s"), (.celsius, 70, "70 °C"), (.share, 1, "100 %"),
      (.count, 2, "2"),
    ])
  func labels(unit: Graph.Unit, value: Double, expected: Printable) {
    var graph = graph([1])
    graph.unit = unit
    #expect(graph.label(value) == expected)
  }
}
