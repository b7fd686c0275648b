import Monitors

/// How many rows each kind of content gets in a pane.
struct PaneRows: Sendable, Equatable {
  var lines = 0
  var figures = 0
  var meters = 0
  var table = 0
  var graph = 0
  /// Whether the table's columns are named: not where that would cost the last but one of its rows.
  var hasHeadings = false
  /// Rows of the table without its headings.
  var tableRows: Int { max(0, table - (hasHeadings ? 1 : 0)) }

  /// Shares out the rows below the headline: the graph is sure of its least, the rest goes by weight, and what is left is the graph's again.
  init(_ content: PaneContent, lines wanted: Int, width: Int, height: Int) {
    let hasGraph = content.graphs.contains { !$0.isEmpty }
    let sure = hasGraph ? min(PaneRows.sure(height), content.tallestGraph) : 0
    var left = max(0, height - sure)
    let columns = Canvas.figureColumns(width)
    let figureRows = (content.figures.count + columns - 1) / columns
    lines = min(wanted, max(content.figures.isEmpty ? left : 1, left / 3), left)
    left -= lines
    let spared = left >= 3 && !content.meters.isEmpty ? 1 : 0
    figures = min(figureRows, left - spared)
    left -= figures
    meters = min(content.meters.count, left)
    left -= meters
    if let table = content.table, !table.rows.isEmpty, left > 0 {
      hasHeadings = left > 2 || table.rows.count < left
      self.table = min(table.rows.count + (hasHeadings ? 1 : 0), left)
      left -= self.table
    }
    graph = hasGraph ? min(sure + left, max(content.tallestGraph, 1)) : 0
  }

  /// Rows that a graph has in any case, in a pane with so many below the headline.
  private static func sure(_ height: Int) -> Int {
    if height < 1 { return 0 }
    return height >= 14 ? height / 3 : height >= 9 ? 4 : height >= 6 ? 3 : 1
  }
}
