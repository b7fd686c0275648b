/// What a linked process says of itself when it is greeted.
struct LinkGreeting: Sendable, Equatable {
  var name: Printable
  var client: Printable
  var started: UInt64?
  var memoryLimit: Bytes?
  var offers: Set<TargetAction.Kind>?

  init(_ reply: JSONValue) {
    name = reply["name"]?.name ?? ""
    let library = reply["client"]?.name ?? ""
    let runtime = reply["runtime"]?.name ?? ""
    client = runtime.isEmpty ? library : "\(library) (\(runtime))"
    started = reply["started"]?.whole
    memoryLimit = reply["memory_limit_bytes"]?.bytes
    offers = reply["offers"]?.offers
  }
}

/// What one poll of a linked process told: sums are what was added.
struct LinkReply: Sendable, Equatable {
  var offers: Set<TargetAction.Kind>?
  var heap: HeapSample?
  var operations: [OperationSample] = []
  var writes: [WriteSample] = []
  var batchCount: UInt64 = 0
  var batches: [BatchSample] = []
  var batchSize: BatchSizeSample?
  var quality: LinkedQualitySample?
  var components: [ComponentSample] = []
  var caches: [CacheSample] = []
  var gauges: [GaugeSample] = []
  var events: [LinkEventSample] = []
  var overflow: UInt64 = 0
  var hasMore = false

  init(_ reply: JSONValue) {
    offers = reply["offers"]?.offers
    heap = reply["heap"].flatMap(HeapSample.init)
    operations = (reply["operations"]?.elements ?? []).compactMap(OperationSample.init)
    writes = (reply["writes"]?.elements ?? []).compactMap(WriteSample.init)
    if let told = reply["batches"] {
      batchCount = told["count"]?.whole ?? 0
      batches = (told["recent"]?.elements ?? []).suffix(LinkReply.mostBatches)
        .compactMap(BatchSample.init)
    }
    batchSize = reply["batch_size"].flatMap(BatchSizeSample.init)
    quality = reply["quality"].flatMap(LinkedQualitySample.init)
    components = (reply["components"]?.elements ?? []).compactMap(ComponentSample.init)
    caches = (reply["caches"]?.elements ?? []).compactMap(CacheSample.init)
    gauges = (reply["gauges"]?.members ?? []).compactMap { field in
      field.value.real.map { GaugeSample(name: .name(field.name), value: $0) }
    }
    events = (reply["events"]?.elements ?? []).suffix(LinkReply.mostEvents)
      .compactMap(LinkEventSample.init)
    overflow = reply["overflow"]?.whole ?? 0
    hasMore = reply["more"]?.truth ?? false
  }

  private static let mostBatches = 256
  private static let mostEvents = 64
}

extension Printable {
  private static let longestName = 128

  /// A name as a program gave it, no longer than names may be.
  static func name(_ raw: String) -> Printable {
    raw.utf8.count <= longestName
      ? Printable(raw) : Printable(bytes: Array(raw.utf8.prefix(longestName)))
  }
}

extension JSONValue {
  fileprivate var name: Printable? { string.map(Printable.name) }
  fileprivate var bytes: Bytes? { whole.map(Bytes.init(clamping:)) }
  fileprivate var duration: Double? { real.map { max(0, $0) } }
  fileprivate var offers: Set<TargetAction.Kind>? {
    let linked: Set<TargetAction.Kind> = [.collect, .evict, .quality, .batch]
    return elements.map { list in
      Set(list.compactMap { $0.string.flatMap(TargetAction.Kind.init) }).intersection(linked)
    }
  }
}

