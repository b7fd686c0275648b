internal import CSystem
import Monitors

/// `perftop send`: one action to some processes, from a script.
struct SendCommand {
  let host: Host
  let config: Config
  /// Speaks to programs that are linked.
  let link: LinkExchange?

  /// What goes to standard output, what to standard error, and how it ends.
  struct Answer: Equatable {
    var lines: [Printable] = []
    var errors: [Printable] = []
    var status: Int32 = 0
  }

  private static let longestWait = 3.0

  /// Does it to one process after another; the first that goes wrong decides how it ends.
  func answer(_ wish: Invocation.Send) -> Answer {
    var answer = Answer()
    for (place, pid) in wish.pids.enumerated() {
      let label: Printable = wish.pids.count > 1 ? "\(String(pid)): " : ""
      do throws(TargetError) {
        let held = try TargetFinder(host: host).attach(pid, scratch: Scratch(size: 8192))
        let key = ProcessKey(pid: held.pid, startTicks: held.startTicks)
        let order = Monitors.Order(
          id: UInt64(place + 1), action: wish.action, target: key, accepts: wish.accepts)
        take(outcome(of: order), pid, label, into: &answer)
      } catch {
        if label.isEmpty {
          answer.errors.append("perftop: \(error.sentence)")
        } else {
          let words = error.sentence.text
          let isNumbered = words.hasPrefix(label.text)
          let why = isNumbered ? String(words.dropFirst(label.text.count)) : words
          answer.lines.append("\(label)refused: \(Printable(why))")
        }
        if !error.advice.isEmpty { answer.errors.append(error.advice) }
        answer.note(error.exitCode)
      }
    }
    return answer
  }

  private func take(
    _ outcome: ActionOutcome, _ pid: Int32, _ label: Printable, into answer: inout Answer
  ) {
    answer.lines.append("\(label)\(outcome.receipt.outcome)")
    switch outcome.standing {
    case .done: break
    case .refused, .failed: answer.note(1)
    case .gone: answer.note(3)
    case .notPermitted:
      guard !Operator.isRoot else { return answer.note(4) }
      answer.errors.append(
        "run it as root: sudo perftop send \(outcome.receipt.action) -p \(String(pid))")
      answer.note(4)
    }
  }

  /// On a thread of its own, because a process that hangs in the kernel may hold whoever looks at it.
  private func outcome(of order: Monitors.Order) -> ActionOutcome {
    let runner = ActionRunner(host: host, link: link)
    let context = ActionContext(config, who: Operator.name(host.environment))
    let done = Mailbox<ActionOutcome>()
    let isStarted = Threads.start(name: "action") { done.offer(runner.perform(order, context)) }
    guard isStarted else { return lost(order, "failed: the system refuses a thread for it") }
    let limit = ActionRunner.limit(order.action.kind)
    let nanoseconds = Int64((limit + 1) * 1e9)
    guard cs_wait_readable(done.descriptor, nanoseconds) > 0, let outcome = done.take() else {
      let seconds = Units.fixed(limit, digits: 0)
      return lost(
        order, "failed: no answer in \(Printable(seconds)) s: not known whether it was done")
    }
    return outcome.settles ? settled(outcome) : outcome
  }

  private func lost(_ order: Monitors.Order, _ words: Printable) -> ActionOutcome {
    let receipt = Receipt(at: host.time.now(), who: "", outcome: words)
    return ActionOutcome(receipt: receipt, standing: .failed)
  }

  /// Waits a little for what was freed to go back to the system, as long as it still does.
  private func settled(_ outcome: ActionOutcome) -> ActionOutcome {
    var outcome = outcome
    let limit = host.time.now().later(by: SendCommand.longestWait)
    let step: Int64 = 1_000_000_000
    let worthWaiting = 0.01
    while host.time.now() < limit {
      host.time.wait(nanoseconds: step)
      let before = outcome.receipt.after?.resident?.count ?? 0
      guard let receipt = outcome.recount?() else { break }
      outcome.receipt = receipt
      let after = receipt.after?.resident?.count ?? 0
      if Double(before - after) < worthWaiting * Double(before) { break }
    }
    return outcome
  }
}

extension SendCommand.Answer {
  fileprivate mutating func note(_ code: Int32) { if status == 0 { status = code } }
}
