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
      headline: .headline(reading.headline, severity),
      lines: troubles + (context.isZoomed ? lines : []),
      table: table(rows), tableAnchor: selectedRow, graphs: [graph],
      tallestGraph: 2, sections: context.isZoomed ? sections : [],
      anchor: selectedRow.map { $0 + 2 })
  }

  /// What keeps alerts from being remembered, or from reaching anybody.
  private var troubles: [Label] {
    var lines: [Label] = []
    if case .failing(let why, let since) = reading.standing {
      let clock = Units.clock(wall: since.wall)
      lines.append(Label("alerts are not written down since \(clock): \(why)", .severity(.warning)))
    }
    if reading.isDeliveryFailing { lines.append(Label(reading.delivery, .severity(.warning))) }
    if lines.isEmpty, rows.isEmpty, case .isPrivate(_, let owner) = reading.standing {
      lines.append(Label("this list is \(owner)'s alone: other operators don't see it", .dim))
    }
    return lines
  }

  /// The simulated heat of the demo must not wake anybody.
  func message(_ alert: Alert) -> Printable {
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
    return [Label(message(alert), alert.severity.role)] + advice(alert)
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

  /// What can be done, and whether a key does it from here.
  private func advice(_ alert: Alert) -> [Label] {
    if let (line, _) = AlertStep.first(of: alert) {
      return [Label("to do: \(line) (enter does it)")]
    }
    return alert.actions.first.map { [Label("to do: \($0)")] } ?? []
  }

  func table(_ alerts: [Alert]) -> Table? {
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
        Label(sentence(alert), role),
        Label(alert.acknowledgedBy ?? "", role),
      ], emphasis: isSelected ? .reversed : [], substitute: quiet(alert))
  }

  /// With how often it came, where it flaps.
  private func sentence(_ alert: Alert) -> Printable {
    alert.count > 1 ? "×\(alert.count) \(message(alert))" : message(alert)
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
      if alert.waitsForPerson {
        "latched"
      } else if let seconds = alert.clearsIn {
        context.isZoomed ? "clearing, \(AlertsPane.rest(seconds))" : "clearing"
      } else {
        alert.state == .firing ? "firing" : "accepted"
      }
    case .pending, .shelved: alert.stateWord
    }
  }

  static func rest(_ seconds: Double) -> Printable { .age(seconds: max(5, seconds)) }

  private var graph: Graph {
    Graph(
      series: reading.history, unit: .count, gradient: .process, scale: .fromZero(atLeast: 2))
  }
}
