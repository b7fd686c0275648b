extension AlertsMonitor {
  private static let longestShelf = 8.0 * 3600
  private static let remembered = 16

  /// What an acknowledge or a shelve changed, so that it can be taken back.
  struct Undo: Sendable {
    enum Change: Sendable {
      case acknowledged([Int])
      case shelved(Int, before: AlertMachine.Shelf?)
    }

    var change: Change
    /// The ids it was about: an alert that is over can't be taken back.
    var ids: [String]
  }

  /// Does what an operator asks and says in one line what came of it; `nil` for commands of others.
  public mutating func perform(_ command: Command, by who: Printable, at now: Moment) -> Printable?
  {
    switch command {
    case .acknowledge(let id): acknowledge(id, by: who, at: now)
    case .acknowledgeAll: acknowledgeAll(by: who, at: now)
    case .shelve(let id, let seconds): shelve(id, seconds: seconds, by: who, at: now)
    case .undo: undo(by: who, at: now)
    case .interval, .configure, .browse, .watch, .act, .survey: nil
    }
  }

  private func place(of id: String) -> Int? {
    watches.indices.first { index in
      watches[index].machine.phase != .well
        && id == "\(watches[index].rule.name)-\(watches[index].machine.number)"
    }
  }

  private mutating func acknowledge(_ id: String, by who: Printable, at now: Moment) -> Printable {
    guard let index = place(of: id) else { return "refused: no alert \(id) is active" }
    let watch = watches[index]
    guard watch.machine.isFiring else { return "refused: \(watch.rule.title) is not firing yet" }
    if let earlier = watch.machine.acknowledgement {
      return "refused: \(watch.rule.title) is already acknowledged by \(earlier.by)"
    }
    guard !watch.machine.isShelved else { return "refused: \(watch.rule.title) is shelved" }
    accept(index, by: who, at: now)
    push(Undo(change: .acknowledged([index]), ids: [id]))
    return "acknowledged: \(watch.rule.title) (by \(who))"
  }

  private mutating func acknowledgeAll(by who: Printable, at now: Moment) -> Printable {
    let open = watches.indices.filter {
      watches[$0].machine.state == .firing && !watches[$0].isMuted
    }
    guard !open.isEmpty else { return "refused: nothing to acknowledge" }
    push(Undo(change: .acknowledged(open), ids: open.map { alert($0).id }))
    for index in open { accept(index, by: who, at: now) }
    if open.count == 1 { return "acknowledged: \(watches[open[0]].rule.title) (by \(who))" }
    return "acknowledged: \(open.count) alerts (by \(who))"
  }

  private mutating func accept(_ index: Int, by who: Printable, at now: Moment) {
    watches[index].machine.acknowledge(by: who, at: now)
    owed.append(AlertTransition(.acknowledged, at: now, alert: alert(index), by: who))
  }

  private mutating func shelve(
    _ id: String, seconds: Double, by who: Printable, at now: Moment
  ) -> Printable {
    guard let index = place(of: id) else { return "refused: no alert \(id) is active" }
    guard seconds.isFinite, seconds >= 1 else { return "refused: a shelf needs an end" }
    guard seconds <= AlertsMonitor.longestShelf else {
      return "refused: 8 h is the longest that an alert can be shelved"
    }
    let until = now.later(by: seconds)
    push(Undo(change: .shelved(index, before: watches[index].machine.shelf), ids: [id]))
    watches[index].machine.shelve(AlertMachine.Shelf(by: who, until: until), at: now)
    owed.append(AlertTransition(.shelved, at: now, alert: alert(index), by: who))
    let title = watches[index].rule.title
    return "shelved: \(title) for \(Units.span(seconds: seconds)) (by \(who))"
  }

  private mutating func push(_ undo: Undo) {
    if undoable.count == AlertsMonitor.remembered { undoable.removeFirst() }
    undoable.append(undo)
  }

  private mutating func undo(by who: Printable, at now: Moment) -> Printable {
    guard let last = undoable.popLast() else { return "refused: nothing to undo" }
    switch last.change {
    case .acknowledged(let places): return unacknowledge(places, last.ids, by: who, at: now)
    case .shelved(let index, let before):
      return unshelve(index, before, by: who, at: now)
    }
  }

  private mutating func unacknowledge(
    _ places: [Int], _ ids: [String], by who: Printable, at now: Moment
  ) -> Printable {
    let open = zip(places, ids).filter { index, id in
      watches[index].machine.acknowledgement != nil && alert(index).id == id
    }
    guard let first = open.first else { return "refused: what was acknowledged is over" }
    for (index, _) in open {
      watches[index].machine.withdrawAcknowledgement(at: now)
      owed.append(AlertTransition(.undone, at: now, alert: alert(index), by: who))
    }
    let what: Printable =
      open.count == 1 ? watches[first.0].rule.title : "\(open.count) alerts"
    return "undone: \(what) is no longer acknowledged (by \(who))"
  }

  private mutating func unshelve(
    _ index: Int, _ before: AlertMachine.Shelf?, by who: Printable, at now: Moment
  ) -> Printable {
    guard watches[index].machine.isShelved else { return "refused: the shelf time is over" }
    let earlier = before.flatMap { $0.until > now ? $0 : nil }
    watches[index].machine.shelve(earlier, at: now)
    owed.append(AlertTransition(.undone, at: now, alert: alert(index), by: who))
    let state: Printable = earlier == nil ? "is no longer shelved" : "is shelved as it was before"
    return "undone: \(watches[index].rule.title) \(state) (by \(who))"
  }
}
