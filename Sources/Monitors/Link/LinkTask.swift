/// One action, understood: what remains is to do it.
enum LinkTask: Sendable {
  case collect
  case evict([String]?)
  case quality(LinkQuality)
  case batch(Int?)

  /// Reads what a viewer asks for.
  init(_ request: JSONValue, _ link: Link) throws(LinkRefusal) {
    switch request["action"]?.string {
    case "gc": self = .collect
    case "evict": self = .evict(try LinkTask.names(request["names"], link))
    case "quality": self = .quality(try LinkTask.quality(request, link))
    case "batch": self = .batch(try LinkTask.size(request, link))
    default: throw LinkRefusal(words: "unknown action")
    }
  }

  var action: String {
    switch self {
    case .collect: "gc"
    case .evict: "evict"
    case .quality: "quality"
    case .batch: "batch"
    }
  }

  /// Whether a newer one of its kind makes it pointless.
  var isOvertaken: Bool {
    switch self {
    case .collect, .evict: false
    case .quality, .batch: true
    }
  }

  private static func names(_ told: JSONValue?, _ link: Link) throws(LinkRefusal) -> [String]? {
    let evictable = link.book.withLock { $0.caches.filter { $0.evict != nil }.map(\.name) }
    guard !evictable.isEmpty else { throw LinkRefusal(words: "no cache can be emptied") }
    guard let told, told != .null else { return nil }
    guard let names = told.elements?.compactMap(\.string), !names.isEmpty else {
      throw LinkRefusal(words: "names is a list of names")
    }
    guard names.allSatisfy(evictable.contains) else {
      throw LinkRefusal(words: "no cache of that name")
    }
    return names
  }

  private static func quality(_ request: JSONValue, _ link: Link) throws(LinkRefusal)
    -> LinkQuality
  {
    guard link.book.withLock({ $0.applyQuality != nil }) else {
      throw LinkRefusal(words: "the program obeys no levels")
    }
    guard let level = request["level"]?.string, LinkQuality.levels.contains(level) else {
      throw LinkRefusal(words: "no such level")
    }
    var quality = LinkQuality(level: level, settings: request["settings"])
    quality.isManual = request["mode"]?.string != "auto"
    return quality
  }

  private static func size(_ request: JSONValue, _ link: Link) throws(LinkRefusal) -> Int? {
    guard link.book.withLock({ $0.usualBatch != nil }) else {
      throw LinkRefusal(words: "the program asks for no size")
    }
    if request["size"] == .null { return nil }
    guard let size = request["size"]?.whole, size >= 1, let whole = Int(exactly: size) else {
      throw LinkRefusal(words: "a size is at least 1, or null")
    }
    return whole
  }

  /// Does it, on the calling thread.
  func perform(_ link: Link) -> LinkOutcome {
    switch self {
    case .collect: return LinkTask.collect(link)
    case .evict(let names): return LinkTask.evict(names, link)
    case .quality(let quality):
      let apply = link.book.withLock { $0.applyQuality }
      apply?(quality)
      link.book.withLock { $0.quality = quality }
      return LinkOutcome(words: "set quality to \(quality.level)")
    case .batch(let size):
      link.book.withLock { $0.appliedBatch = size }
      return LinkOutcome(words: size.map { "set batches to \($0)" } ?? "set batches to the default")
    }
  }

  /// Swift frees what is not used at once; what the program and the C library keep of it can be given back.
  private static func collect(_ link: Link) -> LinkOutcome {
    let before = OwnMemory.resident()
    link.book.withLock { $0.collect }?()
    OwnMemory.trim()
    guard let before, let after = OwnMemory.resident() else {
      return LinkOutcome(words: "gave free memory back")
    }
    let freed = max(0, before - after)
    return LinkOutcome(words: "gave back \(Bytes(freed).text) of free memory", bytes: freed)
  }

  private static func evict(_ names: [String]?, _ link: Link) -> LinkOutcome {
    let caches = link.book.withLock { $0.caches }.filter {
      $0.evict != nil && names?.contains($0.name) != false
    }
    var freed: Int64 = 0
    for cache in caches {
      freed = freed.addingReportingOverflow(Int64(max(0, cache.evict?() ?? 0))).partialValue
    }
    OwnMemory.trim()
    let list = caches.map(\.name).joined(separator: ", ")
    return LinkOutcome(words: "evicted \(list)", bytes: freed)
  }
}
