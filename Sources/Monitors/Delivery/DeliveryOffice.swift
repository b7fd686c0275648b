/// All channels: takes what was claimed, says what goes out, and what that means for the store.
struct DeliveryOffice {
  private var desks: [String: ChannelDesk] = [:]
  private var order: [String] = []
  private let pace: DeliveryPace

  /// What a try may take longer than its channel's time.
  private static let grace = 5.0

  init(_ pace: DeliveryPace = DeliveryPace()) { self.pace = pace }

  /// Goes by these channels from now on; answers what is given back of those that are gone.
  mutating func obey(_ channels: [ChannelSettings]) -> [String] {
    var dropped: [String] = []
    let keys = channels.map(\.key)
    for (key, desk) in desks where !keys.contains(key) {
      var desk = desk
      dropped += desk.giveBack()
    }
    let old = desks
    order = keys
    desks = [:]
    for (key, channel) in zip(keys, channels) {
      var desk = old[key] ?? ChannelDesk(channel, pace)
      if desk.settings != channel, !desk.isSending {
        dropped += desk.giveBack()
        desk = ChannelDesk(channel, pace)
      }
      desk.settings = channel
      desks[key] = desk
    }
    return dropped
  }

  /// The settings of a channel.
  func settings(_ key: String) -> ChannelSettings? { desks[key]?.settings }

  /// The channels that can take more now.
  func open(at now: Moment) -> [String] {
    order.filter { (desks[$0]?.room(at: now) ?? 0) > 0 }
  }

  /// How many more there is room for.
  func room(of keys: [String], at now: Moment) -> Int {
    keys.compactMap { desks[$0]?.room(at: now) }.min() ?? 0
  }

  private var longestTry: Double {
    (desks.values.map(\.settings.timeout).max() ?? ChannelSettings.usualTimeout)
      + DeliveryOffice.grace
  }

  /// For how many seconds a message is claimed: as long as it may be held and then be on its way, and a little longer.
  var lease: Double { pace.longestHold + 2 * longestTry }

  /// Takes what was claimed now; what is still held when the lease leaves no time for a try is let go of.
  mutating func take(_ deliveries: [Delivery], at now: Moment) {
    let until = now.later(by: lease - longestTry)
    for delivery in deliveries {
      desks[delivery.channel]?.take(delivery, at: now, until: until)
    }
  }

  /// Whether anything is on its way.
  var isSending: Bool { desks.values.contains(where: \.isSending) }

  /// What goes out now, and what is put off; the last time nothing waits for company.
  mutating func next(at now: Moment, isLast: Bool = false) -> (
    batches: [DeliveryBatch], outcomes: [String: DeliveryOutcome]
  ) {
    var batches: [DeliveryBatch] = []
    var outcomes: [String: DeliveryOutcome] = [:]
    for key in order {
      if let batch = desks[key]?.next(at: now, isLast: isLast) { batches.append(batch) }
      guard let (ids, until) = desks[key]?.overflow(at: now) else { continue }
      for id in ids { outcomes[id] = .putOff(until: until) }
    }
    return (batches, outcomes)
  }

  /// What the answer to a batch means for each of its messages; `chance` is 0 to 1.
  mutating func settle(
    _ batch: DeliveryBatch, _ answer: DeliveryAnswer, chance: Double, at now: Moment
  ) -> [String: DeliveryOutcome] {
    var outcomes: [String: DeliveryOutcome] = [:]
    switch answer.verdict {
    case .sent:
      desks[batch.channel]?.succeed(batch, answer, at: now)
      for delivery in batch.deliveries { outcomes[delivery.id] = .sent }
    case .refused:
      desks[batch.channel]?.refuse(answer.words, at: now)
      for delivery in batch.deliveries { outcomes[delivery.id] = .givenUp(why: answer.words) }
    case .later:
      let moment =
        desks[batch.channel]?.fail(batch, answer, chance: chance, at: now) ?? now
      for delivery in batch.deliveries {
        outcomes[delivery.id] =
          isHopeless(delivery, at: now)
          ? .givenUp(why: answer.words) : .retry(at: moment, why: answer.words)
      }
      guard !answer.isPartly else { break }
      for id in desks[batch.channel]?.giveBack() ?? [] { outcomes[id] = .released }
    }
    return outcomes
  }

  private func isHopeless(_ delivery: Delivery, at now: Moment) -> Bool {
    now.seconds(since: delivery.transition.at) > pace.patience
      || delivery.attempts + 1 >= pace.mostTries
  }

  /// When something may be due that is held, or a channel may be tried again.
  func nextMoment(at now: Moment) -> Moment? {
    order.compactMap { key in
      desks[key].flatMap { desk in
        desk.nextMoment(at: now) ?? desk.retryAt.flatMap { $0 > now ? $0 : nil }
      }
    }.min()
  }

  /// Everything that is held: nobody here will send it.
  mutating func giveBack() -> [String: DeliveryOutcome] {
    var outcomes: [String: DeliveryOutcome] = [:]
    for key in order {
      for id in desks[key]?.giveBack() ?? [] { outcomes[id] = .released }
    }
    return outcomes
  }

  /// How it goes, with what the store counts.
  func standing(_ tallies: [String: DeliveryTally]) -> DeliveryStanding {
    DeliveryStanding(
      channels: order.compactMap { key in
        guard let desk = desks[key] else { return nil }
        var channel = DeliveryStanding.Channel(desk.settings, tallies[key] ?? DeliveryTally())
        channel.lastSent = desk.lastSent
        channel.failingSince = desk.failingSince
        if let why = desk.why { channel.why = why }
        return channel
      })
  }
}
