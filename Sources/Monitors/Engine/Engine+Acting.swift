/// Making targets do something: orders go out by the port, and what came of them comes back by it.
extension Engine {
  /// Sends an order on its way; where that can't be, the reason is there at once.
  func send(_ order: Order, by operator: Printable, at moment: Moment) -> ActionAnswer? {
    guard let actions else { return refusal(of: order, "nothing acts upon targets here", moment) }
    let index = place(of: order.target)
    let context = context(for: index, by: `operator`)
    return actions.leave(.act(order, context)).map { refusal(of: order, $0, moment, `operator`) }
  }

  /// Has the levels that pressure calls for sent to the targets that obey.
  mutating func steer(at moment: Moment) {
    guard actions != nil else { return }
    let orders = snapshots.compactMap {
      steering.order(for: $0, isReadOnly: config.isReadOnly)
    }
    let answers = orders.compactMap { send($0, by: "pressure", at: moment) }
    if !answers.isEmpty { _ = note(answers) }
  }

  private func refusal(
    of order: Order, _ why: Printable, _ moment: Moment, _ who: Printable = ""
  ) -> ActionAnswer {
    var receipt = Receipt(at: moment, who: who, outcome: "refused: \(why)")
    receipt.order = order.id
    receipt.action = order.action.words
    return .receipt(receipt, order.target)
  }

  /// Asks what could be evicted.
  func survey(_ key: ProcessKey, by operator: Printable) {
    _ = actions?.leave(.survey(key, context(for: place(of: key), by: `operator`)))
  }

  /// Shows what came of actions; the snapshots that come back show it at once.
  public mutating func note(_ answers: [ActionAnswer]) -> [Snapshot] {
    for answer in answers {
      switch answer {
      case .receipt(let receipt, _)
      where receipt.order >= Order.firstAutomatic && receipt.isRefusal: break
      case .receipt(let receipt, let key):
        let index = place(of: key) ?? 0
        if sets.indices.contains(index), snapshots.indices.contains(index) {
          sets[index].note(receipt, in: &snapshots[index])
        }
      case .surveyed(let key, let found):
        if let index = place(of: key) { sets[index].show(found, in: &snapshots[index]) }
      }
    }
    return snapshots
  }

  /// The target that a process is, or is a child of.
  private func place(of key: ProcessKey) -> Int? {
    let targets = snapshots.map(\.sample.target.value)
    let isProcess = { (process: ProcessSample) in
      process.pid == key.pid && process.startTicks == key.startTicks
    }
    return targets.firstIndex { $0.map { isProcess($0.root) } ?? false }
      ?? targets.firstIndex { $0?.children.contains(where: isProcess) ?? false }
  }

  private func context(for index: Int?, by operator: Printable) -> ActionContext {
    var context = ActionContext(config, who: `operator`)
    guard let index, snapshots.indices.contains(index) else { return context }
    context.level = snapshots[index].quality.level
    context.suggested = snapshots[index].quality.suggested
    context.link = snapshots[index].sample.link.value
    return context
  }
}
