/// What one channel waits for, has had, and is allowed: decides what goes out together, and when.
struct ChannelDesk {
  private struct Held {
    var delivery: Delivery
    var arrived: Moment
    /// From then on anybody may claim it.
    var until: Moment
  }

  private struct Told {
    var at: Moment
    var worst: Severity
  }

  var settings: ChannelSettings
  private let pace: DeliveryPace
  private var held: [Held] = []
  private var groups: [AlertSubject: Told] = [:]
  private var flood: Told?
  private var sent: [Moment] = []
  private var begun: [String: Moment] = [:]
  private var onTheWay: Set<String> = []
  /// The recipients of a mail that have not got it yet, by the ids of messages that others have got.
  private var left: [String: [String]] = [:]
  private(set) var failures = 0
  private(set) var failingSince: Moment?
  private(set) var why: Printable?
  private(set) var retryAt: Moment?
  private(set) var lastSent: Moment?
  private var lastWorst = Severity.ok

  private static let hour = 3600.0
  private static let mostHeld = 500
  private static let mostGroups = 1000

  init(_ settings: ChannelSettings, _ pace: DeliveryPace) {
    self.settings = settings
    self.pace = pace
  }

  /// How many more it can hold now; none while the other side does not answer.
  func room(at now: Moment) -> Int {
    if let retryAt, now < retryAt { return 0 }
    return max(0, ChannelDesk.mostHeld - held.count)
  }

  var waiting: Int { held.count }
  var isSending: Bool { !onTheWay.isEmpty }

  /// Takes one that was claimed until then; for one that it holds that is a longer lease.
  mutating func take(_ delivery: Delivery, at now: Moment, until: Moment) {
    guard !onTheWay.contains(delivery.id) else { return }
    if let place = held.firstIndex(where: { $0.delivery.id == delivery.id }) {
      held[place].until = until
      return
    }
    held.append(Held(delivery: delivery, arrived: now, until: until))
    let isNew =
      delivery.transition.kind == .fired && delivery.attempts == 0 && !delivery.isPutOff
    if isNew, begun[delivery.id] == nil { begun[delivery.id] = now }
  }

  /// What is to be sent now, if anything is; the last time nothing waits for company.
  mutating func next(at now: Moment, isLast: Bool = false) -> DeliveryBatch? {
    forget(before: now)
    guard !isSending, !held.isEmpty, retryAt.map({ now >= $0 }) ?? true else { return nil }
    guard let (chosen, kind) = choice(at: now, isLast) else { return nil }
    let deliveries = chosen.map { held[$0].delivery }
    onTheWay = Set(deliveries.map(\.id))
    held = held.indices.filter { !chosen.contains($0) }.map { held[$0] }
    var batch = DeliveryBatch(channel: settings.key, deliveries: deliveries, kind: kind)
    let recipients = Set(deliveries.map { left[$0.id] })
    batch.recipients = recipients.count == 1 ? recipients.first ?? nil : nil
    return batch
  }

  /// Until when what is held may wait in vain: the next moment to ask; `nil` where nothing is held.
  func nextMoment(at now: Moment) -> Moment? {
    guard !held.isEmpty, !isSending else { return nil }
    let step = 1.0
    return now.later(by: min(step, pace.groupWait / 2))
  }

  /// What the hour has no room for: given back until it has.
  mutating func overflow(at now: Moment) -> (ids: [String], until: Moment)? {
    guard isSpent(at: now), let first = sent.first, !isSending else { return nil }
    let until = first.later(by: ChannelDesk.hour)
    let wait = until.seconds(since: now)
    guard wait > pace.groupInterval else { return nil }
    let put = held.filter { $0.delivery.transition.alert.severity < .emergency }
    guard !put.isEmpty else { return nil }
    held.removeAll { $0.delivery.transition.alert.severity < .emergency }
    return (put.map(\.delivery.id), until)
  }

  /// Everything it holds, which it will not send now.
  mutating func giveBack() -> [String] {
    defer { held = [] }
    return held.map(\.delivery.id)
  }
}

/// What goes out together.
extension ChannelDesk {
  private func isSpent(at now: Moment) -> Bool {
    sent.filter { now.seconds(since: $0) < ChannelDesk.hour }.count >= settings.perHour
  }

  private var isFlood: Bool { begun.count > pace.floodLimit }

  private mutating func forget(before now: Moment) {
    held.removeAll { now >= $0.until }
    if left.count > ChannelDesk.mostHeld { left = [:] }
    sent.removeAll { now.seconds(since: $0) >= ChannelDesk.hour }
    begun = begun.filter { now.seconds(since: $0.value) < pace.floodWindow }
    if groups.count > ChannelDesk.mostGroups {
      groups = groups.filter { now.seconds(since: $0.value.at) < pace.groupInterval }
    }
  }

