import Monitors

/// How many rows each kind of content gets in a pane.
struct PaneRows: Sendable, Equatable {
  var lines = 0
  var figures = 0
  var meters = 0
  var table = 0
  var graph = 0

  /// Shares out the rows below the headline: the graph is sure of its least, the rest goes by weight, and what is left is the graph's again.
  init(_ content: PaneContent, lines wanted: Int, width: Int, height: Int) {
    let hasGraph = content.graphs.contains { !$0.isEmpty }
    let sure = hasGraph ? min(PaneRows.sure(height), content.tallestGraph) : 0
    var left = max(0, height - sure)
    let columns = Canvas.figureColumns(width)
    let figureRows = (content.figures.count + columns - 1) / columns
    lines = min(wanted, max(content.figures.isEmpty ? left : 1, left / 3), left)
    left -= lines
    let spared = left >= 3 && !content.meters.isEmpty ? 1 : 0
    figures = min(figureRows, left - spared)
    left -= figures
    meters = min(content.meters.count, left)
    left -= meters
    if let table = content.table, !table.rows.isEmpty, left > 0 {
      self.table = min(table.rows.count + (left > 1 ? 1 : 0), left)
      left -= self.table
    }
    graph = hasGraph ? min(sure + left, max(content.tallestGraph, 1)) : 0
  }

  /// Rows that a graph has in any case, in a pane with so many below the headline.
  private static func sure(_ height: Int) -> Int {
    if height < 1 { return 0 }
    return height >= 14 ? height / 3 : height >= 9 ? 4 : height >= 6 ? 3 : 1
  }
}

extension Canvas {
  /// Draws content into a pane that shares the screen with others.
  mutating func arranged(_ content: PaneContent, _ context: PaneContext, in area: Rectangle) {
    let headline = wrapped(content.headline, width: area.width, lines: area.height > 4 ? 2 : 1)
    let lines = content.lines.flatMap { wrapped($0, width: area.width, lines: 3) }
    let rows = PaneRows(
      content, lines: lines.count, width: area.width, height: area.height - headline.count)
    let shown =
      lines.count > rows.lines ? fitted(content.lines, width: area.width, rows.lines) : lines
    var rest = area
    for line in headline + shown {
      write(line, x: rest.x, y: rest.y, width: rest.width)
      rest = rest.dropping(1)
    }
    figures(content.figures, in: rest.taking(rows.figures))
    rest = rest.dropping(rows.figures)
    meters(content.meters, in: rest.taking(rows.meters))
    rest = rest.dropping(rows.meters)
    if let table = content.table {
      self.table(table, in: rest.taking(rows.table), headings: rows.table > 1)
    }
    rest = rest.dropping(rows.table)
    graphs(content.graphs, context, in: rest.dropping(rest.height - rows.graph))
  }

  /// Lines broken so that what has to be left out shows as cut.
  private func fitted(_ labels: [Label], width: Int, _ rows: Int) -> [Label] {
    var lines: [Label] = []
    for label in labels where lines.count < rows {
      lines += wrapped(label, width: width, lines: min(3, rows - lines.count))
    }
    return lines
  }

  /// Shares with their names on the left and their values on the right.
  mutating func meters(_ meters: [PaneContent.Meter], in area: Rectangle) {
    let names = min(area.width / 3, meters.map { width(of: $0.name) }.max() ?? 0)
    let full = meters.map { $0.detail.isEmpty ? $0.value : "\($0.value) \($0.detail)" as Printable }
    let widest = full.map { width(of: $0) }.max() ?? 0
    let isFull = widest <= area.width / 2
    let values = isFull ? widest : meters.map { width(of: $0.value) }.max() ?? 0
    for (index, meter) in meters.prefix(area.height).enumerated() {
      let y = area.y + index
      let end = area.x + area.width
      write(meter.name, x: area.x, y: y, width: names, role: .dim)
      let start = area.x + names + 1
      switch meter.share {
      case .missing(let absence):
        write(absence.sentence, x: start, y: y, width: end - start, role: .dim)
      case .fresh(let share), .stale(let share, _):
        let role: Role = meter.share.isStale ? .severity(.stale) : .text
        writeRight(
          Label(isFull ? full[index] : meter.value, role), end: end, y: y, width: values)
        bar(
          share: share, x: start, y: y, width: end - values - 1 - start, gradient: meter.gradient)
      }
    }
  }

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
    let seconds = Double(window.end - window.start) * context.interval
    var span = "\(Graph.span(seconds))"
    if gutter == 0 { span += ", top \(graph.label(graph.edges(window).top))" }
    let left = Printable(" \(span) ")
    if self.width(of: left) <= area.width - 2 {
      write(left, x: area.x + 1, y: y, role: .graphText)
    }
    for mark in context.marks where mark.place >= window.start && mark.place < window.end {
      let x = area.x + gutter + (mark.place - window.start) / perCell
      write(mark.kind.letter, x: x, y: y, width: 1, role: .key, emphasis: .bold)
    }
  }
}

extension Graph {
  /// `96 s`, `16 min`: short, for the time axis.
  static func span(_ seconds: Double) -> Printable {
    guard seconds.isFinite else { return "?" }
    if seconds < 10 { return Printable(Units.fixed(seconds, digits: 1) + " s") }
    if seconds < 600 { return Printable(Units.fixed(seconds, digits: 0) + " s") }
    if seconds < 36000 { return Printable(Units.fixed(seconds / 60, digits: 0) + " min") }
    return Printable(Units.fixed(seconds / 3600, digits: 0) + " h")
  }
}

extension Rectangle {
  /// The rows behind the first few.
  func dropping(_ rows: Int) -> Rectangle {
    let rows = min(max(0, rows), height)
    return Rectangle(x: x, y: y + rows, width: width, height: height - rows)
  }

  /// The first few rows.
  func taking(_ rows: Int) -> Rectangle {
    Rectangle(x: x, y: y, width: width, height: min(max(0, rows), height))
  }
}
