/// The way from the engine to whatever acts upon targets, and back; neither side waits for the other.
public struct ActionPort: Sendable {
  /// What is to be done.
  public let requests: BoundedQueue<ActionRequest>
  /// What came of it.
  public let answers: BoundedQueue<ActionAnswer>
  private let actor: FirstNeed?

  /// How many requests may lie here before more are refused.
  public static let room = 64
  private static let answersKept = 1024

  /// Makes one with nobody at the other end.
  public init() {
    requests = BoundedQueue(capacity: ActionPort.room)
    answers = BoundedQueue(capacity: ActionPort.answersKept)
    actor = nil
  }

  /// Makes one at whose other end somebody begins with the first request; `false` is that nobody could.
  public init(_ begin: @escaping @Sendable (ActionPort) -> Bool) {
    let unattended = ActionPort()
    requests = unattended.requests
    answers = unattended.answers
    actor = FirstNeed { _ in begin(unattended) }
  }

  /// Leaves a request; where that can't be, says why.
  func leave(_ request: ActionRequest) -> Printable? {
    if let actor, !actor.meet() { return "the system refuses a thread to act on" }
    return requests.offer(request) ? nil : "busy: \(ActionPort.room) orders wait already"
  }
}

/// Something to be done with a target, and what has to be known for it.
public enum ActionRequest: Sendable {
  case act(Order, ActionContext)
  case survey(ProcessKey, ActionContext)
}

/// What came of a request.
public enum ActionAnswer: Sendable, Equatable {
  /// A receipt of an order to a process; a later one of the same order takes the place of the one before.
  case receipt(Receipt, ProcessKey)
  /// What could be evicted from a process.
  case surveyed(ProcessKey, [Evictable])
}

/// What is known of a target and of the settings when an action is asked for.
public struct ActionContext: Sendable {
  /// Who asks.
  public var who: Printable = ""
  /// Whether no action may reach a target.
  public var isReadOnly = false
  /// Programs that are not linked, and what reaches them.
  public var targets: [TargetSettings] = []
  /// What the levels of quality mean.
  public var quality = QualityConfig()
  /// The level the target is known to run at.
  public var level: QualityLevel?
  /// The level that the pressure calls for.
  public var suggested: QualityLevel?
  /// What the target told of itself last; `nil` where it is not linked.
  public var link: LinkSample?

  /// Knows nothing but the defaults.
  public init() {}

  /// Knows the settings.
  public init(_ config: Config, who: Printable) {
    self.who = who
    isReadOnly = config.isReadOnly
    targets = config.targets
    quality = config.quality
  }
}
