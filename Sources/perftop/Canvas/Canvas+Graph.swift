import Monitors

/// A history as a picture.
struct Graph: Sendable, Equatable {
  /// What the numbers on the axis are.
  enum Unit: Sendable, Equatable { case bytes, bytesPerSecond, celsius, share, count, perSecond }

  var series: Series
  var unit: Unit
  var gradient: Role.Gradient
  var scale = GraphScale.Kind.fromZero(atLeast: 1)
  /// The value that has the last colour of the gradient; without one it is the upper edge.
  var full: Double?
  /// A word where more than one graph stands in a pane.
  var name: Printable = ""

  /// Whether there is anything to show.
  var isEmpty: Bool {
    series.total == 0 || !(0..<series.total).reversed().prefix(600).contains { series[$0] != nil }
  }

  /// Two samples share a braille cell; a sparkline and ASCII have one each.
  static func samplesPerCell(height: Int, glyphs: GlyphSet) -> Int {
    height > 1 && glyphs == .unicode ? 2 : 1
  }

  func window(width: Int, height: Int, glyphs: GlyphSet) -> GraphWindow {
    GraphWindow(
      total: series.total,
      samples: width * Graph.samplesPerCell(height: height, glyphs: glyphs))
  }

  /// Looks further back than the window, so that the scale does not shrink at every jump.
  func edges(_ window: GraphWindow) -> GraphScale {
    var lowest = Double.infinity
    var highest = -Double.infinity
    for place in max(0, window.start - window.step)..<max(0, min(window.end, series.total)) {
      guard let value = series[place] else { continue }
      lowest = min(lowest, value)
      highest = max(highest, value)
    }
    return lowest <= highest
      ? GraphScale(scale, lowest: lowest, highest: highest)
      : GraphScale(.fromZero(atLeast: 1), lowest: 0, highest: 1)
  }

  /// `500 MB` at the edge of the scale.
  func label(_ value: Double) -> Printable {
    switch unit {
    case .bytes: Printable(Graph.short(Units.scaled(value, unit: "B")))
    case .bytesPerSecond: Printable(Graph.short(Units.scaled(value, unit: "B")) + "/s")
    case .celsius: Printable(Units.fixed(value, digits: 0) + " °C")
    case .share: Printable(Units.fixed(value * 100, digits: 0) + " %")
    case .count: Printable(Units.fixed(value, digits: 0))
    case .perSecond: Printable(Graph.short(Units.scaled(value, unit: "")) + "/s")
    }
  }

  /// Without the zeros behind the point: `2 GB` for `2.00 GB`.
  private static func short(_ text: String) -> String {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard var number = parts.first, number.contains(".") else {
      return parts.joined(separator: " ")
    }
    while number.hasSuffix("0") { number = number.dropLast() }
    if number.hasSuffix(".") { number = number.dropLast() }
    return ([number] + parts.dropFirst()).joined(separator: " ")
  }
}

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
    let ascii: [Unicode.Scalar] = ["_", ".", ":", "-", "=", "+", "*", "#"]
    for column in 0..<area.width {
      guard let value = graph.series[window.start + column] else { continue }
      let level = min(7, Int(edges.share(value) * 7.999))
      put(
        Unicode.Scalar(UInt32(0x2581 + level)) ?? "█", ascii: ascii[level], x: area.x + column,
        y: area.y, role: .gradient(graph.gradient, Role.step(graph.heat(value, edges))))
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

extension Graph {
  /// How warm the colour of a value is, from 0 to 1.
  fileprivate func heat(_ value: Double, _ edges: GraphScale) -> Double {
    let full = full ?? edges.top
    return full > 0 ? value / full : 0
  }
}

/// The dots that a cell has: two by four in braille, one by two in ASCII.
private struct DotPen {
  let glyphs: GlyphSet
  let columns: Int
  let rows: Int
  let height: Int

  init(glyphs: GlyphSet, height: Int) {
    self.glyphs = glyphs
    self.height = height
    columns = glyphs == .unicode ? 2 : 1
    rows = glyphs == .unicode ? 4 : 2
  }

  /// The dot for a share of the height, 0 being the lowest.
  func dot(_ share: Double) -> Int { Int((share * Double(height * rows - 1)).rounded()) }

  /// Sets a dot, and those that join it to the one before: only in its own column, so that the past stays as it is.
  func draw(from previous: Int?, to dot: Int, half: Int, into masks: inout [UInt8]) {
    let other = previous ?? dot
    let low = other < dot ? other + 1 : dot
    let high = other > dot ? other - 1 : dot
    for dot in min(low, dot)...max(high, dot) {
      let fromTop = height * rows - 1 - dot
      guard fromTop >= 0, fromTop / rows < masks.count else { continue }
      masks[fromTop / rows] |= bit(row: fromTop % rows, half: half)
    }
  }

  func glyph(_ mask: UInt8) -> UInt32 {
    if glyphs == .unicode { return 0x2800 + UInt32(mask) }
    return mask == 1 ? 0x27 : mask == 2 ? 0x2E : 0x3A
  }

  private func bit(row: Int, half: Int) -> UInt8 {
    if glyphs == .ascii { return row == 0 ? 1 : 2 }
    if row == 3 { return half == 0 ? 0x40 : 0x80 }
    return UInt8(1) << UInt8(row + half * 3)
  }
}
