import TestSupport
import Testing

@testable import Monitors
@testable import perftop

@Suite("The time axis")
struct CanvasTimeAxisTests {
  private func graph(_ values: [Double], _ unit: Graph.Unit, _ scale: GraphScale.Kind) -> Graph {
    var series = Series()
    for value in values { series.append(value) }
    return Graph(series: series, unit: unit, gradient: .cpu, scale: scale)
  }

  /// The row below a graph of one row.
  private func axis(_ graph: Graph, width: Int, marks: [Int] = []) -> String {
    var context = PaneContext()
    context.marks = marks.map {
      Mark(.alert, place: $0, at: Moment(nanoseconds: 0), label: "trouble")
    }
    var canvas = Canvas(size: Size(width: width, height: 2))
    for x in 0..<width { canvas.put("─", ascii: "-", x: x, y: 1, role: .dim) }
    canvas.graphs([graph], context, in: Rectangle(x: 0, y: 0, width: width, height: 1))
    return GoldenText.rows(canvas)[1]
  }

  @Test("after the interval was changed by a key the caption says how long the graph really took")
  func changedInterval() {
    let machine = FakeMachine()
    var engine = Engine(
      source: Sampler(host: machine.host, config: Config(), targets: [], inlineWorkers: true),
      host: machine.host, config: Config())
    func caption(after ticks: Int, every seconds: Double) -> String {
      var last: [Snapshot] = []
      _ = engine.perform(.interval(seconds), by: "ada", at: machine.time.now())
      for _ in 0..<ticks {
        machine.time.advance(by: seconds)
        last = engine.tick(at: machine.time.now(), late: 0)
      }
      guard let snapshot = last.first else { return "" }
      return PaneCatalogue.pane(.thermal, snapshot, ViewState()).drawn(at: .narrow).text
    }
    // The room for 58 places.
    #expect(caption(after: 96, every: 1).contains(" 58 s "))
    // From place 60 there are 35 steps of a second, then five of ten; the room for 18 more is at ten as well.
    #expect(caption(after: 5, every: 10).contains(" 265 s "))
  }

  @Test("an event never stands in the caption, wherever it was", arguments: 0..<38)
  func marks(place: Int) {
    let graph = graph([Double](repeating: 2, count: 38), .share, .fromZero(atLeast: 1))
    let text = axis(graph, width: 38, marks: [place])
    #expect(text.contains(" 38 s, top 200 % "))
    #expect(text.contains("!"))
    #expect(text.count == 38)
  }

  @Test("a zoomed pane says at its lower edge what the letters stand for, as far as there is room")
  func legend() {
    let drawn = { (width: Int) -> String in
      var context = PaneContext()
      context.isZoomed = true
      context.marks = [Mark.Kind.restart, .action].map {
        Mark($0, place: 3, at: Moment(nanoseconds: 0), label: "x")
      }
      var content = PaneContent(headline: Label("words"))
      content.graphs = [graph([1, 2, 3, 4], .share, .fromZero(atLeast: 1))]
      var canvas = Canvas(size: Size(width: width, height: 20))
      canvas.zoomed(content, context, in: Rectangle(x: 0, y: 0, width: width, height: 19))
      return GoldenText.rows(canvas)[19]
    }
    #expect(drawn(80).hasPrefix("  a something was done  R restart "))
    #expect(drawn(24).hasPrefix("  a something was done "))
    #expect(!drawn(24).contains("R"))
  }

  @Test("events on both sides leave the caption whole")
  func manyMarks() {
    let graph = graph([Double](repeating: 2, count: 38), .share, .fromZero(atLeast: 1))
    let text = axis(graph, width: 38, marks: Array(0..<38))
    #expect(text.contains(" 38 s, top 200 % "))
    #expect(text.filter { $0 == "!" }.count == 38 - " 38 s, top 200 % ".count)
  }

  @Test("a scale that does not begin at zero says both its edges, in whole numbers, or nothing")
  func range() {
    let graph = graph(
      [Double](repeating: 45_800_000, count: 60), .bytes, .fitted(atLeast: 1_000_000))
    #expect(axis(graph, width: 38).contains(" 38 s, 45.5-46.5 MB "))
    #expect(axis(graph, width: 20).hasPrefix("─ 45.5-46.5 MB ─"))
    #expect(!axis(graph, width: 12).contains("4"))
  }

  @Test("edges of two units say both")
  func twoUnits() {
    let graph = graph([900_000, 1_900_000], .bytes, .fitted(atLeast: 1_000_000))
    let edges = GraphScale(.fitted(atLeast: 1_000_000), lowest: 900_000, highest: 1_900_000)
    #expect(graph.range(edges).text == "top 2 MB" || edges.bottom != 0)
    #expect(
      graph.range(GraphScale(.fitted(atLeast: 100_000), lowest: 960_000, highest: 1_040_000)).text
        == "950 kB-1.05 MB")
  }
}
