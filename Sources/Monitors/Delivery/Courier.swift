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
    case finish(Leave)
  }

  /// Until when the last messages may take, and who waits for that.
  private struct Leave: Sendable {
    var until: Moment
    var done: Mailbox<Bool>
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
  private let waiting: Mailbox<Bool>?
  /// How it goes, whenever that has changed.
  public let standings = Mailbox<DeliveryStanding>()

  static let idle = 30.0
  private static let pause = 2.0
  private static let mostClaimed = 200

  /// Makes one that has not begun; `owner` tells it from couriers of other programs, and `waiting` rings when the store
  /// may have got something.
  public init(
    host: Host, owner: String, pace: DeliveryPace = DeliveryPace(),
    waiting: Mailbox<Bool>? = nil, open: @escaping Opener, send: Sender? = nil
  ) {
    time = host.time
    self.owner = owner
    self.pace = pace
    self.open = open
    self.waiting = waiting
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

  /// Ends as `stop` does, but sends first what it holds and waits in vain for company; gives up after so many seconds.
  ///
  /// What is on its way then is sent again by others, who can't know how it went.
  @discardableResult
  public func finish(within seconds: Double) -> Bool {
    let done = Mailbox<Bool>()
    let until = time.now().later(by: seconds)
    guard orders.offer(.finish(Leave(until: until, done: done))) else { return false }
    _ = cs_wait_readable(done.descriptor, Int64(min(max(seconds, 0), 60) * 1e9))
    return done.take() ?? false
  }

  /// What the courier's thread knows.
  private struct Desk {
    var office: DeliveryOffice
    var store: (any DeliveryStore)?
    var channels: [ChannelSettings] = []
    var last: DeliveryStanding?
    var hasChanged = true
    var hasClaimed = false
    var isOver = false
    var leave: Leave?
  }

  private func work() {
    var desk = Desk(office: DeliveryOffice(pace))
    while true {
      _ = waiting?.take()
      for order in orders.takeAll() { take(order, &desk) }
      if desk.isOver { return }
      if desk.store == nil, !desk.channels.isEmpty { desk.store = open() }
      pass(&desk)
      if desk.leave != nil, leave(&desk) { return }
      report(&desk)
      rest(&desk)
    }
  }

  private func take(_ order: Order, _ desk: inout Desk) {
    let now = time.now()
    switch order {
    case .look: break
    case .obey(let new):
      desk.channels = new
      desk.hasChanged = true
      let dropped = desk.office.obey(new).map { ($0, DeliveryOutcome.released) }
      settle(Dictionary(dropped) { $1 }, desk, at: now)
    case .done(let batch, let answer):
      desk.hasChanged = true
      let chance = Double.random(in: 0...1)
      settle(desk.office.settle(batch, answer, chance: chance, at: now), desk, at: now)
    case .stop:
      settle(desk.office.giveBack(), desk, at: now)
      desk.isOver = true
    case .finish(let leave): desk.leave = leave
    }
  }

  /// Gives back what is left once nothing more can be sent, or it takes too long.
  private func leave(_ desk: inout Desk) -> Bool {
    let now = time.now()
    guard let leave = desk.leave, !desk.office.isSending || now >= leave.until else { return false }
    settle(desk.office.giveBack(), desk, at: now)
    leave.done.offer(!desk.office.isSending)
    return true
  }

  private func settle(_ outcomes: [String: DeliveryOutcome], _ desk: Desk, at now: Moment) {
    if !outcomes.isEmpty { desk.store?.settleDeliveries(outcomes, by: owner, at: now) }
  }

  /// Claims what is due, and sends what is to go now.
  private func pass(_ desk: inout Desk) {
    guard let store = desk.store else { return }
    let now = time.now()
    let open = desk.office.open(at: now)
    if !open.isEmpty {
      let claimed = store.claimDeliveries(
        channels: open, owner: owner, lease: desk.office.lease, at: now,
        limit: min(Courier.mostClaimed, desk.office.room(of: open, at: now)))
      desk.office.take(claimed, at: now)
      desk.hasClaimed = !claimed.isEmpty
      if desk.hasClaimed { desk.hasChanged = true }
    }
    let (batches, outcomes) = desk.office.next(at: now, isLast: desk.leave != nil)
    settle(outcomes, desk, at: now)
    for planned in batches {
      guard let channel = desk.office.settings(planned.channel) else { continue }
      let batch = planned.telling(store.attended(planned.deliveries, at: now))
      let isStarted = Threads.start(name: "delivery") { [self] in
        orders.offer(.done(batch, send(batch, channel)))
      }
      if !isStarted {
        orders.offer(.done(batch, DeliveryAnswer(.later, "the system refuses a thread for it")))
      }
    }
  }

  private func report(_ desk: inout Desk) {
    guard desk.hasChanged else { return }
    desk.hasChanged = false
    var standing = desk.office.standing(desk.store?.deliveryTallies(at: time.now()) ?? [:])
    standing.lack = Deliverer.lack(of: desk.channels)
    guard standing != desk.last else { return }
    desk.last = standing
    standings.offer(standing)
  }

  /// Until there is something to do, as far as that is known; others may have changed the store meanwhile.
  private func rest(_ desk: inout Desk) {
    let now = time.now()
    if let leave = desk.leave {
      _ = cs_wait_readable(orders.descriptor, max(0, leave.until.nanoseconds - now.nanoseconds))
      return
    }
    let open = desk.office.open(at: now)
    var due = open.isEmpty ? nil : desk.store?.nextDelivery(channels: open, at: now)
    // What is due and was not to be had a moment ago is in a store that can't be written.
    if !desk.hasClaimed { due = due.map { max($0, now.later(by: Courier.pause)) } }
    let idle = now.later(by: Courier.idle)
    let moment = [desk.office.nextMoment(at: now), due].compactMap { $0 }.min() ?? idle
    let shortest: Int64 = 50_000_000
    let wait = max(shortest, min(moment, idle).nanoseconds - now.nanoseconds)
    let descriptors = [orders.descriptor] + (waiting.map { [$0.descriptor] } ?? [])
    if cs_wait_any(descriptors, descriptors.count, wait) == 0, moment >= idle {
      desk.hasChanged = true
    }
  }
}
