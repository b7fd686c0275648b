/// Choosing among all processes, and watching what was chosen.
extension Engine {
  /// Shows all processes with each sample, or no longer; the first are there at once.
  mutating func browse(_ isOn: Bool, at moment: Moment) {
    source.browse(isOn)
    let roster = snapshots.isEmpty ? nil : source.roster(at: moment)
    for index in snapshots.indices { snapshots[index].roster = roster }
    if !isOn { OwnProgram.rest() }
  }

  /// Watches other processes from now on, and has a first look at the new ones without waiting for the next tick.
  mutating func watch(_ keys: [ProcessKey], by operator: Printable, at moment: Moment) {
    let change = source.watch(keys)
    if change.isDone {
      adopt(change)
      if place == 0 { _ = tick(at: moment, late: late) } else { look(at: change, moment) }
    }
    var outcomes: [Printable] = change.isDone ? ["applied: watching \(watchedWords)"] : []
    outcomes += change.failures.map { "refused: \(Engine.sentence($0))" }
    guard !snapshots.isEmpty, !outcomes.isEmpty else { return }
    // One line for all of it: a second one would take the place of the first.
    let outcome = Printable(outcomes.map(\.text).joined(separator: "; "))
    let receipt = Receipt(
      at: moment, who: `operator`, outcome: outcome, command: .watch(keys))
    sets[0].note(receipt, in: &snapshots[0])
  }

  /// Who was in the list and is not there any more has ended.
  private static func sentence(_ failure: TargetError) -> Printable {
    guard case .noSuchProcess(let pid) = failure else { return failure.sentence }
    return "\(String(pid)): it has ended"
  }

  private var watchedWords: Printable {
    let targets = snapshots.compactMap(\.sample.target.value)
    guard !targets.isEmpty else { return "the machine" }
    return Printable(targets.map { "\($0.name) \($0.pid)" }.joined(separator: ", "))
  }

  /// Gives each target its monitors: those it had, those of the machine alone, or new ones.
  private mutating func adopt(_ change: WatchChange) {
    let (oldSets, oldBeginnings, old) = (sets, beginnings, snapshots)
    guard !old.isEmpty else { return }
    deeds.forget()
    sets = []
    beginnings = []
    snapshots = []
    for origin in change.origins {
      let before: Int? =
        switch origin {
        case .kept(let place): place
        case .new(let place): place
        }
      if let before, oldSets.indices.contains(before), old.indices.contains(before) {
        sets.append(oldSets[before])
        beginnings.append(oldBeginnings[before])
        snapshots.append(old[before])
      } else {
        sets.append(MonitorSet(config, onMachineOf: oldSets.first))
        beginnings.append(place)
        snapshots.append(old[0])
      }
    }
  }

  /// Those that are new are looked at now; the others' rates would come of too short a time.
  private mutating func look(at change: WatchChange, _ moment: Moment) {
    let new = change.origins.indices.filter { index in
      if case .new = change.origins[index] { true } else { false }
    }
    guard !new.isEmpty else { return }
    let numbered = Moment(
      nanoseconds: moment.nanoseconds, wall: moment.wall, sequence: UInt64(max(0, place - 1)))
    let health = snapshots[0].health
    let roster = snapshots[0].roster
    let observations = source.observe(at: numbered, place: place, only: new)
    for (index, observation) in zip(new, observations) {
      snapshots[index] = judge(observation, for: index, roster, health)
      // It has one reading more than there were ticks since.
      beginnings[index] -= 1
    }
  }
}
