/// How far one viewer has been told.
struct LinkCursor {
  var generation: UInt32 = 0
  var operations: [OperationMark] = []
  /// Where the next poll goes on, if the last reply was full.
  var operationPlace = 0
  var written: [LinkBook.Written] = []
  var batchCount: UInt64 = 0
  var batchItems = 0.0
  var batchSeconds = 0.0
  var batchFailed: UInt64 = 0
  var gauges: [UInt64] = []
  var components: [UInt64] = []
  var cachePlace = 0
  var overflow: UInt64 = 0
  var event: UInt64 = 0
}

/// What one reply will say, taken from the book in one go.
struct LinkDraft: Sendable {
  private var room = LinkDraft.most
  private var hasMore = false
  private var offers: JSONValue
  private var operations: [OperationNews] = []
  private var written: [JSONValue] = []
  private var batches: [JSONValue.Field] = []
  private var gauges: [JSONValue.Field] = []
  private var components: [LinkBook.Told<LinkBook.Component>] = []
  private var caches: [LinkCache]
  private var cacheValues: [JSONValue] = []
  private var members: [JSONValue.Field] = []
  /// A reply has at most 1 MiB; what is reckoned here is more than it will have.
  private static let most = 1_000_000

  init(_ book: LinkBook, _ cursor: inout LinkCursor, wantsEvents: Bool) {
    if cursor.generation != book.generation { cursor = LinkCursor() }
    cursor.generation = book.generation
    offers = book.offers
    caches = book.caches
    takeOperations(book, &cursor)
    takeWritten(book, &cursor)
    takeBatches(book, &cursor)
    takeTold(book, &cursor)
    takeState(book)
    if book.overflow != cursor.overflow {
      members.append(
        .init("overflow", .integer(Int64(clamping: book.overflow &- cursor.overflow))))
      cursor.overflow = book.overflow
    }
    if wantsEvents { takeEvents(book, &cursor) }
  }

  /// Whether there is room for something with a name; every character of it may need six.
  private mutating func fits(_ name: String, _ others: Int) -> Bool {
    let size = name.utf8.count * 6 + others
    guard size <= room else {
      hasMore = true
      return false
    }
    room -= size
    return true
  }

  private mutating func takeOperations(_ book: LinkBook, _ cursor: inout LinkCursor) {
    let all = book.operations
    while cursor.operations.count < all.count { cursor.operations.append(OperationMark()) }
    let first = cursor.operationPlace
    cursor.operationPlace = 0
    for offset in all.indices {
      let place = (first + offset) % all.count
      var mark = cursor.operations[place]
      guard let news = all[place].news(since: &mark) else { continue }
      guard fits(news.name, news.kind.utf8.count * 6 + 400 + news.buckets.count * 30) else {
        cursor.operationPlace = place
        return
      }
      cursor.operations[place] = mark
      operations.append(news)
    }
  }

  private mutating func takeWritten(_ book: LinkBook, _ cursor: inout LinkCursor) {
    for (place, now) in book.written.enumerated() {
      if place == cursor.written.count { cursor.written.append(.init(format: now.format)) }
      let before = cursor.written[place]
      guard now.count != before.count else { continue }
      guard fits(now.format, 150) else { return }
      cursor.written[place] = now
      written.append(
        .object([
          .init("format", .text(now.format)), .init("count", .counter(now.count &- before.count)),
          .init("bytes", .counter(now.bytes &- before.bytes)),
          .init("seconds", .number(Double(now.nanoseconds &- before.nanoseconds) / 1e9)),
        ]))
    }
  }

  private mutating func takeBatches(_ book: LinkBook, _ cursor: inout LinkCursor) {
    let now = book.batches
    let added = now.count &- cursor.batchCount
    guard added > 0, fits("", 200 + 160 * 256) else { return }
    let recent = now.recent.suffix(Int(clamping: min(added, UInt64(now.recent.count))))
    batches = [
      .init("count", .counter(added)), .init("items", .number(now.items - cursor.batchItems)),
      .init("seconds", .number(now.seconds - cursor.batchSeconds)),
      .init("failed", .counter(now.failed &- cursor.batchFailed)),
      .init("recent", .list(recent.map(\.json))),
    ]
    cursor.batchCount = now.count
    cursor.batchItems = now.items
    cursor.batchSeconds = now.seconds
    cursor.batchFailed = now.failed
  }

  private mutating func takeTold(_ book: LinkBook, _ cursor: inout LinkCursor) {
    for (place, gauge) in book.gauges.enumerated() {
      if place == cursor.gauges.count { cursor.gauges.append(0) }
      guard gauge.change != cursor.gauges[place] else { continue }
      guard fits(gauge.name, 40) else { return }
      cursor.gauges[place] = gauge.change
      gauges.append(.init(gauge.name, .number(gauge.value)))
    }
    for (place, component) in book.components.enumerated() {
      if place == cursor.components.count { cursor.components.append(0) }
      guard component.change != cursor.components[place] else { continue }
      guard fits(component.name, 200) else { return }
      cursor.components[place] = component.change
      components.append(component)
    }
  }

  private mutating func takeState(_ book: LinkBook) {
    if let usual = book.usualBatch {
      let applied = book.appliedBatch.map(JSONValue.count) ?? .null
      members.append(
        .init(
          "batch_size",
          .object([.init("default", .count(usual)), .init("applied", applied)])))
    }
    if let quality = book.quality {
      let mode = quality.isManual ? "manual" : "auto"
      members.append(
        .init(
          "quality",
          .object([.init("level", .text(quality.level)), .init("mode", .text(mode))])))
    }
  }

  private mutating func takeEvents(_ book: LinkBook, _ cursor: inout LinkCursor) {
    let news = book.events.filter { $0.number > cursor.event && fits($0.outcome, 2000) }
    if let newest = news.last { cursor.event = newest.number }
    members.append(.init("events", .list(news.map(\.json))))
  }

  /// Asks the caches themselves; those that find no room come with the next reply.
  mutating func addCaches(_ cursor: inout LinkCursor, _ desk: inout LinkCacheDesk) {
    guard !caches.isEmpty else { return }
    let told = desk.values(of: caches)
    for place in caches.indices.dropFirst(cursor.cachePlace) {
      guard fits(caches[place].name, 200) else {
        cursor.cachePlace = place
        return
      }
      cacheValues.append(told[caches[place].name] ?? caches[place].untold)
    }
    cursor.cachePlace = 0
  }

  /// The reply.
  func json(at now: Int64) -> JSONValue {
    let heap = JSONValue.object([.init("used_bytes", .counter(OwnMemory.heap))])
    var fields: [JSONValue.Field] = [.init("offers", offers), .init("heap", heap)]
    if !operations.isEmpty {
      fields.append(.init("operations", .list(operations.map { $0.json(at: now) })))
    }
    if !written.isEmpty { fields.append(.init("writes", .list(written))) }
    if !batches.isEmpty { fields.append(.init("batches", .object(batches))) }
    if !components.isEmpty {
      fields.append(.init("components", .list(components.map { $0.json(at: now) })))
    }
    if !cacheValues.isEmpty { fields.append(.init("caches", .list(cacheValues))) }
    if !gauges.isEmpty { fields.append(.init("gauges", .object(gauges))) }
    fields += members
    if hasMore { fields.append(.init("more", .bool(true))) }
    return .object(fields)
  }
}
