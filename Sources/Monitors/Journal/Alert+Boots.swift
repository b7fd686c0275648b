extension Moment {
  /// A moment of another boot, placed on this one's clock by the wall clock.
  func placed(by now: Moment) -> Moment {
    Moment(nanoseconds: now.nanoseconds &- (now.wall &- wall), wall: wall)
  }
}

extension Alert {
  /// An alert of another boot, its times placed on this one's clock.
  func placed(by now: Moment) -> Alert {
    var alert = self
    alert.since = since.placed(by: now)
    alert.firedAt = firedAt?.placed(by: now)
    alert.clearingSince = clearingSince?.placed(by: now)
    alert.ended = ended?.placed(by: now)
    alert.acknowledgedAt = acknowledgedAt?.placed(by: now)
    alert.shelvedUntil = shelvedUntil?.placed(by: now)
    return alert
  }
}

extension EventRow {
  /// What happened, its times on the clock of this boot.
  func transition(in boot: BootIdentity, at now: Moment) -> AlertTransition {
    guard self.boot != boot.boot else { return transition }
    var placed = transition
    placed.at = transition.at.placed(by: now)
    placed.alert = transition.alert.placed(by: now)
    return placed
  }
}
