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

extension Graph {
  /// How warm the colour of a value is, from 0 to 1.
  func heat(_ value: Double, _ edges: GraphScale) -> Double {
    let full = full ?? edges.top
    return full > 0 ? value / full : 0
  }
}
