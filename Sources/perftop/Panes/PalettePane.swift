import Monitors

/// The palette: a field to type in, and below it what that may stand for.
struct PalettePane: Sendable {
  /// One thing that can be chosen.
  struct Row: Sendable, Equatable {
    var name: Printable
    /// What it does, or why it can't.
    var words: Printable
    var keys: Printable
    var isAble: Bool
    /// Places in the name where what was typed stands.
    var matched: [Int]
  }

  let text: Printable
  let rows: [Row]
  let selected: Int

  private static let widest = 100
  private static let tallest = 20
  private static let names = 14

  /// Where it stands on the part of the screen that is not strip or footer.
  static func place(in body: Rectangle) -> Rectangle {
    let width = min(body.width, widest)
    let height = min(body.height, tallest)
    return Rectangle(
      x: body.x + (body.width - width) / 2, y: body.y, width: width, height: height)
  }

  /// Rows from the first that is shown, in a field of this height.
  private func first(room: Int) -> Int {
    min(max(0, selected - room + 1), max(0, rows.count - room))
  }

  func draw(into canvas: inout Canvas) {
    let area = inner(canvas.size)
    if area.width < canvas.size.width {
      let whole = Rectangle(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height)
      canvas.box(whole, role: .border(.focus))
      canvas.titles(
        [Label("Do", .title, .bold)], right: [Label("enter does it, esc closes", .dim)], x: 0,
        y: 0, width: whole.width)
      let count = rows.isEmpty ? "none" : "\(min(selected, rows.count - 1) + 1) of \(rows.count)"
      canvas.titles(
        [], right: [Label(Printable(count), .dim)], x: 0, y: whole.height - 1, width: whole.width)
    }
    drawField(in: area, into: &canvas)
    let list = area.dropping(1)
    guard !rows.isEmpty else {
      canvas.write(
        "no action has that name", x: list.x, y: list.y, width: list.height > 0 ? list.width : 0,
        role: .dim)
      return
    }
    let first = first(room: list.height)
    for (y, index) in (first..<min(rows.count, first + list.height)).enumerated() {
      draw(rows[index], isSelected: index == selected, in: list, y: list.y + y, into: &canvas)
    }
  }

  /// The row at a place; `nil` where none stands.
  func row(x: Int, y: Int, in size: Size) -> Int? {
    let list = inner(size).dropping(1)
    let index = first(room: list.height) + y - list.y
    return list.contains(x, y) && rows.indices.contains(index) ? index : nil
  }

  /// Without a frame where that would leave no room for the list.
  private func inner(_ size: Size) -> Rectangle {
    let whole = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    return size.height >= Scene.smallest.height && size.width >= Scene.smallest.width
      ? whole.inside : whole
  }

  private func drawField(in area: Rectangle, into canvas: inout Canvas) {
    guard area.height > 0, area.width > 2 else { return }
    canvas.write(":", x: area.x, y: area.y, role: .key, emphasis: .bold)
    // On a single line what would be done is named behind what was typed.
    let hint = area.height == 1 && rows.indices.contains(selected) ? rows[selected].name : ""
    let taken = hint.isEmpty ? 0 : canvas.width(of: hint) + 2
    let least = min(8, canvas.width(of: text))
    let room = area.width - 2 - (area.width - 2 - taken >= least ? taken : 0)
    let end = canvas.write(text, x: area.x + 1, y: area.y, width: room, keepsEnd: true)
    canvas.write(" ", x: end, y: area.y, emphasis: .reversed)
    if room < area.width - 2 {
      canvas.write(hint, x: end + 2, y: area.y, role: .dim)
    }
  }

  /// Cells for the names, so that what stands behind them stands in a column.
  private func names(in width: Int) -> Int {
    let widest = rows.map(\.name.text.utf8.count).max() ?? 0
    return min(max(PalettePane.names, widest), width / 2) + 1
  }

  private func draw(
    _ row: Row, isSelected: Bool, in area: Rectangle, y: Int, into canvas: inout Canvas
  ) {
    let role: Role = isSelected ? .selected : row.isAble ? .text : .dim
    let end = area.x + area.width
    let nameEnd = canvas.write(row.name, x: area.x, y: y, width: area.width, role: role)
    for place in row.matched where area.x + place < nameEnd {
      canvas.emphasize([.bold, .underlined], x: area.x + place, y: y, width: 1)
    }
    let start = max(nameEnd + 1, area.x + names(in: area.width))
    let keys = canvas.width(of: row.keys)
    let hasKeys = keys > 0 && nameEnd + 1 + keys <= end
    let room = end - start - (hasKeys ? keys + 2 : 0)
    let least = 12
    if room >= least {
      canvas.write(row.words, x: start, y: y, width: room, role: isSelected ? .selected : .dim)
    }
    if hasKeys {
      canvas.writeRight(Label(row.keys, isSelected ? .selected : .key), end: end, y: y, width: keys)
    }
    if isSelected { canvas.emphasize(.reversed, x: area.x, y: y, width: area.width) }
  }
}
