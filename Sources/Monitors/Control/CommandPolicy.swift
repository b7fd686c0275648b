import Glibc

/// What may be done to a process at all, whichever road leads there.
struct CommandPolicy: Sendable {
  /// Collections follow each other no faster than this, in seconds.
  static let restAfterCollection = 5.0
  private static let stuckLooks = 6
  private static let stuckLook: Int64 = 50_000_000

  let host: Host

  /// Why an order is refused before anybody looks at the process; `nil` if it is not.
  func refusal(of order: Order, _ context: ActionContext, lastCollection: Moment?) -> Printable? {
    if context.isReadOnly { return "perftop is read-only" }
    if order.action == .collect, let last = lastCollection {
      let since = host.time.now().seconds(since: last)
      if since < CommandPolicy.restAfterCollection {
        let left = Units.fixed((CommandPolicy.restAfterCollection - since).rounded(.up), digits: 0)
        return "the last collection is only just over: again in \(Printable(left)) s"
      }
    }
    return nil
  }

  /// Refuses a process that would not hear of it, or that somebody else holds.
  func examine(_ target: Target, for action: TargetAction) throws(RoadFailure) -> ProcessStanding {
    let standing = try target.standing()
    let isEnded = [UInt8(ascii: "Z"), UInt8(ascii: "X"), UInt8(ascii: "x")].contains(standing.state)
    if isEnded, target.threads.count <= 1 { throw .gone(Target.hasEnded) }
    // What the kernel does to a process needs no answer of the process.
    guard CommandPolicy.needsProgram(action) else { return standing }
    if standing.tracer != 0 {
      throw .cannot("process \(standing.tracer) traces it: nothing is done to it meanwhile")
    }
    if standing.state == UInt8(ascii: "T") || standing.state == UInt8(ascii: "t") {
      throw .cannot("it is stopped (state T) and would not hear of it: not delivered")
    }
    if standing.state == UInt8(ascii: "D"), try isStuck(target) {
      throw .cannot("it hangs in the kernel (state D) and would not hear of it: not delivered")
    }
    return standing
  }

  private static func needsProgram(_ action: TargetAction) -> Bool {
    switch action {
    case .collect, .quality, .batch: true
    case .evict(let ids): ids.isEmpty || ids.contains { !KernelRoad.ids.contains($0) }
    case .signal, .nice, .affinity: false
    }
  }

  /// Waiting for a disk is short; who is seen waiting again and again hangs.
  private func isStuck(_ target: Target) throws(RoadFailure) -> Bool {
    for _ in 0..<CommandPolicy.stuckLooks {
      host.time.wait(nanoseconds: CommandPolicy.stuckLook)
      if try target.standing().state != UInt8(ascii: "D") { return false }
    }
    return true
  }
}
