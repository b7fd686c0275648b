import Monitors

extension PaneContent {
  /// Rows of a zoomed pane that do not scroll: headline with figures, and the graph.
  fileprivate func head(in area: Rectangle) -> (top: Int, graph: Int) {
    let hasGraph = area.height >= 14 && graphs.contains { !$0.isEmpty }
    let graphRows = hasGraph ? min(max(4, area.height / 4), max(tallestGraph, 1)) : 0
    let columns = Canvas.figureColumns(area.width)
    let figureRows = (figures.count + columns - 1) / columns
    let sentences =
      PaneContent.rows(of: headline, area.width, atMost: 2) - 1
      + lines.reduce(0) { $0 + PaneContent.rows(of: $1, area.width, atMost: 3) }
    let wanted = sentences + figureRows + meters.count
    return (1 + min(wanted, max(1, (area.height - 1 - graphRows) / 2)), graphRows)
  }

  private static func rows(of label: Label, _ width: Int, atMost limit: Int) -> Int {
    let cells = CellText(label.text.text, in: .unicode, limit: width * limit).glyphs.count
    return min(limit, max(1, (cells + width - 1) / max(1, width)))
  }

  /// The line of the details that stands at the top: where the person scrolled to, else where the anchor is seen.
  func firstLine(_ context: PaneContext, room: Int) -> Int {
    let anchored = max(0, (anchor ?? 0) - room + 1)
    let wanted = context.scroll == 0 ? anchored : context.scroll
    return min(max(0, wanted), max(0, detailLines - room))
  }

  /// Rows that are left for the details.
  func detailRoom(in area: Rectangle) -> Int {
    let (top, graph) = head(in: area)
    return max(0, area.height - top - (graph > 0 ? graph + 1 : 0))
  }
}

extension Canvas {
  /// Draws content into a pane that has the whole screen: figures and graph above, details that scroll below.
  mutating func zoomed(_ content: PaneContent, _ context: PaneContext, in area: Rectangle) {
    let rest = zoomedHead(content, context, in: area)
    let scroll = content.firstLine(context, room: rest.height)
    details(content.sections, in: rest, from: scroll)
    let position = position(content, scroll, room: rest.height)
    let edge = area.y + area.height
    let taken = position.isEmpty ? 0 : width(of: position) + 2
    if taken > 0, taken < area.width {
      write(" \(position) ", x: area.x + area.width - taken, y: edge, role: .dim)
    }
    guard content.graphs.contains(where: { !$0.isEmpty }) else { return }
    legend(of: context.marks, x: area.x, y: edge, end: area.x + area.width - taken)
  }

  /// Which lines of the details are seen, where that is not all of them.
  private func position(_ content: PaneContent, _ scroll: Int, room: Int) -> Printable {
    guard content.detailLines > room, room > 0 else { return "" }
    let last = min(content.detailLines, scroll + room)
    return "\(scroll + 1)-\(last) of \(content.detailLines)"
  }

  /// What the letters below the graph stand for, as many of them as there is room for.
  private mutating func legend(of marks: [Mark], x: Int, y: Int, end: Int) {
    var x = x + 1
    for kind in Mark.Kind.allCases where marks.contains(where: { $0.kind == kind }) {
      let taken = width(of: kind.words) + 4
      guard x + taken <= end else { return }
      write(" \(kind.letter) ", x: x, y: y, role: .key, emphasis: .bold)
      write("\(kind.words) ", x: x + 3, y: y, role: .dim)
      x += taken
    }
  }
}

extension Canvas {
  /// Draws what stays in place and answers what is left below it.
  private mutating func zoomedHead(
    _ content: PaneContent, _ context: PaneContext, in area: Rectangle
  ) -> Rectangle {
    let (top, graphRows) = content.head(in: area)
    var head = content
    head.table = nil
    head.graphs = []
    arranged(head, context, in: area.taking(top))
    let rest = area.dropping(top)
    guard graphRows > 0 else { return rest }
    for x in rest.x..<rest.x + rest.width {
      put("─", ascii: "-", x: x, y: rest.y + graphRows, role: .dim)
    }
    graphs(content.graphs, context, in: rest.taking(graphRows))
    // The time axis lies on the row below the graph: here it is a rule between graph and details.
    return rest.dropping(graphRows + 1)
  }

  /// Draws the lines of all sections, one behind the other, from one on.
  private mutating func details(
    _ sections: [PaneContent.Section], in area: Rectangle, from first: Int
  ) {
    var line = -first
    for section in sections {
      let end = line + section.height
      if end > 0, line < area.height { self.section(section, in: area, at: line) }
      line = end + 1
    }
  }

  private mutating func section(_ section: PaneContent.Section, in area: Rectangle, at line: Int) {
    let table = section.table
    let places = table.places(width: area.width)
    let above = section.hasHeadings ? 2 : 1
    let start = max(0, -line)
    for row in start..<max(start, min(section.height, area.height - line)) {
      let y = area.y + line + row
      if row == 0 {
        write(section.title, x: area.x, y: y, width: area.width, role: .title, emphasis: .bold)
      } else if row < above {
        tableHeadings(table, places, area: area, y: y)
      } else {
        tableRow(table.rows[row - above], table, places, area: area, y: y)
      }
    }
  }

  /// Reverses every place where a text stands on the screen, whatever its case.
  mutating func highlight(_ text: String, in area: Rectangle) {
    let wanted = text.lowercased().unicodeScalars.map(\.value)
    guard !wanted.isEmpty, wanted.count <= area.width else { return }
    for y in area.y..<area.y + area.height {
      var x = area.x
      while x + wanted.count <= area.x + area.width {
        if matches(wanted, x: x, y: y) {
          emphasize(.reversed, x: x, y: y, width: wanted.count)
          x += wanted.count
        } else {
          x += 1
        }
      }
    }
  }

  private func matches(_ wanted: [UInt32], x: Int, y: Int) -> Bool {
    for (offset, scalar) in wanted.enumerated() {
      let drawn = self[x + offset, y].glyph.scalar
      let lowered = drawn >= 65 && drawn <= 90 ? drawn + 32 : drawn
      guard lowered == scalar else { return false }
    }
    return true
  }
}
