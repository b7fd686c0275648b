/// Values by name, in the order in which the names came.
struct NamedValues<Value: Sendable>: Sendable {
  private(set) var values: [Value] = []
  private var places: [Printable: Int] = [:]

  var isEmpty: Bool { values.isEmpty }

  /// Changes the value of a name; the first time it is `new`.
  mutating func update(
    _ name: Printable, new: @autoclosure () -> Value, _ body: (inout Value) -> Void
  ) {
    let place = places[name] ?? values.count
    if place == values.count {
      values.append(new())
      places[name] = place
    }
    body(&values[place])
  }

  /// Changes them all, names excepted.
  mutating func updateAll(_ body: (inout Value) -> Void) {
    for place in values.indices { body(&values[place]) }
  }
}

/// All that one process has told since its connection began.
struct LinkPart: Sendable {
  let key: ProcessKey
  var greeting: LinkGreeting?
  var offers: Set<TargetAction.Kind> = []
  var heap: HeapSample?
  var operations = NamedValues<OperationSample>()
  var writes = NamedValues<WriteSample>()
  var batches: [BatchSample] = []
  var batchCount: UInt64 = 0
  var batchSize: BatchSizeSample?
  var quality: LinkedQualitySample?
  var components = NamedValues<ComponentSample>()
  var caches = NamedValues<CacheSample>()
  var gauges = NamedValues<GaugeSample>()
  var events: [LinkEventSample] = []
  var overflow: UInt64 = 0
  var toldAt: Moment?
  /// Whether the next reply goes on where the last one ended.
  private var isContinued = false
  private static let mostBatches = 1024
  private static let mostEvents = 128

  init(_ key: ProcessKey) { self.key = key }

  mutating func take(_ greeting: LinkGreeting) {
    self.greeting = greeting
    if let offers = greeting.offers { self.offers = offers }
  }

  mutating func add(_ reply: LinkReply, at moment: Moment) {
    toldAt = moment
    if let offers = reply.offers { self.offers = offers }
    if var heap = reply.heap {
      // The number of objects is told seldom; until then the last one holds.
      if heap.objects.value == nil, let known = self.heap?.objects.value {
        heap.objects = .stale(known, since: moment)
      }
      self.heap = heap
    }
    if !isContinued { noteIdle() }
    isContinued = reply.hasMore
    for told in reply.operations {
      operations.update(told.name, new: OperationSample(name: told.name)) { $0.add(told) }
    }
    for told in reply.writes {
      writes.update(told.format, new: WriteSample(format: told.format)) { $0.add(told) }
    }
    batches = (batches + reply.batches).suffix(LinkPart.mostBatches)
    batchCount = batchCount.adding(reply.batchCount)
    batchSize = reply.batchSize ?? batchSize
    quality = reply.quality ?? quality
    for told in reply.components { components.update(told.name, new: told) { $0 = told } }
    for told in reply.caches { caches.update(told.name, new: told) { $0 = told } }
    for told in reply.gauges { gauges.update(told.name, new: told) { $0 = told } }
    events = (events + reply.events).suffix(LinkPart.mostEvents)
    overflow = overflow.adding(reply.overflow)
  }

  /// What is not told of again is not under way any more.
  private mutating func noteIdle() {
    operations.updateAll {
      $0.active = 0
      $0.oldest = nil
    }
  }

  /// Forgets what is told once.
  mutating func rest() {
    batches = []
    events = []
    operations.updateAll { if !$0.latencies.isEmpty { $0.latencies = LatencyBuckets() } }
  }

  /// What counts of a process that is gone: sums, and nothing that was as of then.
  mutating func retire() {
    noteIdle()
    components = NamedValues()
    caches = NamedValues()
    gauges = NamedValues()
    offers = []
    heap = nil
    quality = nil
    batchSize = nil
  }
}

extension OperationSample {
  /// Adds what another process, or the same one since, told of it.
  mutating func add(_ told: OperationSample) {
    if kind.isEmpty { kind = told.kind }
    count = count.adding(told.count)
    errors = errors.adding(told.errors)
    items += told.items
    seconds += told.seconds
    active = active.addingReportingOverflow(told.active).partialValue
    oldest = [oldest, told.oldest].compactMap(\.self).max()
    memoryDelta += told.memoryDelta
    memorySamples = memorySamples.adding(told.memorySamples)
    latencies.add(told.latencies)
  }
}

extension WriteSample {
  mutating func add(_ told: WriteSample) {
    bytes = bytes.adding(told.bytes)
    count = count.adding(told.count)
    seconds += told.seconds
  }
}
