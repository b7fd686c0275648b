import Monitors

/// What reaches the target.
extension ViewController {
  mutating func reach(_ action: Action, seeing snapshots: [Snapshot], on page: Page) -> [Effect] {
    let scene = scene(snapshots, on: page)
    switch action {
    case .collect: return act(.collect, in: scene)
    case .qualityDown: return act(.quality(.down), in: scene)
    case .qualityUp: return act(.quality(.up), in: scene)
    case .qualityAutomatic: return act(.quality(.automatic), in: scene)
    case .applyBatch:
      guard let size = scene.suggestedBatch else { return [] }
      return act(.batch(size), in: scene)
    case .evict:
      openPalette(page, text: "evict ")
      return survey(in: scene)
    case .signal:
      openPalette(page, text: "signal ")
      return []
    default: return []
    }
  }

  /// Sends an order to the very process that is on the screen.
  mutating func act(_ action: TargetAction, in scene: Scene) -> [Effect] {
    guard let target = scene.targetKey else { return [] }
    view.orders += 1
    view.message = action.announcement
    let order = Order(
      id: view.orders, action: action, target: target, accepts: isAccepted(action, in: scene))
    return [.command(.act(order))]
  }

  /// Whether the last answer was a question, and the same is wanted again: that is a yes.
  private func isAccepted(_ action: TargetAction, in scene: Scene) -> Bool {
    guard let snapshot = scene.snapshot,
      let last = snapshot.receipts.last(where: { $0.order != 0 && $0.isOwn })
    else { return false }
    let asked = snapshot.sample.moment.seconds(since: last.at)
    return last.question != nil && last.action == action.words
      && asked < ViewController.questionLasts
  }

  private static let questionLasts = 30.0

  /// Asks what could be evicted; the answer comes with a later reading.
  func survey(in scene: Scene) -> [Effect] {
    scene.targetKey.map { [.command(.survey($0))] } ?? []
  }
}

extension Scene {
  /// The process on the screen.
  var targetKey: ProcessKey? {
    snapshot?.sample.target.value.map {
      ProcessKey(pid: $0.pid, startTicks: $0.root.startTicks)
    }
  }
}

extension TargetAction {
  /// What is said until the outcome is known.
  fileprivate var announcement: Printable {
    switch self {
    case .collect: "collecting garbage in the target"
    case .evict: "evicting"
    case .quality: "setting the quality"
    case .batch(let size): "applying a batch size of \(size)"
    case .signal: "sending the signal"
    case .nice: "setting the niceness"
    case .affinity: "setting the processors"
    }
  }
}
