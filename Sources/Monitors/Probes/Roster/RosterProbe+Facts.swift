/// What is found out about processes besides their `stat`.
extension RosterProbe {
  private static let needs: Printable = "CAP_SYS_PTRACE or the same user"
  private static let mostFacts = 500
  private static let mostIO = 256

  /// Asks what is still to be known, so much of it at a time.
  mutating func ask(at moment: Moment) {
    guard desk.isFree, !entries.isEmpty else { return }
    var (facts, io) = (RosterProbe.mostFacts, RosterProbe.mostIO)
    var questions: [RosterQuestion] = []
    var index = cursor % entries.count
    for _ in entries.indices where facts > 0 && io > 0 {
      let marks = entries[index].marks
      if !marks.isDisjoint(with: [.wantsFacts, .wantsIO]) {
        let wantsFacts = marks.contains(.wantsFacts)
        questions.append(
          RosterQuestion(identity: rows[index].identity, wantsFacts: wantsFacts))
        if wantsFacts { facts -= 1 } else { io -= 1 }
      }
      index = (index + 1) % entries.count
    }
    cursor = index
    desk.ask(questions, at: moment)
  }

  /// Takes in what has been found out since.
  mutating func answer(at moment: Moment) {
    let (answers, hopeless) = desk.collect(at: moment)
    for answer in answers {
      if let index = index(of: answer.question.identity) { take(answer, index) }
    }
    guard let hopeless, let index = index(of: hopeless.identity) else { return }
    entries[index].marks.remove([.wantsFacts, .wantsIO, .hasIO])
    entries[index].marks.insert(.hidesIO)
    rows[index].io = .missing(.timedOut)
  }

  private func index(of identity: ProcessKey) -> Int? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].pid < identity.pid { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, entries[low].pid == identity.pid,
      entries[low].startTicks == identity.startTicks
    else { return nil }
    return low
  }

  private mutating func take(_ answer: RosterAnswer, _ index: Int) {
    entries[index].marks.remove(.wantsIO)
    takeIO(answer, index)
    guard answer.question.wantsFacts else { return }
    entries[index].marks.remove(.wantsFacts)
    var facts = rows[index].facts
    if let command = answer.command {
      facts.command = command.isEmpty ? "[\(facts.name)]" : command
    }
    if let groups = answer.groups {
      facts.unit = groups.unit
      facts.container = groups.container
    }
    rows[index].facts = facts
  }

  private mutating func takeIO(_ answer: RosterAnswer, _ index: Int) {
    switch answer.io {
    case .success(let bytes):
      let at = UInt32(truncatingIfNeeded: answer.at.nanoseconds / 1_000_000)
      rows[index].io = rate(to: bytes, at: at, entries[index])
      entries[index].ioBytes = bytes
      entries[index].ioAt = at
      entries[index].marks.insert(.hasIO)
    case .failure(let error):
      entries[index].marks.remove(.hasIO)
      guard error != .noProcess, !error.isShortage else { return }
      entries[index].marks.insert(.hidesIO)
      rows[index].io = .missing(
        error.absence(needs: RosterProbe.needs, missingMeans: .notSupported))
    }
  }

  private func rate(to bytes: UInt64, at: UInt32, _ entry: RosterEntry) -> Measured<Double> {
    guard entry.marks.contains(.hasIO) else { return .missing(.notYet) }
    guard bytes >= entry.ioBytes else { return .missing(.because("a counter went backwards")) }
    let elapsed = at &- entry.ioAt
    return elapsed > 0
      ? .fresh(Double(bytes - entry.ioBytes) * 1000 / Double(elapsed)) : .missing(.notYet)
  }
}

/// What all of them have in common.
extension RosterProbe {
  mutating func noteGrowth() {
    guard beats.isDue(at: now) else { return }
    for index in entries.indices {
      let resident = rows[index].resident
      entries[index].history.append(resident)
      let growth = entries[index].history.growth(resident, beats, at: now)
      if rows[index].growth != growth { rows[index].growth = growth }
    }
  }

  mutating func renameUsers() {
    for index in rows.indices {
      let name = users.name(rows[index].facts.uid)
      if rows[index].facts.user != name { rows[index].facts.user = name }
    }
  }

  mutating func findLinks(at moment: Moment) {
    guard links.isDue(at: moment) else { return }
    let found = links.look(for: Set(rows.lazy.map(\.facts.uid)))
    for index in rows.indices {
      let isLinked = found[entries[index].pid].map { $0 == rows[index].facts.uid } ?? false
      if rows[index].facts.isLinked != isLinked { rows[index].facts.isLinked = isLinked }
    }
  }
}
