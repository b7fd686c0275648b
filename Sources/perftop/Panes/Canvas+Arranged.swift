import Monitors

extension Canvas {
  /// Draws content into a pane that shares the screen with others.
  mutating func arranged(_ content: PaneContent, _ context: PaneContext, in area: Rectangle) {
    let (sentences, rows) = sentences(content, in: area)
    var rest = area
    for line in sentences {
      write(line, x: rest.x, y: rest.y, width: rest.width)
      rest = rest.dropping(1)
    }
    figures(content.figures, in: rest.taking(rows.figures))
    rest = rest.dropping(rows.figures)
    meters(content.meters, in: rest.taking(rows.meters))
    rest = rest.dropping(rows.meters)
    if var table = content.table {
      table.rows.removeFirst(content.firstRow(room: rows.tableRows))
      self.table(table, in: rest.taking(rows.table), headings: rows.hasHeadings)
    }
    rest = rest.dropping(rows.table)
    graphs(content.graphs, context, in: rest.dropping(rest.height - rows.graph))
  }

  /// Headline and lines, broken to the width, and how the rows below them are shared out.
  func sentences(_ content: PaneContent, in area: Rectangle) -> ([Label], PaneRows) {
    let headline = wrapped(content.headline, width: area.width, lines: area.height > 4 ? 2 : 1)
    let lines = content.lines.flatMap { wrapped($0, width: area.width, lines: 3) }
    let rows = PaneRows(
      content, lines: lines.count, width: area.width, height: area.height - headline.count)
    let shown =
      lines.count > rows.lines ? fitted(content.lines, width: area.width, rows.lines) : lines
    return (headline + shown, rows)
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
