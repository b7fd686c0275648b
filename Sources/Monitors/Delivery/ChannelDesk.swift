/// What one channel waits for, has had, and is allowed: decides what goes out together, and when.
struct ChannelDesk {
  private struct Held {
    var delivery: Delivery
    var arrived: Moment
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
  private(set) var isSending = false
  private(set) var failures = 0
  private(set) var failingSince: Moment?
  private(set) var why: Printable?
  private(set) var retryAt: Moment?
  private(set) var lastSent: Moment?

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

  mutating func take(_ delivery: Delivery, at now: Moment) {
    guard !held.contains(where: { $0.delivery.id == delivery.id }) else { return }
    held.append(Held(delivery: delivery, arrived: now))
    let isNew = delivery.transition.kind == .fired && delivery.attempts == 0
    if isNew, begun[delivery.id] == nil { begun[delivery.id] = now }
  }

  /// What is to be sent now, if anything is; the last time nothing waits for company.
  mutating func next(at now: Moment, isLast: Bool = false) -> DeliveryBatch? {
    forget(before: now)
    guard !isSending, !held.isEmpty, retryAt.map({ now >= $0 }) ?? true else { return nil }
    guard let (chosen, kind) = choice(at: now, isLast) else { return nil }
    isSending = true
    let deliveries = chosen.map { held[$0].delivery }
    held = held.indices.filter { !chosen.contains($0) }.map { held[$0] }
    return DeliveryBatch(channel: settings.key, deliveries: deliveries, kind: kind)
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
    sent.removeAll { now.seconds(since: $0) >= ChannelDesk.hour }
    begun = begun.filter { now.seconds(since: $0.value) < pace.floodWindow }
    if groups.count > ChannelDesk.mostGroups {
      groups = groups.filter { now.seconds(since: $0.value.at) < pace.groupInterval }
    }
  }

  /// Which of those held go now, and as what.
  private func choice(at now: Moment, _ isLast: Bool) -> ([Int], DeliveryBatch.Kind)? {
    if isSpent(at: now) { return digest(at: now) }
    let wasDigest = held.filter { $0.delivery.lastFailure == ChannelDesk.putOff }
    if !wasDigest.isEmpty { return (Array(held.indices), .digest) }
    if isLast {
      let isMany = isFlood || held.count > pace.floodLimit
      return (Array(held.indices), isMany ? .flood : .plain)
    }
    let retried = held.indices.filter { held[$0].delivery.attempts > 0 }
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
    guard lastSent.map({ now.seconds(since: $0) >= wait }) ?? true else { return nil }
    return (all, .digest)
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

  /// The reason of those that the hour had no room for.
  static let putOff: Printable = "put together with others: the channel has had its share"
}

/// What became of it.
extension ChannelDesk {
  /// The other side has it.
  mutating func succeed(_ batch: DeliveryBatch, at now: Moment) {
    isSending = false
    (failures, failingSince, why, retryAt) = (0, nil, nil, nil)
    lastSent = now
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
    isSending = false
    failingSince = failingSince ?? now
    why = reason
  }

  /// It does not take anything now: nothing is tried before the moment that this answers.
  mutating func fail(
    _ batch: DeliveryBatch, _ reason: Printable, wait: Double, chance: Double, at now: Moment
  ) -> Moment {
    isSending = false
    failures = max(failures, batch.deliveries.map(\.attempts).max() ?? 0) + 1
    failingSince = failingSince ?? now
    why = reason
    let asked = min(max(wait, 0), pace.longestRetry)
    let seconds = max(asked, pace.retry(after: failures, chance: chance))
    let moment = now.later(by: seconds)
    retryAt = moment
    return moment
  }
}
