import Monitors

/// One entry of help.
struct HelpRow: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// A key, what it does, and why it may do nothing now.
    case key
    /// What the keys below have in common, and why all of them may do nothing now.
    case heading
    /// A sentence.
    case note
  }

  var kind = Kind.key
  var key: Printable
  var summary: Printable
  /// Why it can't do anything now; `nil` when it can.
  var reason: Printable?

  init(_ key: Printable, _ summary: Printable, reason: Printable? = nil) {
    self.key = key
    self.summary = summary
    self.reason = reason
  }

  static func heading(_ title: Printable, reason: Printable? = nil) -> HelpRow {
    var row = HelpRow("", title, reason: reason)
    row.kind = .heading
    return row
  }

  static func note(_ sentence: Printable) -> HelpRow {
    var row = HelpRow("", sentence)
    row.kind = .note
    return row
  }
}

/// Help: every key, what it does, and why it may do nothing now.
struct HelpPane: Sendable {
  let rows: [HelpRow]
  let scroll: Int
  /// The keys that close it.
  var closing: Printable = "? or esc"

  /// The lines as text, for who searches in them.
  static func texts(_ rows: [HelpRow], width: Int, glyphs: GlyphSet) -> [String] {
    let layout = HelpLayout(rows, width: width - 2, glyphs: glyphs)
    return (0..<layout.height).map { line in
      layout.columns.map { $0.indices.contains(line) ? $0[line].text : "" }.joined(separator: "  ")
    }
  }

  func draw(into canvas: inout Canvas) {
    let size = canvas.size
    canvas.box(
      Rectangle(x: 0, y: 0, width: size.width, height: size.height), role: .border(.focus))
    canvas.titles(
      [Label("Help", .title, .bold)], right: [Label("\(closing) closes", .dim)], x: 0, y: 0,
      width: size.width)
    let area = Rectangle(x: 0, y: 0, width: size.width, height: size.height).inside
    guard area.height > 0, area.width > 2 else { return }
    let height = lines(into: &canvas, in: area)
    guard height > area.height else { return }
    let first = HelpPane.first(scroll, height: height, room: area.height)
    let position = Label("\(first + 1)-\(first + area.height) of \(height)", .dim)
    canvas.titles([], right: [position], x: 0, y: size.height - 1, width: size.width)
  }

  private static func first(_ scroll: Int, height: Int, room: Int) -> Int {
    min(max(0, scroll), max(0, height - room))
  }

  /// The lines alone, for where there is no room for a frame; answers how many there are.
  @discardableResult
  func lines(into canvas: inout Canvas, in area: Rectangle) -> Int {
    let layout = HelpLayout(rows, width: area.width, glyphs: canvas.glyphs)
    let first = HelpPane.first(scroll, height: layout.height, room: area.height)
    for (index, column) in layout.columns.enumerated() {
      let x = area.x + index * (layout.field + HelpLayout.gap)
      for (y, line) in column.dropFirst(first).prefix(area.height).enumerated() {
        draw(line, x: x, y: area.y + y, layout, into: &canvas)
      }
    }
    return layout.height
  }

  private func draw(
    _ line: HelpLayout.Line, x: Int, y: Int, _ layout: HelpLayout, into canvas: inout Canvas
  ) {
    canvas.write(line.key, x: x, y: y, width: layout.keyWidth)
    var column = x + (line.isIndented ? layout.keyWidth + 1 : 0)
    for label in line.labels {
      column = canvas.write(label, x: column, y: y, width: x + layout.field - column) + 1
    }
  }
}
