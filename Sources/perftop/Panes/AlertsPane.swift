import Monitors

/// Alerts: what is wrong now, who has accepted it, and what can be done.
struct AlertsPane: Pane {
  static let word = Word.alerts
  let reading: AlertsReading
  let context: PaneContext

  var severity: Severity { reading.severity }

  var brief: [Printable] {
    guard let worst = reading.active.first else { return ["none active"] }
    let pending = reading.active.count { $0.state == .pending }
    let active = reading.active.count - pending
    let counts = [(active, "active"), (pending, "pending")].filter { $0.0 > 0 }
    let words = counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return [Printable(words), message(worst)]
  }

  var content: PaneContent {
    PaneContent(
      headline: .headline(reading.headline, severity), lines: context.isZoomed ? lines : [],
      table: table(rows), tableAnchor: selectedRow, graphs: [graph],
      tallestGraph: 2, sections: context.isZoomed ? sections : [],
      anchor: selectedRow.map { $0 + 2 })
  }

  /// The simulated heat of the demo must not wake anybody.
  private func message(_ alert: Alert) -> Printable {
    context.isSimulated && alert.category == .thermal
      ? "\(alert.message) (simulated)" : alert.message
  }

  /// What is over stands behind what is not, and fills the room that is left.
  private var rows: [Alert] { reading.active + reading.resolved.prefix(AlertsPane.overShown) }

  private static let overShown = 24

  /// One that is over must not draw the view away from those that are not.
  private var selectedRow: Int? {
    reading.active.firstIndex { $0.id == context.selectedAlert }
  }

  /// The selected one in full, where it can't scroll away.
  private var lines: [Label] {
    guard let alert = reading.active.first(where: { $0.id == context.selectedAlert }) else {
      return []
    }
    let first = alert.actions.first.map { [Label("to do: \($0)")] } ?? []
    return [Label(message(alert), alert.severity.role)] + first
  }

  /// The id of the alert that stands in a row of the pane; `nil` where none does.
  func alert(at y: Int, in size: Size, glyphs: GlyphSet) -> String? {
    let content = content
    let inner = Rectangle(x: 0, y: 0, width: size.width, height: size.height).inside
    guard y > 0, y <= inner.height else { return nil }
    if context.isZoomed {
      let room = content.detailRoom(in: inner)
      let line = y - 1 - (inner.height - room) + content.firstLine(context, room: room)
      guard y > inner.height - room, reading.active.indices.contains(line - 2) else { return nil }
      return reading.active[line - 2].id
    }
    let canvas = Canvas(size: Size(width: 0, height: 0), glyphs: glyphs)
    let (sentences, places) = canvas.sentences(content, in: inner)
    let top = 1 + sentences.count + (places.hasHeadings ? 1 : 0)
    let row = y - top + content.firstRow(room: places.tableRows)
    guard y >= top, y < top + places.tableRows, rows.indices.contains(row) else { return nil }
    return rows[row].id
  }

  private func table(_ alerts: [Alert]) -> Table? {
    guard !alerts.isEmpty else { return nil }
    return Table(
      columns: [
        .init("", 1), .init("severity", 11), .init("state", stateWidth, rank: 2),
        .init("age", 6, rank: 1, right: true), .init("message", 24, flexible: true),
        .init("accepted by", 16, rank: 3),
      ],
      rows: alerts.map(row), gap: 1)
  }

  /// `clearing, 40 s` needs more than a word.
  private var stateWidth: Int {
    context.isZoomed && reading.active.contains { $0.clearsIn != nil } ? 16 : 8
  }

  private func row(_ alert: Alert) -> Table.Row {
    let isSelected = alert.id == context.selectedAlert
    let isOver = alert.state == .resolved
    let role: Role = isSelected ? .selected : isOver ? .dim : .text
    let age = Printable.roughAge(seconds: context.now.seconds(since: alert.began))
    return Table.Row(
      [
        Label(isSelected ? "▶" : "", role),
        Label(
          "\(alert.severity.label) \(alert.severity.glyph)", isOver ? .dim : alert.severity.role),
        Label(word(alert), role),
        Label(age, role),
        Label(message(alert), role),
        Label(alert.acknowledgedBy ?? "", role),
      ], emphasis: isSelected ? .reversed : [], substitute: quiet(alert))
  }

