import Monitors

extension Canvas {
  /// Draws a history into a rectangle: a line of braille dots, or a sparkline where there is one row.
  mutating func graph(_ graph: Graph, in area: Rectangle) {
    guard area.width > 0, area.height > 0 else { return }
    let window = graph.window(width: area.width, height: area.height, glyphs: glyphs)
    let edges = graph.edges(window)
    if area.height == 1 {
      sparkline(graph, window, edges, in: area)
    } else {
      line(graph, window, edges, in: area)
    }
  }

  private mutating func sparkline(
    _ graph: Graph, _ window: GraphWindow, _ edges: GraphScale, in area: Rectangle
  ) {
    for column in 0..<area.width {
      guard let value = graph.series[window.start + column] else { continue }
      let glyph = Blocks.glyph(edges.share(value))
      put(
        glyph.unicode, ascii: glyph.ascii, x: area.x + column, y: area.y,
        role: .gradient(graph.gradient, Role.step(graph.heat(value, edges))))
    }
  }

  private mutating func line(
    _ graph: Graph, _ window: GraphWindow, _ edges: GraphScale, in area: Rectangle
  ) {
    let pen = DotPen(glyphs: glyphs, height: area.height)
    let roles = (0..<area.height).map { row in
      let share = (Double(area.height - row) - 0.5) / Double(area.height)
      let value = edges.bottom + share * (edges.top - edges.bottom)
      return Role.gradient(graph.gradient, Role.step(graph.heat(value, edges)))
    }
    var masks = [UInt8](repeating: 0, count: area.height)
    var previous = graph.series[window.start - 1].map { pen.dot(edges.share($0)) }
    for column in 0..<area.width {
      for row in 0..<area.height { masks[row] = 0 }
      for half in 0..<pen.columns {
        let value = graph.series[window.start + column * pen.columns + half]
        let dot = value.map { pen.dot(edges.share($0)) }
        if let dot { pen.draw(from: previous, to: dot, half: half, into: &masks) }
        previous = dot
      }
      for row in 0..<area.height where masks[row] != 0 {
        let glyph = Glyph(scalar: pen.glyph(masks[row]))
        self[area.x + column, area.y + row] = Cell(glyph: glyph, role: roles[row])
      }
    }
  }
}
