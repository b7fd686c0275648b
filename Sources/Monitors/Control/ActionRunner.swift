/// Carries out one order after another on the thread that calls it; each ends by its deadline.
public struct ActionRunner: Sendable {
  private let host: Host
  private let policy: CommandPolicy
  private let roads: RoadCatalogue

  /// How long an action of a kind may take, in seconds.
  public static func limit(_ kind: TargetAction.Kind) -> Double { kind == .evict ? 30 : 10 }

  /// Acts upon this machine's processes; `link` speaks to those that are linked.
  public init(host: Host, link: LinkExchange?) {
    self.host = host
    policy = CommandPolicy(host: host)
    roads = RoadCatalogue(link: link)
  }

  /// Does what is wanted, or says why not.
  public func perform(_ order: Order, _ context: ActionContext, lastCollection: Moment? = nil)
    -> ActionOutcome
  {
    let began = host.time.now()
    if let why = policy.refusal(of: order, context, lastCollection: lastCollection) {
      return ended(order, context, .cannot(why))
    }
    do throws(RoadFailure) {
      let target = try Target(order.target, host: host)
      let standing = try policy.examine(target, for: order.action)
      let errand = Errand(
        order: order, context: context, target: target, standing: standing, host: host,
        deadline: began.later(by: ActionRunner.limit(order.action.kind)))
      return try walk(errand)
    } catch { return ended(order, context, error) }
  }

  /// What could be evicted from a process.
  public func survey(_ key: ProcessKey, _ context: ActionContext) -> [Evictable] {
    guard let target = try? Target(key, host: host), let standing = try? target.standing() else {
      return []
    }
    let order = Order(id: 0, action: .evict([]), target: key)
    let errand = Errand(
      order: order, context: context, target: target, standing: standing, host: host,
      deadline: host.time.now().later(by: 2))
    return Survey(errand: errand).evictables
  }

  /// Tries one road after another.
  private func walk(_ errand: Errand) throws(RoadFailure) -> ActionOutcome {
    var refusals: [(road: Printable, failure: RoadFailure)] = []
    for road in roads.roads(for: errand.order.action) {
      let before = errand.target.resident
      let began = host.time.now()
      do throws(RoadFailure) {
        let achievement = try road.take(errand)
        let seconds = achievement.seconds ?? host.time.now().seconds(since: began)
        return done(errand, road, achievement, resident: before, seconds: seconds)
      } catch {
        switch error {
        case .cannot, .unfit, .asks, .notPermitted: refusals.append((road.name, error))
        case .failed(let why):
          throw .failed(road.signsFailures ? why : "\(why) (\(road.name))")
        case .gone: throw error
        }
      }
    }
    throw RoadRefusals(all: refusals, isSigned: errand.order.action.kind == .evict).failure
  }

  private func done(
    _ errand: Errand, _ road: any Road, _ achievement: Achievement, resident: Bytes?,
    seconds: Double
  ) -> ActionOutcome {
    let before = Footprint(resident: resident, heap: achievement.heapBefore)
    let after = Footprint(resident: errand.target.resident, heap: achievement.heapAfter)
    let name = achievement.road ?? road.name
    var words = OutcomeWords(
      verb: errand.order.action.verb, lead: achievement.lead, before: before, after: after,
      seconds: seconds, road: name, tellsMemory: errand.order.action.tellsMemory)
    words.isSettling = achievement.settles
    words.isOwnDoing = errand.order.isAutomatic
    var receipt = blank(errand.order, errand.context, words.text)
    receipt.road = name
    receipt.before = before
    receipt.after = after
    receipt.seconds = seconds
    let first = receipt
    words.isSettling = false
    let recount: @Sendable () -> Receipt? = { [words] in
      var later = first
      guard let resident = errand.target.resident else { return nil }
      var words = words
      let heap = achievement.heapAfter == nil ? nil : road.heap(errand) ?? achievement.heapAfter
      words.after = Footprint(resident: resident, heap: heap)
      later.after = words.after
      later.outcome = words.text
      return later
    }
    var outcome = ActionOutcome(receipt: receipt, standing: .done)
    outcome.recount = recount
    outcome.settles = achievement.settles
    return outcome
  }

  private func ended(_ order: Order, _ context: ActionContext, _ failure: RoadFailure)
    -> ActionOutcome
  {
    var receipt = blank(order, context, "refused: \(failure.sentence)")
    receipt.brief = RoadRefusals.brief(failure).map { "refused: \($0)" }
    switch failure {
    case .failed(let why):
      receipt.outcome = "failed: \(why)"
      return ActionOutcome(receipt: receipt, standing: .failed)
    case .gone: return ActionOutcome(receipt: receipt, standing: .gone)
    case .notPermitted: return ActionOutcome(receipt: receipt, standing: .notPermitted)
    case .asks(let what):
      receipt.question = what
      return ActionOutcome(receipt: receipt, standing: .refused)
    case .cannot, .unfit: return ActionOutcome(receipt: receipt, standing: .refused)
    }
  }

  private func blank(_ order: Order, _ context: ActionContext, _ outcome: Printable) -> Receipt {
    var receipt = Receipt(at: host.time.now(), who: context.who, outcome: outcome)
    receipt.order = order.id
    receipt.action = order.action.words
    return receipt
  }
}

extension TargetAction {
  /// With which an outcome begins.
  fileprivate var verb: Printable {
    switch self {
    case .collect: "collected"
    case .evict: "evicted"
    case .quality, .nice, .affinity: "set"
    case .batch: "applied"
    case .signal: "signalled"
    }
  }

  fileprivate var tellsMemory: Bool { kind == .collect || kind == .evict }
}
