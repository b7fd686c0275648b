import Monitors

/// What a pane has to show, in order of weight; how much of it is drawn depends on the room.
struct PaneContent: Sendable, Equatable {
  /// A share of a whole.
  struct Meter: Sendable, Equatable {
    var name: Printable
    var share: Measured<Double>
    var value: Printable
    /// What is said besides, where there is room.
    var detail: Printable = ""
    var gradient: Role.Gradient
  }

  /// A part of the zoomed pane's details.
  struct Section: Sendable, Equatable {
    var title: Printable
    var table: Table

    /// Whether its columns have names.
    var hasHeadings: Bool { table.columns.contains { !$0.title.isEmpty } }
    /// Lines it takes: its title, its headings and its rows.
    var height: Int { table.rows.count + (hasHeadings ? 2 : 1) }
  }

  /// One sentence.
  var headline: Label
  /// Numbers, those that matter most first.
  var figures: [Figure] = []
  /// Lines that must be read: causes, advice, why something is missing.
  var lines: [Label] = []
  var meters: [Meter] = []
  var table: Table?
  /// The row that must be on the screen whatever the room.
  var tableAnchor: Int?
  var graphs: [Graph] = []
  /// Rows beyond which a graph says nothing more.
  var tallestGraph = Int.max
  /// Everything else, for the zoomed pane.
  var sections: [Section] = []
  /// The line of the details that must be on the screen as long as nobody has scrolled.
  var anchor: Int?

  /// The row that stands at the top where so many are shown: as few as can be are left out above.
  func firstRow(room: Int) -> Int {
    let count = table?.rows.count ?? 0
    return min(max(0, (tableAnchor ?? 0) - room + 1), max(0, count - room))
  }

  /// Lines of the details: all sections, and a blank line between two.
  var detailLines: Int { sections.reduce(0) { $0 + $1.height + 1 } - (sections.isEmpty ? 0 : 1) }
}

extension PaneContent {
  /// The lines of the details as text, for who searches in them.
  var detailTexts: [String] {
    var lines: [String] = []
    for section in sections {
      if !lines.isEmpty { lines.append("") }
      lines.append(section.title.text)
      if section.hasHeadings { lines.append("") }
      for row in section.table.rows {
        lines.append(row.cells.map(\.text.text).joined(separator: " "))
      }
    }
    return lines
  }
}

extension PaneContent.Section {
  /// Sentences that have no columns.
  init(_ title: Printable, lines: [Label]) {
    self.title = title
    table = Table(
      columns: [.init("", 10, flexible: true)], rows: lines.map { Table.Row([$0]) })
  }

  /// What could not be read and why; `nil` where all could.
  init?(missing: [(name: Printable, absence: Absence?)]) {
    let rows = missing.compactMap { name, absence in
      absence.map { Table.Row([Label(name), Label($0.sentence, .dim)]) }
    }
    guard !rows.isEmpty else { return nil }
    title = "Not available"
    table = Table(
      columns: [.init("what", 16), .init("why", 20, flexible: true)], rows: rows)
  }

  /// What happened lately, newest first.
  init?(marks: [Mark], now: Moment) {
    guard !marks.isEmpty else { return nil }
    let rows = marks.reversed().prefix(50).map { mark in
      Table.Row([
        Label(mark.kind.letter, .key), Label(.age(seconds: now.seconds(since: mark.at)), .dim),
        Label(mark.label),
      ])
    }
    title = "Events on the time axis"
    table = Table(
      columns: [
        .init("", 1), .init("ago", 10, right: true), .init("what", 20, flexible: true),
      ], rows: Array(rows))
  }
}
