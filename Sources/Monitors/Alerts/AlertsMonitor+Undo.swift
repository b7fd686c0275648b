extension AlertsMonitor {
  private static let remembered = 16

  /// What an acknowledge or a shelve changed, so that it can be taken back.
  struct Undo: Sendable {
    /// Whether one was shelved; else some were accepted.
    var isShelf: Bool
    /// The ids it was about: an alert that is over can't be taken back.
    var ids: [String]
    /// How it was shelved before.
    var before: AlertMachine.Shelf?
  }

  mutating func push(_ undo: Undo) {
    if undoable.count == AlertsMonitor.remembered { undoable.removeFirst() }
    undoable.append(undo)
  }

  mutating func undo(by who: Printable, at now: Moment) -> Printable {
    guard let last = undoable.popLast() else { return undoOthers(by: who, at: now) }
    guard last.isShelf else { return unacknowledge(last.ids, by: who, at: now) }
    guard let spot = last.ids.first.flatMap(place) else {
      return "refused: what was shelved is over"
    }
    return unshelve(spot, last.before, by: who, at: now)
  }

  /// The list is shared: with nothing of one's own to take back, it is what somebody else did last.
  private mutating func undoOthers(by who: Printable, at now: Moment) -> Printable {
    let accepted = spots.compactMap { spot in
      self[spot].machine.acknowledgement.map { (spot: spot, at: $0.at) }
    }.max { $0.at < $1.at }
    if let accepted { return unacknowledge([self[accepted.spot].id], by: who, at: now) }
    guard let shelved = spots.first(where: { self[$0].machine.isShelved }) else {
      return "refused: nothing to undo"
    }
    return unshelve(shelved, nil, by: who, at: now)
  }

  private mutating func unacknowledge(
    _ ids: [String], by who: Printable, at now: Moment
  ) -> Printable {
    let open = ids.compactMap(place).filter { self[$0].machine.acknowledgement != nil }
    guard let first = open.first else { return "refused: what was acknowledged is over" }
    for spot in open {
      self[spot].machine.withdrawAcknowledgement(at: now)
      owe(.undone, spot, at: now, by: who)
    }
    let what: Printable = open.count == 1 ? "\(title(first)) is" : "\(open.count) alerts are"
    return "undone: \(what) no longer acknowledged (by \(who))"
  }

  private mutating func unshelve(
    _ spot: Spot, _ before: AlertMachine.Shelf?, by who: Printable, at now: Moment
  ) -> Printable {
    guard self[spot].machine.isShelved else { return "refused: the shelf time is over" }
    let earlier = before.flatMap { $0.until > now ? $0 : nil }
    self[spot].machine.shelve(earlier, at: now)
    if self[spot].machine.isFiring { owe(.undone, spot, at: now, by: who) }
    let state: Printable = earlier == nil ? "is no longer shelved" : "is shelved as it was before"
    return "undone: \(title(spot)) \(state) (by \(who))"
  }
}
