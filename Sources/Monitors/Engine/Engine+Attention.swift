/// What an operator does to alerts, where several targets have some.
extension Engine {
  mutating func attend(_ command: Command, by operator: Printable, at moment: Moment) {
    defer { tellAlerts() }
    let (places, isForAll) = addressed(command)
    var outcomes: [(place: Int, outcome: Printable)] = []
    for place in places {
      guard let outcome = sets[place].perform(command, by: `operator`, at: moment) else { continue }
      outcomes.append((place, outcome))
      if !isForAll, !outcome.isRefusal { break }
    }
    let done = outcomes.filter { !$0.outcome.isRefusal }
    if !done.isEmpty { deeds.note(command, done.map(\.place)) }
    // Of several targets mostly one knows the alert; that the others do not is no news.
    for (place, outcome) in done.isEmpty ? outcomes : done {
      let receipt = Receipt(at: moment, who: `operator`, outcome: outcome)
      sets[place].note(receipt, in: &snapshots[place])
    }
  }

  /// The targets whose alerts a command is about; where not all of those, the first that does not refuse.
  private mutating func addressed(_ command: Command) -> (places: [Int], isForAll: Bool) {
    switch command {
    case .acknowledge(let id, let key), .shelve(let id, let key, _), .note(let id, let key, _):
      let known = places(of: id, key)
      return known.isEmpty ? (Array(snapshots.indices), false) : (known, true)
    case .undo:
      guard let last = deeds.last() else { return (latestFirst, false) }
      return (last.filter(snapshots.indices.contains), true)
    default: return (Array(snapshots.indices), true)
    }
  }

  /// Who has an alert of that id, or had it under that id before the list of all screens counted it.
  private func places(of id: String, _ key: AlertKey?) -> [Int] {
    func places(_ isMeant: (Alert) -> Bool) -> [Int] {
      snapshots.indices.filter { place in
        snapshots[place].alerts.active.contains { isMeant($0) && (key == nil || $0.key == key) }
      }
    }
    let now = places { $0.id == id }
    return now.isEmpty ? places { $0.formerID == id } : now
  }

  /// Whose alert somebody attended to last comes first.
  private var latestFirst: [Int] {
    let latest = snapshots.map { $0.alerts.active.compactMap(\.acknowledgedAt).max() }
    return snapshots.indices.sorted { one, other in
      guard let mine = latest[one] else { return false }
      return latest[other].map { mine > $0 } ?? true
    }
  }
}
