/// The limits a target has, each with what counts against it.
struct MemoryBounds: Sendable {
  /// One limit.
  struct Bound: Sendable {
    var limit: MemoryLimit
    var left: Bytes
  }

  /// The least limit, with the least room that any of them leaves; `nil` where nothing limits it that could be read.
  static func tightest(
    of target: TargetSample, owned: Bytes?, system: SystemSample, configured: Bytes?,
    told: Bytes? = nil
  ) -> Bound? {
    var tightest: Bound?
    let consider = { (bytes: Bytes, left: Bytes, origin: Printable) in
      guard bytes > .zero else { return }
      guard let known = tightest else {
        tightest = Bound(limit: MemoryLimit(bytes: bytes, origin: origin), left: left)
        return
      }
      if bytes < known.limit.bytes {
        tightest?.limit = MemoryLimit(bytes: bytes, origin: origin)
      }
      tightest?.left = min(known.left, left)
    }
    if let configured, let owned { consider(configured, configured - owned, "memory.max_gb") }
    if let told, let owned { consider(told, told - owned, "the program's own limit") }
    if let group = target.cgroup.value, let limit = group.memoryLimit,
      let used = group.workingSet.value ?? group.memoryUsed.value
    {
      consider(limit, limit - used, "cgroup")
    }
    if case .some(.some(let limit)) = target.addressSpaceLimit.value,
      let virtual = target.root.virtual.value
    {
      consider(limit, limit - virtual, "address space limit")
    }
    if let total = system.memoryTotal.value, let available = system.memoryAvailable.value {
      consider(total, available, "machine")
    }
    return tightest
  }
}
