extension AlertsMonitor {
  private static let longestShelf = 8.0 * 3600
  static let longestNote = 500

  /// Does what an operator asks and says in one line what came of it; `nil` for commands of others.
  public mutating func perform(_ command: Command, by who: Printable, at now: Moment) -> Printable?
  {
    switch command {
    case .acknowledge(let id, _): acknowledge(id, by: who, at: now)
    case .acknowledgeAll: acknowledgeAll(by: who, at: now)
    case .shelve(let id, _, let seconds): shelve(id, seconds: seconds, by: who, at: now)
    case .note(let id, _, let text): write(text, to: id, by: who, at: now)
    case .undo: undo(by: who, at: now)
    case .interval, .configure, .browse, .watch, .act, .survey: nil
    }
  }

  /// Where the alert of an id is, by the one that it had before the journal counted it too.
  func place(of id: String) -> Spot? {
    spots.first { self[$0].id == id } ?? spots.first { self[$0].formerID == id }
  }

  func title(_ spot: Spot) -> Printable {
    let label = self[spot].label
    let title = posts[spot.post].rule.title
    return label.isEmpty ? title : "\(title) (\(label))"
  }

  private mutating func acknowledge(_ id: String, by who: Printable, at now: Moment) -> Printable {
    guard let spot = place(of: id) else {
      return acknowledgeElsewhere(id, by: who, at: now)
        ?? "refused: no alert \(Printable(id)) is active"
    }
    let (title, machine) = (title(spot), self[spot].machine)
    guard machine.isFiring else { return "refused: \(title) is not firing yet" }
    if let earlier = machine.acknowledgement {
      return "refused: \(title) is already acknowledged by \(earlier.by)"
    }
    guard !machine.isShelved else { return "refused: \(title) is shelved" }
    push(Undo(isShelf: false, ids: [self[spot].id]))
    accept(spot, by: who, at: now)
    return "acknowledged: \(title) (by \(who))"
  }

  private mutating func acknowledgeAll(by who: Printable, at now: Moment) -> Printable {
    let open = spots.filter { self[$0].machine.state == .firing && !self[$0].isMuted }
    let others = elsewhere().map(\.id)
    guard !open.isEmpty || !others.isEmpty else { return "refused: nothing to acknowledge" }
    if !open.isEmpty { push(Undo(isShelf: false, ids: open.map { self[$0].id })) }
    let first = open.first.map(title)
    for spot in open { accept(spot, by: who, at: now) }
    var line: Printable?
    for id in others { line = acknowledgeElsewhere(id, by: who, at: now) }
    let count = open.count + others.count
    if count > 1 { return "acknowledged: \(count) alerts (by \(who))" }
    return line ?? "acknowledged: \(first ?? "") (by \(who))"
  }

  /// What only waited for a person is over with that.
  private mutating func accept(_ spot: Spot, by who: Printable, at now: Moment) {
    let isOver = self[spot].machine.acknowledge(by: who, at: now)
    owe(.acknowledged, spot, at: now, by: who)
    guard isOver else { return }
    let ended = ended(spot, alert(spot), at: now)
    remember(ended)
    owe(.resolved, spot, ended, at: now)
    _ = self[spot].machine.close(at: now)
    self[spot].worst = nil
  }

  private mutating func shelve(
    _ id: String, seconds: Double, by who: Printable, at now: Moment
  ) -> Printable {
    guard let spot = place(of: id) else { return "refused: no alert \(Printable(id)) is active" }
    guard seconds.isFinite, seconds >= 1 else { return "refused: a shelf needs an end" }
    guard seconds <= AlertsMonitor.longestShelf else {
      return "refused: 8 h is the longest that an alert can be shelved"
    }
    let until = now.later(by: seconds)
    push(Undo(isShelf: true, ids: [self[spot].id], before: self[spot].machine.shelf))
    self[spot].machine.shelve(AlertMachine.Shelf(by: who, until: until), at: now)
    // What is only pending may come to nothing: nobody else is told before it fires.
    if self[spot].machine.isFiring { owe(.shelved, spot, at: now, by: who) }
    return "shelved: \(title(spot)) for \(Units.span(seconds: seconds)) (by \(who))"
  }

  /// An empty text takes the note away.
  private mutating func write(
    _ text: String, to id: String, by who: Printable, at now: Moment
  ) -> Printable {
    guard let spot = place(of: id) else { return "refused: no alert \(Printable(id)) is active" }
    guard self[spot].machine.isFiring else {
      return "refused: \(title(spot)) is not firing yet"
    }
    let note = Printable(String(text.prefix(AlertsMonitor.longestNote)))
    self[spot].note = note.isEmpty ? nil : note
    owe(.noted, spot, at: now, by: who)
    return "noted: \(title(spot))\(note.isEmpty ? "" : ": \(note)") (by \(who))"
  }
}
