extension JournalClerk {
  private static let shortestPause = 1.0
  private static let longestPause = 30.0

  /// Brings the file up to date, in the order in which things happened.
  mutating func write(at now: Moment) {
    guard let place = plan.place else {
      remember(at: now)
      return
    }
    guard !backlog.isEmpty || !unsettled.isEmpty || failure != nil else { return }
    if let failure, now < failure.nextTry { return }
    do throws(JournalError) {
      try write(to: place, at: now)
    } catch .moved {
      // It was not seen before: the new file gets it.
      file = nil
      do throws(JournalError) { try write(to: place, at: now) } catch { fail(error, at: now) }
    } catch { fail(error, at: now) }
  }

  private mutating func write(to place: JournalPlace, at now: Moment) throws(JournalError) {
    let isMaking = !backlog.isEmpty || seen.uuid != nil
    guard let journal = try opened(place, making: isMaking, at: now) else {
      recover()
      return
    }
    try meet(journal, at: now)
    if !backlog.isEmpty {
      let (memory, recipients) = (memory, plan.recipients)
      let stand = try journal.record(backlog) { recorded, original in
        let before = memory.flatMap { try? $0.owed(serial: original.serial) } ?? nil
        return before ?? recipients(recorded).map { AlertJournal.Owed(channel: $0) }
      }
      pending.through = max(pending.through, backlog.last?.serial ?? 0)
      backlog.removeAll()
      remembered = 0
      note(stand)
      outlets.waiting.offer(true)
    }
    try settle(journal, at: now)
    recover()
    try read(journal, at: now)
  }

  private mutating func settle(_ journal: AlertJournal, at now: Moment) throws(JournalError) {
    guard !unsettled.isEmpty else { return }
    try journal.settle(unsettled, by: settler, at: now)
    unsettled = [:]
  }

  /// The file can be used again, and everything is in it.
  private mutating func recover() {
    guard failure != nil else { return }
    failure = nil
    memory = nil
    if lost > 0 {
      pending.remark = "\(String(lost)) entries were lost while it could not be written"
    }
    lost = 0
    // What was said of it in memory has other ids in the file.
    seen.event = 0
    seen.revision = min(seen.revision, max(0, seen.revision &- 1))
    pending.history = []
    hasNews = true
  }

  /// A file that was never seen: one that replaces the one that was gets to know what is open.
  func meet(_ journal: AlertJournal, at now: Moment) throws(JournalError) {
    guard let before = seen.uuid, before != journal.uuid else { return }
    try journal.restore(open.values.sorted { $0.since < $1.since })
  }

  /// Goes on in memory.
  mutating func fail(_ error: JournalError, at now: Moment) {
    file = nil
    if case .damaged = error, let place = plan.place, salvage(place, at: now) { return }
    let pause = failure.map { min($0.pause * 2, JournalClerk.longestPause) }
    let next = pause ?? JournalClerk.shortestPause
    failure = Failure(
      why: error.sentence, since: failure?.since ?? now, nextTry: now.later(by: next), pause: next)
    hasNews = true
    remember(at: now)
  }

  private mutating func salvage(_ place: JournalPlace, at now: Moment) -> Bool {
    do throws(JournalError) {
      guard let remark = try JournalSalvage.replace(place, at: now) else { return false }
      pending.remark = remark
      hasNews = true
      failure = nil
      try write(to: place, at: now)
      return true
    } catch { return false }
  }

  /// Writes what is not in memory yet into memory, with what is open as its beginning.
  mutating func remember(at now: Moment) {
    guard memory == nil || remembered < backlog.count else { return }
    do throws(JournalError) {
      let journal = try begunMemory()
      let fresh = Array(backlog[min(remembered, backlog.count)...])
      guard !fresh.isEmpty else { return }
      let stand = try journal.record(fresh, recipients: plan.recipients)
      let happened = try journal.events(after: memorySeen, limit: JournalClerk.keptRecent)
      memorySeen = happened.last?.seq ?? memorySeen
      remembered = backlog.count
      pending.through = max(pending.through, fresh.last?.serial ?? 0)
      note(stand)
      recall(happened.reversed().map(\.transition) + pending.history)
      outlets.waiting.offer(true)
      try journal.forget(beyond: Int64(JournalClerk.mostBacklog))
    } catch {
      // The backlog stays, and there is nothing else that could be done.
      hasNews = true
    }
    guard plan.place == nil else { return }
    backlog.removeAll()
    remembered = 0
  }

  private mutating func begunMemory() throws(JournalError) -> AlertJournal {
    if let memory { return memory }
    let journal = try AlertJournal.inMemory(boot: boot, writer: writer)
    try journal.restore(open.values.sorted { $0.since < $1.since })
    memory = journal
    memorySeen = 0
    return journal
  }

  /// Takes down what became of deliveries: in memory at once, in the file when it can be written.
  mutating func settle(
    _ outcomes: [String: DeliveryOutcome], by owner: String?, at now: Moment
  ) {
    var rest = outcomes
    if let memory {
      let own = outcomes.filter { $0.key.hasPrefix(memory.uuid) }
      memory.settleDeliveries(own, by: owner, at: now)
      rest = outcomes.filter { own[$0.key] == nil }
    }
    unsettled.merge(rest) { $1 }
    settler = owner
    write(at: now)
  }
}
