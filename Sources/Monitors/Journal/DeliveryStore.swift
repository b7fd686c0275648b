/// A message that a channel is owed, because something happened to an alert.
public struct Delivery: Sendable, Equatable {
  /// Unique in the world, and the same however often it is tried: by it a receiver knows what it has had.
  public var id: String
  /// The channel that wants it.
  public var channel: String
  /// What happened, with the alert as it stood then.
  public var transition: AlertTransition
  /// The machine it happened on.
  public var host: Printable
  /// How often it was tried before; what was only given back does not count.
  public var attempts: Int
  /// Why it could not be sent the last time; `nil` where nobody tried.
  public var lastFailure: Printable?
  /// Whether the hour had no room for it, so that it goes out with others.
  public var isPutOff = false

  /// Makes one.
  public init(
    id: String, channel: String, transition: AlertTransition, host: Printable, attempts: Int = 0,
    lastFailure: Printable? = nil
  ) {
    self.id = id
    self.channel = channel
    self.transition = transition
    self.host = host
    self.attempts = attempts
    self.lastFailure = lastFailure
  }
}

/// What became of a delivery that was claimed.
public enum DeliveryOutcome: Sendable, Equatable {
  /// The receiver has it.
  case sent
  /// It is to be tried again, not before that moment.
  case retry(at: Moment, why: Printable)
  /// Nobody tries it again.
  case givenUp(why: Printable)
  /// It was not tried, as its channel has had its share: not before that moment.
  case putOff(until: Moment)
  /// It was not tried: anybody may claim it at once.
  case released
}

/// How the deliveries of one channel stand.
public struct DeliveryTally: Sendable, Equatable {
  /// Not sent yet, claimed or not.
  public var pending = 0
  /// Sent within the last day.
  public var sent = 0
  /// Given up within the last day.
  public var givenUp = 0
  /// When the oldest of those that are pending happened.
  public var oldest: Moment?
  /// Why the last one that is not sent yet could not be sent.
  public var lastFailure: Printable?

  /// Knows of none.
  public init() {}
}

/// Where deliveries are kept until they are sent: written in the same transaction as what they tell of.
///
/// At least once: who claims one has it to himself until the lease is over, and then anybody may have it.
public protocol DeliveryStore {
  /// Takes deliveries that are due, oldest first, for so many seconds; none where nothing is due or can be read.
  func claimDeliveries(
    channels: [String], owner: String, lease seconds: Double, at now: Moment, limit: Int
  ) -> [Delivery]
  /// The same, with what people have done about their alerts since: what is told is who has it in hand already.
  func attended(_ deliveries: [Delivery], at now: Moment) -> [Delivery]
  /// Says what became of some, by their ids; what cannot be written down yet is remembered until it can.
  ///
  /// Of what another owner has claimed by now it counts only where it has arrived; `nil` speaks for every owner.
  func settleDeliveries(
    _ outcomes: [String: DeliveryOutcome], by owner: String?, at now: Moment)
  /// How each channel that was ever owed something stands.
  func deliveryTallies(at now: Moment) -> [String: DeliveryTally]
  /// When the next delivery of these channels that is not claimed becomes due; `nil` where there is none.
  func nextDelivery(channels: [String], at now: Moment) -> Moment?
}
