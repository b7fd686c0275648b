import Monitors

/// The zoomed pane: all alerts, the selected one whole, what happened before, and how much it asks of people.
extension AlertsPane {
  var sections: [PaneContent.Section] {
    var sections: [PaneContent.Section] = []
    if let table = table(reading.active) {
      sections.append(.init(title: "Active", table: table))
    }
    if let selected { sections += details(selected) }
    if let table = table(reading.resolved) {
      sections.append(.init(title: "Over", table: table))
    }
    return sections + [past].compactMap { $0 } + [figures, list]
      + [.init(marks: context.marks, now: context.now)].compactMap { $0 }
  }

  private var selected: Alert? {
    let all = reading.active + reading.resolved
    return all.first { $0.id == context.selectedAlert } ?? all.first
  }

  private func details(_ alert: Alert) -> [PaneContent.Section] {
    let rows = (what(alert) + times(alert) + people(alert)).map { name, fact in
      Table.Row([Label(name, .dim), Label(fact)])
    }
    let table = Table(columns: [.init("", 11), .init("", 20, flexible: true)], rows: rows)
    let title: Printable = alert.id == context.selectedAlert ? "Selected" : "Worst"
    let actions = PaneContent.Section("What can be done", lines: alert.actions.map { Label($0) })
    return [.init(title: title, table: table)] + [course(alert)].compactMap { $0 }
      + (alert.actions.isEmpty ? [] : [actions])
  }

  private typealias Fact = (Printable, Printable)

  private func what(_ alert: Alert) -> [Fact] {
    var facts: [Fact] = [
      ("what", message(alert)), ("id", Printable(alert.id)), ("rule", Printable(alert.rule)),
      ("kind", Printable(alert.category.rawValue)), ("about", AlertsPane.subject(alert)),
    ]
    if alert.isMeasured { facts.append(("value", AlertsPane.measure(alert))) }
    if alert.count > 1 { facts.append(("came", "\(alert.count) times: it flaps")) }
    return facts
  }

  private static func subject(_ alert: Alert) -> Printable {
    let whose: Printable =
      switch alert.subject {
      case .machine: "the machine"
      case .process(let pid, _): "process \(String(pid))"
      }
    return alert.label.isEmpty ? whose : "\(Printable(alert.label)), \(whose)"
  }

  private func times(_ alert: Alert) -> [Fact] {
    var facts: [Fact] = [("began", Printable(Units.timestamp(wall: alert.since.wall)))]
    if let fired = alert.firedAt {
      facts.append(("fired", Printable(Units.timestamp(wall: fired.wall))))
    }
    if let ended = alert.ended {
      facts.append(("over since", Printable(Units.timestamp(wall: ended.wall))))
    }
    guard let over = alert.clearingSince else { return facts }
    let clock = Units.clock(wall: over.wall)
    if alert.waitsForPerson {
      facts.append(("well since", "\(clock); it stays until somebody has accepted it"))
    } else if let rest = alert.clearsIn {
      facts.append(("well since", "\(clock), over in \(AlertsPane.rest(rest)) if it stays so"))
    }
    return facts
  }

  private func people(_ alert: Alert) -> [Fact] {
    var accepted = alert.acknowledgedBy ?? "nobody yet"
    if let at = alert.acknowledgedAt { accepted = "\(accepted), at \(Units.clock(wall: at.wall))" }
    var facts: [Fact] = [("accepted by", accepted)]
    if let until = alert.shelvedUntil {
      let who = alert.shelvedBy.map { " by \($0)" } ?? ""
      facts.append(("shelved", "until \(Units.timestamp(wall: until.wall))\(who)"))
    }
    if let note = alert.note { facts.append(("note", note)) }
    return facts
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

  /// How its value went since it began, with the moment at which it fired.
  private func course(_ alert: Alert) -> PaneContent.Section? {
    let values = alert.trace.values.map(Double.init)
    guard alert.isMeasured, values.count > 1, let began = alert.trace.began,
      let least = values.min(), let most = values.max()
    else { return nil }
    let (bottom, top) = (min(least, alert.threshold), max(most, alert.threshold))
    let bars = values.map { value in
      let share = top > bottom ? (value - bottom) / (top - bottom) : 1
      return Character(Blocks.glyph(share).unicode)
    }
    var lines = [Label(Printable(String(bars)), alert.severity.role)]
    if let fired = alert.firedAt, let place = alert.trace.place(of: fired) {
      let mark = String(repeating: " ", count: place) + "↑"
      lines.append(Label("\(Printable(mark)) fired \(Units.clock(wall: fired.wall))", .dim))
    }
    let (from, to) = (AlertsPane.number(bottom), AlertsPane.number(top))
    let span = Units.clock(wall: began.wall)
    lines.append(Label("from \(from) to \(to), since \(span)", .dim))
    return PaneContent.Section("How it went", lines: lines)
  }

  /// Everybody's doings, as the list that is shared has them.
  private var past: PaneContent.Section? {
    guard !reading.journal.isEmpty else { return nil }
    let rows = reading.journal.map { event in
      let age = Printable.roughAge(seconds: Double(context.now.wall &- event.at.wall) / 1e9)
      return Table.Row([
        Label(age, .dim), Label(Printable(event.kind.rawValue)),
        Label(event.alert.severity.label, event.alert.severity.role),
        Label("\(Printable(event.alert.id)): \(event.alert.message)"), Label(event.by ?? "", .dim),
      ])
    }
    return .init(
      title: "History",
      table: Table(
        columns: [
          .init("ago", 6, right: true), .init("what", 12), .init("severity", 9, rank: 2),
          .init("alert", 24, flexible: true), .init("who", 16, rank: 3),
        ], rows: rows))
  }

  /// How much all of it asks of people.
  private var figures: PaneContent.Section {
    let figures = AlertFigures(reading.journal, active: reading.active, now: context.now)
    let exceeded = figures.limits.filter { !$0.isKept }
    let lines = [Label(figures.line)] + exceeded.map { Label($0.line, .severity(.warning)) }
    return PaneContent.Section("In 24 hours", lines: lines)
  }

  /// Who watches, who sees it, and who is told.
  private var list: PaneContent.Section {
    var lines = [Label("\(reading.rules) rules watch", .dim)]
    lines += reading.unwatched.map { Label($0, .severity(.warning)) }
    switch reading.standing {
    case .none: lines.append(Label("nothing was written down yet", .dim))
    case .shared(let path):
      lines.append(Label("this machine's operators share the list in \(path)", .dim))
    case .isPrivate(let path, let owner):
      lines.append(Label("the list in \(path) is \(owner)'s alone", .dim))
    case .failing(let why, _): lines.append(Label("not written down: \(why)", .dim))
    }
    if !reading.delivery.isEmpty { lines.append(Label(reading.delivery, .dim)) }
    return PaneContent.Section("Rules and list", lines: lines)
  }
}
