import Monitors

/// Where everything stands on a screen of a given size.
struct Layout: Sendable, Equatable {
  /// A pane's place.
  struct Place: Sendable, Equatable {
    var word: Word
    var rectangle: Rectangle
  }

  /// The least that shows panes at all; below it there are only lines.
  static let smallest = Scene.smallest

  private(set) var strip: Rectangle?
  private(set) var footer: Rectangle?
  /// What lies between strip and footer.
  private(set) var body: Rectangle
  /// The panes that are shown; empty where there is only room for lines.
  private(set) var panes: [Place] = []

  /// Finds places for all six, or for as many as fit, the focused one among them.
  init(size: Size, focus: Word, isZoomed: Bool) {
    let size = size.clamped
    body = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    guard size.width >= Layout.smallest.width, size.height >= Layout.smallest.height else { return }
    let stripHeight = size.height < 8 ? 0 : size.height < 22 || size.width < 60 ? 1 : 2
    let footerHeight = size.height < 7 ? 0 : size.height < 22 ? 1 : 2
    body.y = stripHeight
    body.height -= stripHeight + footerHeight
    if stripHeight > 0 {
      strip = Rectangle(x: 0, y: 0, width: size.width, height: stripHeight)
    }
    if footerHeight > 0 {
      footer = Rectangle(
        x: 0, y: size.height - footerHeight, width: size.width, height: footerHeight)
    }
    panes = isZoomed ? [Place(word: focus, rectangle: body)] : Layout.grid(body, focus: focus)
  }

  /// The pane at a place on the screen.
  func word(x: Int, y: Int) -> Word? {
    panes.first { $0.rectangle.contains(x, y) }?.word
  }

  private static let leastWidth = 38
  private static let leastHeight = 6

  private static func grid(_ body: Rectangle, focus: Word) -> [Place] {
    let total = Word.allCases.count
    let columns = columns(body)
    let rows = min((total + columns - 1) / columns, max(1, body.height / leastHeight))
    let shown = min(total, columns * rows)
    let page = (focus.place - 1) / shown * shown
    let first = min(page, total - shown)
    return (0..<shown).map { index in
      let (row, column) = (index / columns, index % columns)
      let (y, height) = slice(body.height, into: rows, at: row)
      let x = body.width * column / columns
      let width = body.width * (column + 1) / columns - x
      return Place(
        word: Word.allCases[first + index],
        rectangle: Rectangle(x: body.x + x, y: body.y + y, width: width, height: height))
    }
  }

  private static func columns(_ body: Rectangle) -> Int {
    if body.width >= 180, body.height < 80 { return 3 }
    return body.width >= 2 * leastWidth ? 2 : 1
  }

  /// Rows share the height; where there is plenty the first one, Memory's and Storage's, gets more.
  private static func slice(_ height: Int, into rows: Int, at row: Int) -> (Int, Int) {
    let isGenerous = rows == 3 && height / rows >= 10
    let weights = (0..<rows).map { $0 == 0 && isGenerous ? 6 : 5 }
    let sum = weights.reduce(0, +)
    let edges = (0...rows).map { edge in
      (height * weights.prefix(edge).reduce(0, +) + sum - 1) / sum
    }
    return (edges[row], edges[row + 1] - edges[row])
  }
}
