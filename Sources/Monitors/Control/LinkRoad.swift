/// One exchange with a linked process, on a connection of its own: a request's members go out, the reply comes back.
///
/// Throws a `LinkFailure` where there is no link, or no answer by the deadline.
public typealias LinkExchange =
  @Sendable (ProcessKey, [JSONValue.Field], Moment) throws(LinkFailure) -> JSONValue

extension LinkCourier {
  /// Exchanges in the name of whoever sits at this terminal.
  public static func exchange(host: Host) -> LinkExchange {
    let courier = LinkCourier(host: host, who: Operator.name(host.environment))
    return { key, members, deadline throws(LinkFailure) in
      try courier.ask(members, of: key, until: deadline)
    }
  }
}

/// By the program's own link: the only road to what a program alone can do.
struct LinkRoad: Road {
  let exchange: LinkExchange?
  let name: Printable = "link"

  func take(_ errand: Errand) throws(RoadFailure) -> Achievement {
    let state = try state(errand)
    let kind = errand.order.action.kind
    guard state.offers.contains(kind.rawValue) else {
      throw .cannot("the program is linked but does not offer \(Printable(kind.rawValue))")
    }
    switch errand.order.action {
    case .collect:
      let reply = try act([.init("action", .text("gc"))], errand)
      let after = heap(errand)
      return Achievement(heapBefore: state.heap, heapAfter: after, seconds: reply.seconds)
    case .evict(let ids): return try evict(ids, errand)
    case .quality(let wish): return try setQuality(wish, errand)
    case .batch(let size):
      let members: [JSONValue.Field] = [
        .init("action", .text("batch")), .init("size", .integer(Int64(size))),
      ]
      let reply = try act(members, errand)
      return Achievement(lead: "batch size \(size)", seconds: reply.seconds)
    case .signal, .nice, .affinity: throw .cannot("the link does not do this")
    }
  }

  func heap(_ errand: Errand) -> Bytes? {
    var errand = errand
    errand.deadline = errand.host.time.now().later(by: 2)
    return (try? speak([.init("op", .text("poll"))], errand)).flatMap(LinkState.heap)
  }

  private func setQuality(_ wish: QualityOrder, _ errand: Errand) throws(RoadFailure) -> Achievement
  {
    // What was polled last may be a step behind one that has just been taken.
    let now = LinkState(try speak([.init("op", .text("poll"))], errand))
    let current = now.level ?? errand.context.level
    let level = try QualityWish.level(wish, current: current, errand.context)
    let isAutomatic = wish == .automatic || errand.order.isAutomatic
    let components = errand.context.link?.components ?? []
    let plan = errand.context.quality.plan(for: level, components: components)
    let members: [JSONValue.Field] = [
      .init("action", .text("quality")), .init("level", .text(level.name)),
      .init("mode", .text(isAutomatic ? "auto" : "manual")),
      .init("settings", plan?.json ?? .object([])),
    ]
    let reply = try act(members, errand)
    let change: Printable = current.map { "\($0.title) → \(level.title)" } ?? level.title
    let reason = errand.order.reason
    let end: Printable =
      errand.order.isAutomatic
      ? " by itself\(reason.isEmpty ? "" : ": \(reason)")" : isAutomatic ? ", automatic" : ""
    return Achievement(lead: "quality \(change)\(end)", seconds: reply.seconds)
  }

  func state(_ errand: Errand) throws(RoadFailure) -> LinkState {
    if let link = errand.context.link { return LinkState(link) }
    return LinkState(try speak([.init("op", .text("poll"))], errand))
  }

  func act(
    _ members: [JSONValue.Field], _ errand: Errand, with process: ProcessKey? = nil
  ) throws(RoadFailure) -> OrderReply {
    let who = JSONValue.Field("who", .text(errand.context.who.text))
    let reply = try speak([.init("op", .text("do"))] + members + [who], errand, with: process)
    if case .bool(true) = reply["ok"] { return OrderReply(reply) }
    let why = reply["error"].flatMap(OrderReply.text) ?? "it gives no reason"
    if why == "busy" || why == "overtaken" { throw .cannot("\(why) (link)") }
    throw .failed("the program says: \(why)")
  }

  /// Says something to the target, or to one of its children that is linked too.
  func speak(
    _ members: [JSONValue.Field], _ errand: Errand, with process: ProcessKey? = nil
  ) throws(RoadFailure) -> JSONValue {
    guard let exchange else { throw .unfit("not linked") }
    do throws(LinkFailure) {
      return try exchange(process ?? errand.target.key, members, errand.deadline)
    } catch {
      if error == .notLinked(LinkFailure.nothingThere) { throw .unfit("not linked") }
      if case .notLinked(let why) = error { throw .cannot(why) }
      throw .failed(error.sentence)
    }
  }
}
