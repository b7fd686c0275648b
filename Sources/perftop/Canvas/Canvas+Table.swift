import Monitors

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
    for (index, label) in row.cells(in: places).enumerated() where index < places.count {
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
