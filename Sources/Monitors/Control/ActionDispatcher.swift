/// Which request is being carried out, which ones wait, and which effects are to be measured again: a value that one thread owns.
struct ActionDispatcher {
  /// What came of a request.
  enum Result: Sendable {
    case outcome(ActionOutcome, ProcessKey)
    case survey([Evictable], ProcessKey)
    case recount(Receipt?, ProcessKey)
  }

  /// Which one it came of.
  struct Finished: Sendable {
    var number: UInt64
    var result: Result
  }

  /// Something to do on a thread that may block.
  enum Job: Sendable {
    case act(Order, ActionContext, lastCollection: Moment?)
    case survey(ProcessKey, ActionContext)
    case recount(@Sendable () -> Receipt?, ProcessKey)

    /// How long it may take, in seconds.
    var limit: Double {
      switch self {
      case .act(let order, _, _): ActionRunner.limit(order.action.kind) + grace
      case .survey, .recount: 5
      }
    }

    /// Roads keep their deadlines themselves; who is this much later hangs in the kernel.
    private var grace: Double { 1 }
  }

  /// An effect is measured again so long after the action, in seconds.
  static let recountAfter = 10.0

  private let host: Host
  private let answers: BoundedQueue<ActionAnswer>
  private let begin: (Job, UInt64) -> Bool
  private var waiting: [ActionRequest] = []
  private var running: (job: Job, number: UInt64, since: Moment, isGivenUp: Bool)?
  private var number: UInt64 = 0
  private var later: [(at: Moment, job: Job)] = []
  private var lastCollections: [ProcessKey: Moment] = [:]

  init(
    host: Host, answers: BoundedQueue<ActionAnswer>, begin: @escaping (Job, UInt64) -> Bool
  ) {
    self.host = host
    self.answers = answers
    self.begin = begin
  }

  /// Does a job, on whatever thread this is called.
  static func result(of job: Job, by runner: ActionRunner) -> Result {
    switch job {
    case .act(let order, let context, let last):
      .outcome(runner.perform(order, context, lastCollection: last), order.target)
    case .survey(let key, let context): .survey(runner.survey(key, context), key)
    case .recount(let measure, let key): .recount(measure(), key)
    }
  }

  /// Lets a request wait its turn; newer wishes about quality and batches take the place of older ones.
  mutating func take(_ request: ActionRequest) {
    if let running, running.isGivenUp, case .act = request {
      return refuse(
        request, "the action before has not come back: the target or the kernel holds it")
    }
    if let place = waiting.firstIndex(where: { ActionDispatcher.overtakes(request, $0) }) {
      let older = waiting.remove(at: place)
      refuse(older, "overtaken by a newer order")
      waiting.append(ActionDispatcher.merged(older, into: request))
    } else if waiting.count >= ActionPort.room {
      refuse(request, "busy: \(ActionPort.room) orders wait already")
    } else {
      waiting.append(request)
    }
  }

  private static func overtakes(_ newer: ActionRequest, _ older: ActionRequest) -> Bool {
    switch (newer, older) {
    case (.act(let new, _), .act(let old, _)):
      guard new.target == old.target else { return false }
      switch (new.action, old.action) {
      case (.quality(let new), .quality(let old)): return !(new.isStep && old.isStep)
      case (.batch, .batch): return true
      default: return false
      }
    case (.survey(let new, _), .survey(let old, _)): return new == old
    default: return false
    }
  }

  /// A step from a level that is only just being asked for is a step from that one.
  private static func merged(_ older: ActionRequest, into newer: ActionRequest) -> ActionRequest {
    guard case .act(var order, let context) = newer, case .quality(let wish) = order.action,
      wish.isStep, case .act(let old, _) = older, case .quality(.level(let name)) = old.action,
      let base = QualityLevel(name: name),
      let level = try? QualityWish.level(wish, current: base, context)
    else { return newer }
    order.action = .quality(.level(level.name))
    return .act(order, context)
  }

  private func refuse(_ request: ActionRequest, _ why: Printable) {
    guard case .act(let order, let context) = request else { return }
    answer(order, context, "refused: \(why)")
  }

  private func answer(_ order: Order, _ context: ActionContext, _ outcome: Printable) {
    var receipt = Receipt(at: host.time.now(), who: context.who, outcome: outcome)
    receipt.order = order.id
    receipt.action = order.action.words
    answers.offer(.receipt(receipt, order.target))
  }

  /// Takes note of what came of a job; what comes after it was given up has been answered already.
  mutating func finish(_ done: Finished) {
    guard let running, running.number == done.number else { return }
    self.running = nil
    switch done.result {
    case .outcome(let outcome, let key):
      if !running.isGivenUp { answers.offer(.receipt(outcome.receipt, key)) }
      guard outcome.standing == .done else { return }
      if outcome.receipt.action == TargetAction.collect.words {
        lastCollections[key] = host.time.now()
      }
      if let recount = outcome.recount, !running.isGivenUp {
        let due = host.time.now().later(by: ActionDispatcher.recountAfter)
        later.append((due, .recount(recount, key)))
      }
    case .survey(let found, let key): answers.offer(.surveyed(key, found))
    case .recount(let receipt, let key):
      if let receipt { answers.offer(.receipt(receipt, key)) }
    }
  }

  /// Begins what is due, and gives up what takes too long.
  mutating func step(at now: Moment) {
    if let running {
      if !running.isGivenUp, now.seconds(since: running.since) > running.job.limit { giveUp() }
      return
    }
    if let place = later.firstIndex(where: { $0.at <= now }) {
      start(later.remove(at: place).job, at: now)
    } else if !waiting.isEmpty {
      switch waiting.removeFirst() {
      case .act(let order, let context):
        start(.act(order, context, lastCollection: lastCollections[order.target]), at: now)
      case .survey(let key, let context): start(.survey(key, context), at: now)
      }
    }
    forget(at: now)
  }

  private mutating func forget(at now: Moment) {
    let rest = CommandPolicy.restAfterCollection
    lastCollections = lastCollections.filter { now.seconds(since: $0.value) < rest }
  }

  private mutating func start(_ job: Job, at now: Moment) {
    number += 1
    running = (job, number, now, false)
    guard !begin(job, number) else { return }
    running = nil
    if case .act(let order, let context, _) = job {
      answer(order, context, "failed: the system refuses a thread for it")
    }
  }

  private mutating func giveUp() {
    guard let running else { return }
    self.running?.isGivenUp = true
    if case .act(let order, let context, _) = running.job {
      let limit = Units.fixed(ActionRunner.limit(order.action.kind), digits: 0)
      answer(
        order, context, "failed: no answer in \(Printable(limit)) s: not known whether it was done")
    }
    for request in waiting {
      refuse(request, "the action before has not come back: the target or the kernel holds it")
    }
    waiting = []
  }

  /// How long there is nothing to do, in nanoseconds; negative is for ever.
  func wait(at now: Moment) -> Int64 {
    let dues: [Moment]
    if let running {
      dues = running.isGivenUp ? [] : [running.since.later(by: running.job.limit)]
    } else if !waiting.isEmpty {
      return 0
    } else {
      dues = later.map(\.at)
    }
    guard let next = dues.min() else { return -1 }
    return max(0, next.nanoseconds - now.nanoseconds + 1_000_000)
  }
}

extension QualityOrder {
  fileprivate var isStep: Bool { self == .down || self == .up }
}
