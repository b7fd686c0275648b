/// Judging another target on the same machine.
extension AlertsMonitor {
  /// What begins with another target: all that is known and was done about the machine goes on, nothing else does.
  ///
  /// Alerts about the target that is left stay open for whoever watches it, and for when it is watched again.
  func forAnotherTarget() -> AlertsMonitor {
    var next = self
    for post in posts.indices where !posts[post].rule.isOfMachineAlone {
      next.leaveOpen(post)
      next.renew(post)
    }
    next.beginRecord { alert in
      places[alert.rule].map { posts[$0].rule.isOfMachineAlone } ?? false
    }
    next.undoable = undoable.compactMap { undo in undo.keeping(isAboutMachine) }
    next.owed = []
    next.transitions = []
    for spot in next.spots { next[spot].isUntold = false }
    return next
  }

  private func isAboutMachine(_ id: String) -> Bool {
    place(of: id).map { posts[$0.post].rule.isOfMachineAlone } ?? false
  }

  private mutating func leaveOpen(_ post: Int) {
    for watch in posts[post].watches.indices {
      let spot = Spot(post: post, watch: watch)
      let machine = self[spot].machine
      guard machine.isFiring, machine.wasAnnounced, !machine.isHushed else { continue }
      keep(alert(spot))
    }
  }

  private mutating func renew(_ post: Int) {
    let rule = posts[post].rule
    let pace = posts[post].pace
    posts[post].dropped = 0
    posts[post].watches = rule.readEach == nil ? [Watch(rule, pace: pace)] : []
  }
}

extension AlertsMonitor.Undo {
  /// The same for some of the alerts; `nil` where none of them is left.
  fileprivate func keeping(_ isKept: (String) -> Bool) -> AlertsMonitor.Undo? {
    var kept = self
    kept.ids = ids.filter(isKept)
    return kept.ids.isEmpty ? nil : kept
  }
}
