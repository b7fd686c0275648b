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

  /// What stands in one cell while the column of another has been dropped.
  struct Substitute: Sendable, Equatable {
    var dropped: Int
    var place: Int
    var label: Label

    init(for dropped: Int, in place: Int, _ label: Label) {
      self.dropped = dropped
      self.place = place
      self.label = label
    }
  }

  struct Row: Sendable, Equatable {
    var cells: [Label]
    var emphasis = Emphasis()
    var substitute: Substitute?

    init(_ cells: [Label], emphasis: Emphasis = [], substitute: Substitute? = nil) {
      self.cells = cells
      self.emphasis = emphasis
      self.substitute = substitute
    }

    /// Its cells where only some columns have a place.
    func cells(in places: [(x: Int, width: Int)?]) -> [Label] {
      guard let substitute, places.indices.contains(substitute.dropped),
        places[substitute.dropped] == nil, cells.indices.contains(substitute.place)
      else { return cells }
      var cells = cells
      cells[substitute.place] = substitute.label
      return cells
    }
  }

  var columns: [Column]
  var rows: [Row]

  /// Cells between two columns.
  var gap = 2

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
      defer { x += taken + gap }
      return (x, taken)
    }
  }

  private func needed(_ shown: [Bool]) -> Int {
    let widths = columns.indices.filter { shown[$0] }.map { columns[$0].width + gap }
    return widths.reduce(-gap, +)
  }
}
