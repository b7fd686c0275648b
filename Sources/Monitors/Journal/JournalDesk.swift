internal import CSystem

/// What a journal is kept for, and where.
public struct JournalPlan: Sendable {
  /// Where it lies; `nil` keeps it in memory.
  public var place: JournalPlace?
  /// For how many days what is over is kept.
  public var days = 30.0
  /// The channels that are to be told of something that happened.
  public var recipients: @Sendable (AlertTransition) -> [String] = { _ in [] }

  /// A journal in a place, of which nobody is told.
  public init(_ place: JournalPlace?) { self.place = place }
}

/// What was found in the history.
public struct JournalAnswer: Sendable, Equatable {
  /// What was looked for.
  public var search: JournalSearch
  /// What was found, newest first.
  public var found: [AlertTransition] = []
  /// Why nothing could be found; `nil` where it could.
  public var failure: Printable?
}

/// What the journal's thread is asked to do.
enum JournalRequest: Sendable {
  case record([AlertTransition])
  case search(JournalSearch)
  case plan(JournalPlan)
  case look
  case ask(@Sendable (any DeliveryStore) -> Void)
  case settle([String: DeliveryOutcome], by: String? = nil)
  case finish(Mailbox<Bool>)
}

/// Where a screen hands in what happened and gets to know what others did; the work is done on a thread of its own.
///
/// Nobody waits for it: what it is handed lies in a queue, what it has to say in mailboxes.
///
///     let desk = JournalDesk(JournalPlan(.usual(host.environment)), host: host)
///     desk.begin()                                  // if there is a journal already
///     desk.record(transitions)                      // begins one where there is none
///     if let news = desk.news.take() { monitor.learn(news, at: now) }
public final class JournalDesk: Sendable {
  /// News for this screen; joined, so that none is lost while nobody takes them.
  public let news = Mailbox<AlertNews>()
  /// Answers to `search`.
  public let answers = Mailbox<JournalAnswer>()
  /// Rings when deliveries may be waiting.
  public let deliveriesWaiting = Mailbox<Bool>()

  private static let mostWaiting = 4096
  private let requests = BoundedQueue<JournalRequest>(capacity: mostWaiting)
  private let place: JournalPlace?
  private let need: FirstNeed

  /// Will keep a journal by a plan, from the moment on at which there is something to keep.
  public init(_ plan: JournalPlan, host: Host) {
    place = plan.place
    let (requests, news, answers, waiting) = (requests, news, answers, deliveriesWaiting)
    need = FirstNeed { _ in
      Threads.start(name: "journal") {
        let outlets = JournalClerk.Outlets(news: news, answers: answers, waiting: waiting)
        var clerk = JournalClerk(plan, host: host, outlets)
        clerk.run(requests)
      }
    }
  }

  /// Whether its thread runs.
  public var isBusy: Bool { need.isMet }

  /// Begins where a journal lies already; looks at the disk, and does nothing else.
  public func begin() {
    guard let place, !place.isEmptyOrUnusable else { return }
    need.meet()
    requests.offer(.look)
  }

  /// Hands in what happened; `false` where there is no room for more, and it is to be handed in again.
  @discardableResult
  public func record(_ transitions: [AlertTransition]) -> Bool {
    // What is in the queue is not handed in again, so its thread comes first.
    transitions.isEmpty || (need.meet() && requests.offer(.record(transitions)))
  }

  /// Looks for something; the answer comes to `answers`.
  public func search(_ search: JournalSearch) {
    requests.offer(.search(search))
    need.meet()
  }

  /// Goes by other settings from now on; the place stays.
  public func configure(_ plan: JournalPlan) {
    var plan = plan
    plan.place = place
    requests.offer(.plan(plan))
  }

  /// Writes down what was handed in and lets go of the file; gives up after so many seconds. Says whether it is done.
  @discardableResult
  public func finish(within seconds: Double) -> Bool {
    guard need.isMet else { return true }
    let done = Mailbox<Bool>()
    guard requests.offer(.finish(done)) else { return false }
    _ = cs_wait_readable(done.descriptor, Int64(min(max(seconds, 0), 60) * 1e9))
    return done.take() ?? false
  }

  /// The deliveries, for a courier's thread.
  public var deliveries: DeskDeliveries { DeskDeliveries(requests) }
}

/// The deliveries that the journal's thread keeps, for one other thread, which waits for its answers.
public struct DeskDeliveries: DeliveryStore, Sendable {
  private static let patience: Int64 = 10_000_000_000
  private let requests: BoundedQueue<JournalRequest>

  init(_ requests: BoundedQueue<JournalRequest>) { self.requests = requests }

  private func ask<Answer: Sendable>(
    _ question: @escaping @Sendable (any DeliveryStore) -> Answer
  ) -> Answer? {
    let answer = Mailbox<Answer>()
    guard requests.offer(.ask({ answer.offer(question($0)) })) else { return nil }
    _ = cs_wait_readable(answer.descriptor, DeskDeliveries.patience)
    return answer.take()
  }

  /// Takes deliveries that are due.
  public func claimDeliveries(
    channels: [String], owner: String, lease seconds: Double, at now: Moment, limit: Int
  ) -> [Delivery] {
    ask {
      $0.claimDeliveries(channels: channels, owner: owner, lease: seconds, at: now, limit: limit)
    } ?? []
  }

  /// The same, with what people have done since.
  public func attended(_ deliveries: [Delivery], at now: Moment) -> [Delivery] {
    ask { $0.attended(deliveries, at: now) } ?? deliveries
  }

  /// Says what became of some; remembered until it can be written down.
  public func settleDeliveries(
    _ outcomes: [String: DeliveryOutcome], by owner: String? = nil, at now: Moment
  ) {
    requests.offer(.settle(outcomes, by: owner))
  }

  /// How each channel stands.
  public func deliveryTallies(at now: Moment) -> [String: DeliveryTally] {
    ask { $0.deliveryTallies(at: now) } ?? [:]
  }

  /// When the next delivery is due.
  public func nextDelivery(channels: [String], at now: Moment) -> Moment? {
    ask { $0.nextDelivery(channels: channels, at: now) } ?? nil
  }
}
