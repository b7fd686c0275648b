/// Makes a target give up what can be had again: its own caches, and what the kernel keeps for it.
struct EvictRoad: Road {
  let link: LinkRoad
  let name: Printable = "evict"

  /// What begins the id of one of the program's own caches.
  static let cachePrefix = "cache:"
  static let command = "command"

  let signsFailures = true

  func take(_ errand: Errand) throws(RoadFailure) -> Achievement {
    guard case .evict(let ids) = errand.order.action else { throw .cannot("nothing to evict") }
    return ids.isEmpty ? try harmless(errand) : try chosen(ids, errand)
  }

  func heap(_ errand: Errand) -> Bytes? { link.heap(errand) }

  /// What costs nothing but time to have again; the configured command where there is neither.
  private func harmless(_ errand: Errand) throws(RoadFailure) -> Achievement {
    var parts: [Achievement] = []
    var refusals: [(Printable, RoadFailure)] = []
    let steps: [(Printable, (Errand) throws(RoadFailure) -> Achievement)] = [
      (link.name, { errand throws(RoadFailure) in try link.evict([], errand) }),
      (KernelRoad.pages, { errand throws(RoadFailure) in try KernelRoad().evictPages(errand) }),
      ("command", { errand throws(RoadFailure) in try HookRoad().take(errand) }),
    ]
    for (name, step) in steps where parts.isEmpty || name != "command" {
      do throws(RoadFailure) {
        var part = try step(errand)
        part.road = part.road ?? name
        parts.append(part)
      } catch {
        if case .gone = error { throw error }
        refusals.append((name, error))
      }
    }
    if parts.isEmpty { throw EvictRoad.failure(of: refusals) }
    return EvictRoad.joined(parts)
  }

  private static func failure(of refusals: [(Printable, RoadFailure)]) -> RoadFailure {
    for (name, failure) in refusals {
      if case .failed(let why) = failure { return .failed("\(why) (\(name))") }
    }
    let isForbidden = refusals.lazy.compactMap { (name, failure) -> RoadFailure? in
      guard case .notPermitted(let needs) = failure else { return nil }
      return .notPermitted(needs: "\(needs) (\(name))")
    }
    if let first = isForbidden.first { return first }
    let list = refusals.map { "\($0.0): \($0.1.sentence)" }.joined(separator: "; ")
    return .cannot("nothing can be evicted: \(Printable(list))")
  }

  private func chosen(_ ids: [String], _ errand: Errand) throws(RoadFailure) -> Achievement {
    var caches: [String] = []
    var parts: [Achievement] = []
    for id in ids {
      switch id {
      case KernelRoad.pagesId:
        parts.append(
          try signed(KernelRoad.pages) { () throws(RoadFailure) in
            try KernelRoad().evictPages(errand)
          })
      case KernelRoad.coldId:
        parts.append(
          try signed("kernel") { () throws(RoadFailure) in try KernelRoad().evictCold(errand) })
      case KernelRoad.groupId:
        parts.append(
          try signed("kernel") { () throws(RoadFailure) in try GroupRoad(errand).reclaim() })
      case EvictRoad.command:
        let hook = HookRoad()
        var part = try signed(hook.name) { () throws(RoadFailure) in try hook.take(errand) }
        part.road = hook.name
        parts.append(part)
      default:
        let isPrefixed = id.hasPrefix(EvictRoad.cachePrefix)
        caches.append(isPrefixed ? String(id.dropFirst(EvictRoad.cachePrefix.count)) : id)
      }
    }
    if !caches.isEmpty {
      var part = try signed(link.name) { () throws(RoadFailure) in try link.evict(caches, errand) }
      part.road = link.name
      parts.insert(part, at: 0)
    }
    return EvictRoad.joined(parts)
  }

  /// What went wrong, with the road on which it did.
  private func signed(
    _ name: Printable, _ body: () throws(RoadFailure) -> Achievement
  ) throws(RoadFailure) -> Achievement {
    do throws(RoadFailure) { return try body() } catch {
      switch error {
      case .failed(let why): throw .failed("\(why) (\(name))")
      case .notPermitted(let needs): throw .notPermitted(needs: "\(needs) (\(name))")
      case .cannot, .unfit, .asks, .gone: throw error
      }
    }
  }

  private static func joined(_ parts: [Achievement]) -> Achievement {
    let leads = parts.map(\.lead.text).filter { !$0.isEmpty }
    let roads = parts.compactMap(\.road?.text)
    return Achievement(
      lead: Printable(leads.joined(separator: ", ")),
      heapBefore: parts.lazy.compactMap(\.heapBefore).first,
      heapAfter: parts.lazy.compactMap(\.heapAfter).first,
      road: Printable(roads.joined(separator: " + ")))
  }
}
