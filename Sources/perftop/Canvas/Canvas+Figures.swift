import Monitors

/// A number with its name.
struct Figure: Sendable, Equatable {
  var name: Printable
  var value: Label

  init(_ name: Printable, _ value: Printable, _ role: Role = .text) {
    self.name = name
    self.value = Label(value, role)
  }

  /// A measured value; where it is missing, the reason stands in its place.
  init<Value>(
    _ name: Printable, _ measured: Measured<Value>, role: Role = .text,
    _ text: (Value) -> Printable
  ) {
    self.name = name
    switch measured {
    case .fresh(let value): self.value = Label(text(value), role)
    case .stale(let value, _): self.value = Label("\(text(value)) ?", .severity(.stale))
    case .missing(let absence): self.value = Label(absence.brief, .dim)
    }
  }
}

extension Absence {
  /// What stands for a reason that has no room; half a reason says no more than this.
  static let withoutRoom: Printable = "n/a"

  /// The reason in one or two words, or none of it: for where a number belongs.
  var short: Printable { if case .because = self { Absence.withoutRoom } else { brief } }

  /// The reason in at most two words, for where a sentence has no room.
  var brief: Printable {
    switch self {
    case .notPermitted: "no permission"
    case .notSupported: "no source"
    case .gone: "gone"
    case .timedOut, .silent: "no answer"
    case .malformed: "unreadable"
    case .notYet: "not yet"
    case .because(let reason): reason
    }
  }
}

extension Canvas {
  private static let figureWidth = 18
  private static let figureGap = 2

  /// How many figures stand side by side in a width.
  static func figureColumns(_ width: Int) -> Int {
    max(1, (width + figureGap) / (figureWidth + figureGap))
  }

  /// Figures in a grid, each in a field of its own: names from the left, values to the right, so that a digit that did not change stays where it was.
  mutating func figures(_ figures: [Figure], in area: Rectangle) {
    let columns = Canvas.figureColumns(area.width)
    let field = (area.width - (columns - 1) * Canvas.figureGap) / columns
    for (index, figure) in figures.prefix(columns * area.height).enumerated() {
      let x = area.x + index % columns * (field + Canvas.figureGap)
      let y = area.y + index / columns
      let name = write(figure.name, x: x, y: y, width: field, role: .dim)
      let room = x + field - name - 1
      guard room > 0 else { continue }
      let fits = width(of: figure.value.text) <= room
      if fits || figure.value.role == .dim {
        let value = fits ? figure.value : Label(Absence.withoutRoom, .dim)
        writeRight(value, end: x + field, y: y, width: room)
      } else {
        for column in x..<x + field { self[column, y] = .blank }
        writeRight(figure.value, end: x + field, y: y, width: field)
      }
    }
  }
}