  /// Which of those held go now, and as what.
  private func choice(at now: Moment, _ isLast: Bool) -> ([Int], DeliveryBatch.Kind)? {
    if isSpent(at: now) { return digest(at: now) }
    if held.contains(where: \.delivery.isPutOff) { return (Array(held.indices), .digest) }
    if isLast {
      let isMany = isFlood || held.count > pace.floodLimit
      return (Array(held.indices), isMany ? .flood : .plain)
    }
    let tried = held.indices.filter { held[$0].delivery.attempts > 0 }
    let recipients = tried.first.map { left[held[$0].delivery.id] }
    let retried = tried.filter { left[held[$0].delivery.id] == recipients }
    if !retried.isEmpty { return (retried, retried.count > pace.floodLimit ? .flood : .plain) }
    if isFlood {
      let all = Array(held.indices)
      return isReady(all, after: flood, pace.floodInterval, at: now) ? (all, .flood) : nil
    }
    let bySubject = Dictionary(grouping: held.indices) {
      held[$0].delivery.transition.alert.subject
    }
    let ready = bySubject.filter {
      isReady($0.value, after: groups[$0.key], pace.groupInterval, at: now)
    }
    let first = ready.min { ($0.value.first ?? 0) < ($1.value.first ?? 0) }
    return first.map { ($0.value.sorted(), .plain) }
  }

  /// Once the hour's share is spent only an emergency goes out, and takes the others along.
  private func digest(at now: Moment) -> ([Int], DeliveryBatch.Kind)? {
    let all = Array(held.indices)
    guard worst(of: all) == .emergency else { return nil }
    let wait = pace.groupInterval
    let waits = lastSent.map { lastWorst == .emergency && now.seconds(since: $0) < wait } ?? false
    return waits ? nil : (all, .digest)
  }

  private func worst(of places: [Int]) -> Severity {
    places.map { held[$0].delivery }.filter { !$0.isEnd }.map(\.transition.alert.severity).max()
      ?? .ok
  }

  private func isReady(_ places: [Int], after told: Told?, _ interval: Double, at now: Moment)
    -> Bool
  {
    guard let first = places.map({ held[$0].arrived }).min() else { return false }
    let worst = worst(of: places)
    let wait = worst == .emergency ? pace.emergencyWait : pace.groupWait
    guard now.seconds(since: first) >= wait else { return false }
    guard let told else { return true }
    return worst > told.worst || now.seconds(since: told.at) >= interval
  }
}

/// What became of it.
extension ChannelDesk {
  /// The other side has it, or at least somebody there has.
  mutating func succeed(_ batch: DeliveryBatch, _ answer: DeliveryAnswer, at now: Moment) {
    onTheWay = []
    (failures, retryAt) = (0, nil)
    failingSince = answer.isPartly ? failingSince ?? now : nil
    why = answer.isPartly ? answer.words : nil
    (lastSent, lastWorst) = (now, batch.severity)
    for delivery in batch.deliveries { left[delivery.id] = nil }
    // Those who have still to get it are no new message.
    guard batch.recipients == nil else { return }
    sent.append(now)
    let told = Told(at: now, worst: batch.deliveries.contains { !$0.isEnd } ? batch.severity : .ok)
    if batch.kind != .plain { flood = told }
    for subject in Set(batch.deliveries.map(\.transition.alert.subject)) {
      let before = groups[subject].flatMap {
        now.seconds(since: $0.at) < pace.groupInterval ? $0.worst : nil
      }
      groups[subject] = Told(at: now, worst: max(told.worst, before ?? .ok))
    }
  }

  /// It will never take this, but may take others.
  mutating func refuse(_ reason: Printable, at now: Moment) {
    onTheWay = []
    failingSince = failingSince ?? now
    why = reason
  }

  /// It does not take this now, and is tried again at the moment that this answers; nothing else goes out before that,
  /// unless it is a recipient alone who does not take it.
  mutating func fail(
    _ batch: DeliveryBatch, _ answer: DeliveryAnswer, chance: Double, at now: Moment
  ) -> Moment {
    let tries = (batch.deliveries.map(\.attempts).max() ?? 0) + 1
    let asked = min(max(answer.wait, 0), pace.longestRetry)
    if answer.isPartly {
      succeed(batch, answer, at: now)
      for delivery in batch.deliveries { left[delivery.id] = answer.recipients }
      return now.later(by: max(asked, pace.retry(after: tries, chance: chance)))
    }
    onTheWay = []
    failures = max(failures + 1, tries)
    failingSince = failingSince ?? now
    why = answer.words
    let moment = now.later(by: max(asked, pace.retry(after: failures, chance: chance)))
    retryAt = moment
    return moment
  }
}
