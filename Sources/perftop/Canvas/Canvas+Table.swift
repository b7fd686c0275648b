import Monitors

/// Rows under headings; columns that matter less go first when there is little room.
struct Table: Sendable, Equatable {
  struct Column: Sendable, Equatable {
    var title: Printable
    /// Cells it takes; the least of them for the one that takes what is left.
    var width: Int
    var isRight = false
    /// Whether it takes what the others leave.
    var isFlexible = false
    /// Columns of a higher number are dropped first; those of 0 never.
    var rank = 0

    init(
      _ title: Printable, _ width: Int, rank: Int = 0, right: Bool = false, flexible: Bool = false
    ) {
      self.title = title
      self.width = width
      self.rank = rank
      isRight = right
      isFlexible = flexible
    }
  }

  struct Row: Sendable, Equatable {
    var cells: [Label]
    var emphasis = Emphasis()

    init(_ cells: [Label], emphasis: Emphasis = []) {
      self.cells = cells
      self.emphasis = emphasis
    }
  }

  var columns: [Column]
  var rows: [Row]

  static let gap = 2

  /// Where each column stands in a given width; `nil` for one that was dropped.
  func places(width: Int) -> [(x: Int, width: Int)?] {
    var shown = columns.map { _ in true }
    var rank = columns.map(\.rank).max() ?? 0
    while rank > 0, needed(shown) > width {
      for index in columns.indices.reversed() where columns[index].rank == rank {
        if needed(shown) > width { shown[index] = false }
      }
      rank -= 1
    }
    let spare = max(0, width - needed(shown))
    var x = 0
    return columns.indices.map { index in
      guard shown[index] else { return nil }
      let taken = columns[index].width + (columns[index].isFlexible ? spare : 0)
      defer { x += taken + Table.gap }
      return (x, taken)
    }
  }

  private func needed(_ shown: [Bool]) -> Int {
    let widths = columns.indices.filter { shown[$0] }.map { columns[$0].width + Table.gap }
    return widths.reduce(-Table.gap, +)
  }
}

extension Canvas {
  /// Draws headings, where wanted, and as many rows as there is room for.
  mutating func table(_ table: Table, in area: Rectangle, headings: Bool, from first: Int = 0) {
    let places = table.places(width: area.width)
    var y = area.y
    let bottom = area.y + area.height
    if headings, y < bottom {
      tableHeadings(table, places, area: area, y: y)
      y += 1
    }
    for row in table.rows.dropFirst(max(0, first)) {
      guard y < bottom else { return }
      tableRow(row, table, places, area: area, y: y)
      y += 1
    }
  }

  mutating func tableHeadings(
    _ table: Table, _ places: [(x: Int, width: Int)?], area: Rectangle, y: Int
  ) {
    let labels = table.columns.map { Label($0.title, .dim) }
    tableRow(Table.Row(labels), table, places, area: area, y: y)
  }

  mutating func tableRow(
    _ row: Table.Row, _ table: Table, _ places: [(x: Int, width: Int)?], area: Rectangle, y: Int
  ) {
    let end = area.x + area.width
    for (index, label) in row.cells.enumerated() where index < places.count {
      guard let place = places[index], area.x + place.x < end else { continue }
      let x = area.x + place.x
      let width = min(place.width, end - x)
      if table.columns[index].isRight {
        writeRight(label, end: x + width, y: y, width: width)
      } else {
        write(label, x: x, y: y, width: width)
      }
    }
    if !row.emphasis.isEmpty { emphasize(row.emphasis, x: area.x, y: y, width: area.width) }
  }
}
