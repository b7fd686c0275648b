import Monitors

extension Canvas {
  /// One graph below the other on a common time axis, which is the pane's lower edge.
  mutating func graphs(_ graphs: [Graph], _ context: PaneContext, in area: Rectangle) {
    let shown = graphs.filter { !$0.isEmpty }.prefix(area.height >= 6 ? 2 : 1)
    guard area.height > 0, area.width >= 4, let first = shown.first else { return }
    let gutter = area.height > 1 && area.width >= 30 ? Canvas.gutter : 0
    var rest = area
    for (index, graph) in shown.enumerated() {
      let height = index == shown.count - 1 ? rest.height : rest.height * 3 / 5
      let part = rest.taking(height)
      rest = rest.dropping(height)
      let plot = Rectangle(
        x: part.x + gutter, y: part.y, width: part.width - gutter, height: part.height)
      self.graph(graph, in: plot)
      if gutter > 0 { axis(graph, part, plot) }
    }
    timeAxis(first, context, in: area, gutter: gutter)
  }

  private static let gutter = 9

  /// Values at the upper and lower edge, in a gutter of fixed width.
  private mutating func axis(_ graph: Graph, _ part: Rectangle, _ plot: Rectangle) {
    let window = graph.window(width: plot.width, height: plot.height, glyphs: glyphs)
    let edges = graph.edges(window)
    let width = Canvas.gutter - 1
    let end = part.x + width
    writeRight(Label(graph.label(edges.top), .graphText), end: end, y: part.y, width: width)
    let lowest = part.y + part.height - 1
    writeRight(Label(graph.label(edges.bottom), .graphText), end: end, y: lowest, width: width)
    if part.height > 2 {
      writeRight(Label(graph.name, .graphText), end: end, y: part.y + 1, width: width)
    }
  }

  /// How much time the graph shows, and a letter for each event, on the edge below it.
  private mutating func timeAxis(
    _ graph: Graph, _ context: PaneContext, in area: Rectangle, gutter: Int
  ) {
    let y = area.y + area.height
    let width = area.width - gutter
    let height = gutter > 0 ? 2 : area.height
    let window = graph.window(width: width, height: height, glyphs: glyphs)
    let perCell = Graph.samplesPerCell(height: height, glyphs: glyphs)
    let marks = context.marks.filter { $0.place >= window.start && $0.place < window.end }
      .map { (x: area.x + gutter + ($0.place - window.start) / perCell, kind: $0.kind) }
    let span = Graph.span(
      context.times.seconds(from: window.start, to: window.end, interval: context.interval))
    let range = gutter == 0 ? graph.range(graph.edges(window)) : nil
    let caption = caption(span, range, width: area.width - 2)
    let place = captionPlace(self.width(of: caption), in: area, besides: marks.map(\.x))
    write(caption, x: place.lowerBound, y: y, role: .graphText)
    for mark in marks where !place.contains(mark.x) {
      write(mark.kind.letter, x: mark.x, y: y, width: 1, role: .key, emphasis: .bold)
    }
  }

  /// As much as there is room for whole; which values the edges stand for weighs more than how long it took.
  private func caption(_ span: Printable, _ range: Printable?, width: Int) -> Printable {
    let wanted: [Printable] = range.map { [" \(span), \($0) ", " \($0) "] } ?? [" \(span) "]
    return wanted.first { self.width(of: $0) <= width } ?? ""
  }

  /// On the left, or on the right where that covers fewer events.
  private func captionPlace(_ width: Int, in area: Rectangle, besides marks: [Int]) -> Range<Int> {
    let left = area.x + 1..<area.x + 1 + width
    let end = area.x + area.width - 1
    let right = max(left.lowerBound, end - width)..<max(left.upperBound, end)
    func covered(_ place: Range<Int>) -> Int { marks.count { place.contains($0) } }
    return covered(right) < covered(left) ? right : left
  }
}

extension Graph {
  /// `top 2 GB`, or `45.5-46.5 MB` where the lower edge is not zero.
  func range(_ edges: GraphScale) -> Printable {
    let top = label(edges.top)
    guard edges.bottom != 0 else { return "top \(top)" }
    let bottom = label(edges.bottom)
    let parts = [bottom, top].map { $0.text.split(separator: " ", maxSplits: 1) }
    guard parts[0].count == 2, parts[0].last == parts[1].last else { return "\(bottom)-\(top)" }
    return Printable("\(parts[0][0])-\(top.text)")
  }

  /// `96 s`, `16 min`: short, for the time axis.
  static func span(_ seconds: Double) -> Printable {
    guard seconds.isFinite else { return "?" }
    if seconds < 10 { return Printable(Units.fixed(seconds, digits: 1) + " s") }
    if seconds < 600 { return Printable(Units.fixed(seconds, digits: 0) + " s") }
    if seconds < 36000 { return Printable(Units.fixed(seconds / 60, digits: 0) + " min") }
    return Printable(Units.fixed(seconds / 3600, digits: 0) + " h")
  }
}
