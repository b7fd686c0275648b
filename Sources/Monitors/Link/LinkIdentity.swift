/// What a linked program says of itself.
struct LinkIdentity {
  private let process = LocalListener.process
  private let started: UInt64?

  init() {
    let scratch = Scratch(size: 4096)
    let bytes = try? scratch.read(LiveFiles(), "/proc/self/stat")
    started = bytes.flatMap { ProcessStat.parse($0)?.startTicks }
  }

  static let client = "perftop Monitors 0.1"

  func greeting(_ link: Link) -> JSONValue {
    var fields: [JSONValue.Field] = [
      .init("protocol", .integer(1)), .init("name", .text(link.name)),
      .init("pid", .integer(Int64(process))), .init("client", .text(LinkIdentity.client)),
      .init("runtime", .text("swift")), .init("offers", link.book.withLock { $0.offers }),
    ]
    if let started { fields.append(.init("started", .integer(Int64(clamping: started)))) }
    if let limit = link.memoryLimit { fields.append(.init("memory_limit_bytes", .bytes(limit))) }
    return .object(fields)
  }
}

extension LinkBook {
  /// What the program can be asked for by now.
  var offers: JSONValue {
    var offers = ["gc"]
    if caches.contains(where: { $0.evict != nil }) { offers.append("evict") }
    if applyQuality != nil { offers.append("quality") }
    if usualBatch != nil { offers.append("batch") }
    return .list(offers.map(JSONValue.text))
  }
}
