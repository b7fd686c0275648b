import Monitors

/// Help broken into lines, in one column or in two.
struct HelpLayout {
  /// A line: perhaps a key, and what stands behind it.
  struct Line: Equatable {
    var key = Label("")
    var labels: [Label] = []
    /// Whether it begins behind the column of the keys.
    var isIndented = true

    var text: String {
      ([key] + labels).map(\.text.text).filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  /// Cells between two columns.
  static let gap = 2
  private static let widestKeys = 18
  private static let leastForTwo = 98

  private(set) var columns: [[Line]] = []
  /// Cells that a column takes.
  let field: Int
  /// Cells that its keys take.
  let keyWidth: Int
  private let measure: Canvas

  init(_ rows: [HelpRow], width: Int, glyphs: GlyphSet) {
    let count = width >= HelpLayout.leastForTwo ? 2 : 1
    field = max(1, (width - (count - 1) * HelpLayout.gap) / count)
    let canvas = Canvas(size: Size(width: 0, height: 0), glyphs: glyphs)
    let widest = rows.map { canvas.width(of: $0.key) }.max() ?? 0
    keyWidth = min(widest, HelpLayout.widestKeys, field / 3)
    measure = canvas
    let groups = HelpLayout.groups(rows).map { group in group.flatMap { lines($0) } }
    columns = HelpLayout.arranged(groups, count)
  }

  /// Lines of the longest column.
  var height: Int { columns.map(\.count).max() ?? 0 }

  /// A heading begins a group.
  private static func groups(_ rows: [HelpRow]) -> [[HelpRow]] {
    var groups: [[HelpRow]] = []
    for row in rows {
      if row.kind == .heading || groups.isEmpty { groups.append([]) }
      groups[groups.count - 1].append(row)
    }
    return groups
  }

  /// Groups stay whole; of all places to begin the second column that one which leaves the longer one shortest.
  private static func arranged(_ groups: [[Line]], _ count: Int) -> [[Line]] {
    let blank = Line()
    func joined(_ part: some Collection<[Line]>) -> [Line] {
      Array(part.joined(separator: [blank]))
    }
    guard count > 1, groups.count > 1 else {
      let all = joined(groups)
      guard count > 1 else { return [all] }
      let half = (all.count + 1) / 2
      return [Array(all.prefix(half)), Array(all.dropFirst(half))]
    }
    let splits = (1..<groups.count).reversed().map {
      [joined(groups[..<$0]), joined(groups[$0...])]
    }
    return splits.min { longest($0) < longest($1) } ?? []
  }

  private static func longest(_ columns: [[Line]]) -> Int { columns.map(\.count).max() ?? 0 }

  private func lines(_ row: HelpRow) -> [Line] {
    switch row.kind {
    case .heading: heading(row)
    case .note:
      wrapped(Label(row.summary), field).map { Line(labels: [$0], isIndented: false) }
    case .key: key(row)
    }
  }

  private func heading(_ row: HelpRow) -> [Line] {
    let title = Label(row.summary, .title, .bold)
    guard let reason = row.reason else { return [Line(labels: [title], isIndented: false)] }
    let rest = Label("(\(reason))", .dim)
    if measure.width(of: title.text) + 1 + measure.width(of: rest.text) <= field {
      return [Line(labels: [title, rest], isIndented: false)]
    }
    return [Line(labels: [title], isIndented: false)]
      + wrapped(rest, field).map { Line(labels: [$0], isIndented: false) }
  }

  /// The reason stands behind the summary where there is room, else below it.
  private func key(_ row: HelpRow) -> [Line] {
    let room = max(1, field - keyWidth - 1)
    let summary = wrapped(Label(row.summary, row.reason == nil ? .text : .dim), room)
    var lines = summary.map { Line(labels: [$0]) }
    if let reason = row.reason, !reason.isEmpty, let last = summary.last {
      let rest = Label("(\(reason))", .dim)
      if measure.width(of: last.text) + 1 + measure.width(of: rest.text) <= room {
        lines[lines.count - 1].labels.append(rest)
      } else {
        lines += wrapped(rest, room).map { Line(labels: [$0]) }
      }
    }
    lines[0].key = Label(fitted(row.key), .key, .bold)
    return lines
  }

  private func wrapped(_ label: Label, _ width: Int) -> [Label] {
    let most = 6
    return measure.wrapped(label, width: width, lines: most)
  }

  /// As many of the keys as fit whole, the first in any case.
  private func fitted(_ keys: Printable) -> Printable {
    guard measure.width(of: keys) > keyWidth else { return keys }
    var shown = ""
    for name in keys.text.split(separator: " ") {
      let longer = shown.isEmpty ? String(name) : "\(shown) \(name)"
      guard shown.isEmpty || measure.width(of: Printable(longer)) <= keyWidth else { break }
      shown = longer
    }
    return Printable(shown)
  }
}
