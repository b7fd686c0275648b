import Monitors

/// One line of help.
struct HelpRow: Sendable, Equatable {
  var key: Printable
  var summary: Printable
  /// Why it can't do anything now; `nil` when it can.
  var reason: Printable?

  init(_ key: Printable, _ summary: Printable, reason: Printable? = nil) {
    self.key = key
    self.summary = summary
    self.reason = reason
  }
}

/// Help: every key, what it does, and why it may do nothing now.
struct HelpPane: Sendable {
  let rows: [HelpRow]
  let scroll: Int

  /// Lines that the rows take in a given width.
  static func lines(_ count: Int, width: Int) -> Int {
    let columns = columns(width)
    return (count + columns - 1) / columns
  }

  /// The lines as text, for who searches in them.
  static func texts(_ rows: [HelpRow], width: Int) -> [String] {
    let count = lines(rows.count, width: width)
    return (0..<count).map { line in
      stride(from: line, to: rows.count, by: max(1, count)).map { index in
        "\(rows[index].key) \(rows[index].summary) \(rows[index].reason ?? "")"
      }.joined(separator: " ")
    }
  }

  func draw(into canvas: inout Canvas) {
    let size = canvas.size
    canvas.box(
      Rectangle(x: 0, y: 0, width: size.width, height: size.height), role: .border(.focus))
    canvas.titles(
      [Label("Help", .title, .bold)], right: [Label("? or Esc closes", .dim)], x: 0, y: 0,
      width: size.width)
    let height = size.height - 2
    guard height > 0, size.width > 4 else { return }
    let lines = HelpPane.lines(rows.count, width: size.width)
    let first = min(max(0, scroll), max(0, lines - height))
    let columns = HelpPane.columns(size.width)
    let field = (size.width - 2 - (columns - 1) * 2) / columns
    for index in rows.indices {
      let y = index % max(1, lines) - first
      guard y >= 0, y < height else { continue }
      row(rows[index], x: 1 + index / max(1, lines) * (field + 2), y: y + 1, width: field, &canvas)
    }
    guard lines > height else { return }
    let position = Label("\(first + 1)-\(first + height) of \(lines)", .dim)
    canvas.titles([], right: [position], x: 0, y: size.height - 1, width: size.width)
  }

  private static let keyWidth = 11

  private static func columns(_ width: Int) -> Int { width >= 100 ? 2 : 1 }

  private func row(_ row: HelpRow, x: Int, y: Int, width: Int, _ canvas: inout Canvas) {
    let keys = min(HelpPane.keyWidth, width / 3)
    canvas.write(row.key, x: x, y: y, width: keys, role: .key, emphasis: .bold)
    let start = x + keys + 1
    let role: Role = row.reason == nil ? .text : .dim
    let end = canvas.write(
      row.summary, x: start, y: y, width: x + width - start, role: role)
    if let reason = row.reason {
      canvas.write("(\(reason))", x: end + 1, y: y, width: x + width - end - 1, role: .dim)
    }
  }
}