extension HeapSample {
  fileprivate init?(_ told: JSONValue) {
    guard told.members != nil else { return nil }
    self.init()
    let untold = Absence.because("its runtime does not tell")
    used = told["used_bytes"]?.bytes.map { .fresh($0) } ?? .missing(untold)
    objects = told["objects"]?.whole.map { .fresh($0) } ?? .missing(untold)
    collections = told["collections"]?.whole.map { .fresh($0) } ?? .missing(untold)
    collectionSeconds = told["collection_seconds"]?.duration.map { .fresh($0) } ?? .missing(untold)
    usedAfterCollection =
      told["used_after_collection_bytes"]?.bytes.map { .fresh($0) } ?? .missing(untold)
  }
}

extension OperationSample {
  fileprivate init?(_ told: JSONValue) {
    guard let name = told["name"]?.name else { return nil }
    self.init(name: name)
    kind = told["type"]?.name ?? ""
    count = told["count"]?.whole ?? 0
    errors = told["errors"]?.whole ?? 0
    items = max(0, told["items"]?.real ?? 0)
    seconds = told["seconds"]?.duration ?? 0
    active = Int(clamping: told["active"]?.whole ?? 0)
    oldest = active > 0 ? told["oldest_s"]?.duration : nil
    memoryDelta = told["memory_bytes"]?.real ?? 0
    memorySamples = told["memory_samples"]?.whole ?? 0
    for field in told["buckets"]?.members ?? [] {
      guard let bucket = Int(field.name), let count = field.value.whole else { continue }
      latencies.add(count, bucket: bucket)
    }
  }
}

extension WriteSample {
  fileprivate init?(_ told: JSONValue) {
    guard let format = told["format"]?.name else { return nil }
    self.init(format: format)
    bytes = told["bytes"]?.whole ?? 0
    count = told["count"]?.whole ?? 0
    seconds = told["seconds"]?.duration ?? 0
  }
}

extension BatchSample {
  fileprivate init?(_ told: JSONValue) {
    guard let size = told["size"]?.real, let seconds = told["seconds"]?.duration else { return nil }
    self.init(
      size: max(0, size), seconds: seconds, items: max(0, told["items"]?.real ?? 0),
      memory: told["memory_bytes"]?.bytes, isDone: told["ok"]?.truth ?? true)
    isOutOfMemory = told["oom"]?.truth ?? false
  }
}

extension BatchSizeSample {
  fileprivate init?(_ told: JSONValue) {
    guard let usual = told["default"]?.whole else { return nil }
    self.init(
      usual: Int(clamping: usual), applied: told["applied"]?.whole.map { Int(clamping: $0) })
  }
}

extension LinkedQualitySample {
  fileprivate init?(_ told: JSONValue) {
    guard let level = told["level"]?.name else { return nil }
    self.init(level: level, isManual: told["mode"]?.string == "manual")
  }
}

extension LinkEventSample {
  fileprivate init?(_ told: JSONValue) {
    guard let at = told["at"]?.real, let action = told["action"]?.name, !action.isEmpty else {
      return nil
    }
    self.init(at: at, action: action)
    who = told["who"]?.name ?? ""
    outcome = told["outcome"]?.name ?? ""
    isOwn = told["id"]?.string.map { $0.hasPrefix(LinkCourier.mark) } ?? false
  }
}

extension ComponentSample {
  fileprivate init?(_ told: JSONValue) {
    guard let name = told["name"]?.name else { return nil }
    self.init(name: name)
    priority = Int(clamping: told["priority"]?.whole ?? 1)
    framesPerSecond = told["fps"]?.duration
    latency = told["latency_ms"]?.duration.map { $0 / 1000 }
    queue = told["queue"]?.duration
    age = told["age_s"]?.duration ?? 0
  }
}

extension CacheSample {
  fileprivate init?(_ told: JSONValue) {
    guard let name = told["name"]?.name else { return nil }
    self.init(name: name)
    bytes = told["bytes"]?.bytes
    entries = told["entries"]?.whole
    hits = told["hits"]?.whole
    misses = told["misses"]?.whole
    isEvictable = told["evictable"]?.truth ?? false
    inUse = told["in_use"]?.whole
  }
}
