import Monitors

extension Canvas {
  /// A frame, with rounded corners where glyphs allow; nothing where there is no room for one.
  mutating func box(_ rectangle: Rectangle, role: Role) {
    guard rectangle.width >= 2, rectangle.height >= 2 else { return }
    let right = rectangle.x + rectangle.width - 1
    let bottom = rectangle.y + rectangle.height - 1
    for x in rectangle.x...right {
      put("─", ascii: "-", x: x, y: rectangle.y, role: role)
      put("─", ascii: "-", x: x, y: bottom, role: role)
    }
    for y in rectangle.y...bottom {
      put("│", ascii: "|", x: rectangle.x, y: y, role: role)
      put("│", ascii: "|", x: right, y: y, role: role)
    }
    put("╭", ascii: "+", x: rectangle.x, y: rectangle.y, role: role)
    put("╮", ascii: "+", x: right, y: rectangle.y, role: role)
    put("╰", ascii: "+", x: rectangle.x, y: bottom, role: role)
    put("╯", ascii: "+", x: right, y: bottom, role: role)
  }

  /// Titles on a frame's edge: one from the left, one from the right, which goes first when both do not fit.
  mutating func titles(_ left: [Label], right: [Label], x: Int, y: Int, width: Int) {
    let rightWidth = right.reduce(0) { $0 + self.width(of: $1.text) + 1 } + 1
    let leftWidth = left.reduce(0) { $0 + self.width(of: $1.text) + 1 } + 1
    var room = width - 4
    if !right.isEmpty, rightWidth <= room {
      write(right, onEdgeAt: x + width - 2 - rightWidth, y: y, room: rightWidth)
      room -= rightWidth
    }
    write(left, onEdgeAt: x + 2, y: y, room: min(room, leftWidth))
  }

  private mutating func write(_ labels: [Label], onEdgeAt x: Int, y: Int, room: Int) {
    guard room > 2, !labels.isEmpty else { return }
    var column = x
    for label in labels {
      let left = x + room - 1 - column
      guard left > 1 else { break }
      write(" ", x: column, y: y)
      column = write(label, x: column + 1, y: y, width: left - 1)
    }
    write(" ", x: column, y: y)
  }
}
