internal import CSystem

/// Brings out what a store owes to channels: a thread of its own, and one more for each message that is on its way.
///
/// Nobody waits for it. What is not sent when this program ends stays in the store, and is sent by whoever comes next.
public final class Courier: Sendable {
  private enum Order: Sendable {
    case obey([ChannelSettings])
    case look
    case done(DeliveryBatch, DeliveryAnswer)
    case stop
  }

  /// Opens the store; called on the courier's own thread, `nil` where there is none yet.
  public typealias Opener = @Sendable () -> (any DeliveryStore)?
  /// Sends a batch by a channel, and waits for the answer.
  public typealias Sender = @Sendable (DeliveryBatch, ChannelSettings) -> DeliveryAnswer

  private let orders = BoundedQueue<Order>(capacity: 4096)
  private let time: any TimeSource
  private let owner: String
  private let pace: DeliveryPace
  private let open: Opener
  private let send: Sender
  /// How it goes, whenever that has changed.
  public let standings = Mailbox<DeliveryStanding>()

  static let idle = 30.0
  private static let mostClaimed = 200

  /// Makes one that has not begun; `owner` tells it from couriers of other programs.
  public init(
    host: Host, owner: String, pace: DeliveryPace = DeliveryPace(), open: @escaping Opener,
    send: Sender? = nil
  ) {
    time = host.time
    self.owner = owner
    self.pace = pace
    self.open = open
    self.send = send ?? { Deliverer(host: host).send($0, by: $1) }
  }

  /// Begins its thread; `false` if the system refuses.
  public func begin(_ channels: [ChannelSettings]) -> Bool {
    orders.offer(.obey(channels))
    return Threads.start(name: "courier") { [self] in work() }
  }

  /// Goes by other channels from now on.
  public func obey(_ channels: [ChannelSettings]) { orders.offer(.obey(channels)) }

  /// Something may have been put into the store.
  public func look() { orders.offer(.look) }

  /// Ends, and leaves to others what is not on its way.
  public func stop() { orders.offer(.stop) }

  private func work() {
    var office = DeliveryOffice(pace)
    var store: (any DeliveryStore)?
    var channels: [ChannelSettings] = []
    var last: DeliveryStanding?
    while true {
      for order in orders.takeAll() {
        switch order {
        case .look: break
        case .obey(let new):
          channels = new
          let dropped = office.obey(new).map { ($0, DeliveryOutcome.released) }
          store?.settleDeliveries(Dictionary(dropped) { $1 }, at: time.now())
        case .done(let batch, let answer):
          let now = time.now()
          let chance = Double.random(in: 0...1)
          let outcomes = office.settle(batch, answer, chance: chance, at: now)
          store?.settleDeliveries(outcomes, at: now)
        case .stop:
          store?.settleDeliveries(office.giveBack(), at: time.now())
          return
        }
      }
      if store == nil, !channels.isEmpty { store = open() }
      if let store { pass(&office, store, channels) }
      report(office, store, channels, &last)
      rest(office, store)
    }
  }

  /// Claims what is due, and sends what is to go now.
  private func pass(
    _ office: inout DeliveryOffice, _ store: any DeliveryStore, _ channels: [ChannelSettings]
  ) {
    let now = time.now()
    let open = office.open(at: now)
    if !open.isEmpty {
      let claimed = store.claimDeliveries(
        channels: open, owner: owner, lease: lease(channels), at: now,
        limit: min(Courier.mostClaimed, office.room(of: open, at: now)))
      office.take(claimed, at: now)
    }
    let (batches, outcomes) = office.next(at: now)
    if !outcomes.isEmpty { store.settleDeliveries(outcomes, at: now) }
    for batch in batches {
      guard let channel = office.settings(batch.channel) else { continue }
      let isStarted = Threads.start(name: "delivery") { [self] in
        orders.offer(.done(batch, send(batch, channel)))
      }
      if !isStarted {
        orders.offer(.done(batch, DeliveryAnswer(.later, "the system refuses a thread for it")))
      }
    }
  }

  /// As long as something may be held and then be on its way, and a little longer.
  private func lease(_ channels: [ChannelSettings]) -> Double {
    let longest = channels.map(\.timeout).max() ?? 10
    return pace.groupInterval + 2 * longest + 10
  }

  private func report(
    _ office: DeliveryOffice, _ store: (any DeliveryStore)?, _ channels: [ChannelSettings],
    _ last: inout DeliveryStanding?
  ) {
    var standing = office.standing(store?.deliveryTallies(at: time.now()) ?? [:])
    standing.lack = Deliverer.lack(of: channels)
    guard standing != last else { return }
    last = standing
    standings.offer(standing)
  }

  /// Until there is something to do, as far as that is known.
  private func rest(_ office: DeliveryOffice, _ store: (any DeliveryStore)?) {
    let now = time.now()
    let open = office.open(at: now)
    let due = open.isEmpty ? nil : store?.nextDelivery(channels: open, at: now)
    let moments = [office.nextMoment(at: now), due, now.later(by: Courier.idle)].compactMap { $0 }
    let shortest: Int64 = 50_000_000
    let wait = (moments.min() ?? now).nanoseconds - now.nanoseconds
    _ = cs_wait_readable(orders.descriptor, max(shortest, wait))
  }
}
