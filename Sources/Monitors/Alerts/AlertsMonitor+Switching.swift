/// Judging another target on the same machine.
extension AlertsMonitor {
  /// What begins with another target: all that is known and was done about the machine goes on, nothing else does.
  func forAnotherTarget() -> AlertsMonitor {
    var next = self
    for index in watches.indices where !watches[index].rule.isOfMachineAlone { next.renew(index) }
    let machine = Set(watches.map(\.rule).filter(\.isOfMachineAlone).map(\.name))
    next.beginRecord { machine.contains($0.rule) }
    next.undoable = undoable.compactMap { $0.keeping { watches[$0].rule.isOfMachineAlone } }
    next.owed = []
    return next
  }

  private mutating func renew(_ index: Int) {
    var fresh = Watch(watches[index].rule)
    fresh.machine.pace = watches[index].machine.pace
    fresh.isEnabled = watches[index].isEnabled
    fresh.inhibitors = watches[index].inhibitors
    watches[index] = fresh
  }
}

extension AlertsMonitor.Undo {
  /// The same for some of the rules; `nil` where none of them is left.
  fileprivate func keeping(_ isKept: (Int) -> Bool) -> AlertsMonitor.Undo? {
    switch change {
    case .shelved(let place, _): return isKept(place) ? self : nil
    case .acknowledged(let places):
      let kept = zip(places, ids).filter { isKept($0.0) }
      guard !kept.isEmpty else { return nil }
      return AlertsMonitor.Undo(change: .acknowledged(kept.map(\.0)), ids: kept.map(\.1))
    }
  }
}

extension AlertRule {
  /// Whether it says the same whichever process is watched; how a target ended is told while the machine is all there is.
  fileprivate var isOfMachineAlone: Bool { subject == .machine && category != .component }
}