  /// Without a column for its state, what asks for nobody's attention must not look like what does.
  private func quiet(_ alert: Alert) -> Table.Substitute? {
    switch alert.state {
    case .firing, .acknowledged: nil
    case .pending, .shelved, .resolved:
      Table.Substitute(
        for: 2, in: 1, Label("\(word(alert)) \(alert.severity.glyph)", .dim))
    }
  }

  private func word(_ alert: Alert) -> Printable {
    switch alert.state {
    case .resolved: "over"
    case .firing, .acknowledged:
      if let seconds = alert.clearsIn {
        context.isZoomed ? "clearing, \(AlertsPane.rest(seconds))" : "clearing"
      } else {
        alert.state == .firing ? "firing" : "accepted"
      }
    case .pending, .shelved: alert.stateWord
    }
  }

  private static func rest(_ seconds: Double) -> Printable { .age(seconds: max(5, seconds)) }

  private var graph: Graph {
    Graph(
      series: reading.history, unit: .count, gradient: .process, scale: .fromZero(atLeast: 2))
  }

  private var selected: Alert? {
    let all = reading.active + reading.resolved
    return all.first { $0.id == context.selectedAlert } ?? all.first
  }

  private var sections: [PaneContent.Section] {
    var sections: [PaneContent.Section] = []
    if let table = table(reading.active) {
      sections.append(.init(title: "Active", table: table))
    }
    if let selected { sections += details(selected) }
    if let table = table(reading.resolved) {
      sections.append(.init(title: "Over", table: table))
    }
    let rules = Label("\(reading.rules) rules watch", .dim)
    return sections + [.init("Rules", lines: [rules])]
      + [.init(marks: context.marks, now: context.now)].compactMap { $0 }
  }

  /// Three significant digits; which unit they have only the rule knows.
  private static func number(_ value: Double) -> String {
    let size = abs(value)
    if size < 1000 { return Units.fixed(value, digits: size < 10 ? 2 : size < 100 ? 1 : 0) }
    return Units.scaled(value, unit: "")
  }

  private static func measure(_ alert: Alert) -> Printable {
    let worst = alert.worst == alert.value ? "" : ", at worst \(number(alert.worst))"
    return "\(number(alert.value))\(worst), held against \(number(alert.threshold))"
  }

  private func details(_ alert: Alert) -> [PaneContent.Section] {
    var facts: [(Printable, Printable)] = [
      ("what", message(alert)), ("id", Printable(alert.id)), ("rule", Printable(alert.rule)),
      ("about", Printable(alert.category.rawValue)),
      ("began", Printable(Units.timestamp(wall: alert.since.wall))),
    ]
    if let fired = alert.firedAt {
      facts.append(("fired", Printable(Units.timestamp(wall: fired.wall))))
    }
    if let ended = alert.ended {
      facts.append(("over since", Printable(Units.timestamp(wall: ended.wall))))
    }
    if alert.isMeasured { facts.append(("value", AlertsPane.measure(alert))) }
    if let over = alert.clearingSince, let rest = alert.clearsIn {
      let clock = Units.clock(wall: over.wall)
      facts.append(("well since", "\(clock), over in \(AlertsPane.rest(rest)) if it stays so"))
    }
    facts.append(("accepted by", alert.acknowledgedBy ?? "nobody yet"))
    if let until = alert.shelvedUntil {
      facts.append(("shelved", Printable("until \(Units.timestamp(wall: until.wall))")))
    }
    let rows = facts.map { name, fact in
      Table.Row([Label(name, .dim), Label(fact)])
    }
    let table = Table(columns: [.init("", 11), .init("", 20, flexible: true)], rows: rows)
    let title: Printable = alert.id == context.selectedAlert ? "Selected" : "Worst"
    let actions = PaneContent.Section("What can be done", lines: alert.actions.map { Label($0) })
    return [.init(title: title, table: table)] + (alert.actions.isEmpty ? [] : [actions])
  }
}
