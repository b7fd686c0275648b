import Testing

@testable import Monitors

@Suite("What rules can watch") struct MetricsTests {
  /// A tick in which everything there is has a value.
  static let full: AlertsInput = {
    var sample = Sample(moment: Moment(nanoseconds: 1_000_000_000), place: 1)
    var root = ProcessSample(pid: 42)
    root.state = "S"
    root.threads = 3
    root.descriptors = .fresh(10)
    var target = TargetSample(pid: 42, root: root)
    target.uptime = 12
    sample.target = .fresh(target)
    sample.link = .fresh(link)
    sample.system = system
    var input = AlertsInput(Readings(sample: sample, interval: 1), target: .watched)
    input.readings.vitals.cpu = .fresh(Ratio(0.2))
    fillTarget(&input)
    fillWork(&input)
    fillMachine(&input)
    return input
  }()

  private static let link: LinkSample = {
    var link = LinkSample()
    var component = ComponentSample(name: "lane.finder [left]")
    component.framesPerSecond = 28
    component.latency = 0.035
    component.queue = 2
    component.age = 1.5
    var cache = CacheSample(name: "frames")
    (cache.bytes, cache.entries, cache.hits, cache.misses, cache.inUse) = (Bytes(7), 1, 2, 3, 4)
    link.components = [component]
    link.caches = [cache]
    link.gauges = [GaugeSample(name: "episodes.done", value: 12)]
    return link
  }()

  private static let system: SystemSample = {
    var system = SystemSample()
    let stalls = PressureSample(some10: 5, some60: 4, full10: 3, someTotal: 1)
    system.load = .fresh(1.5)
    system.memoryAvailable = .fresh(Bytes(100))
    system.swapFree = .fresh(Bytes(50))
    system.oomKills = .fresh(3)
    (system.cpuPressure, system.memoryPressure) = (.fresh(stalls), .fresh(stalls))
    system.ioPressure = .fresh(stalls)
    var gpu = GPUSample(name: "card0", source: "amdgpu")
    gpu.utilization = .fresh(Ratio(0.3))
    gpu.memoryUsed = .fresh(Bytes(9))
    gpu.temperature = .fresh(Celsius(44))
    gpu.watts = .fresh(8)
    gpu.megahertz = .fresh(900)
    system.gpus = .fresh([gpu])
    return system
  }()

  private static func fillTarget(_ input: inout AlertsInput) {
    let bytes: (Int64) -> Measured<Bytes> = { .fresh(Bytes($0)) }
    (input.readings.memory.resident, input.readings.memory.proportional) = (bytes(11), bytes(12))
    (input.readings.memory.swapped, input.readings.memory.anonymous) = (bytes(13), bytes(14))
    (input.readings.memory.file, input.readings.memory.shared, input.readings.memory.owned) = (
      bytes(15), bytes(16), bytes(17)
    )
    input.readings.memory.limit = MemoryLimit(bytes: Bytes(100), origin: "machine")
    input.readings.memory.left = Bytes(83)
    input.readings.memory.used = Ratio(0.17)
    input.readings.memory.growth = .fresh(BytesPerSecond(18))
    input.readings.memory.majorFaults = 0.5
    input.readings.memory.growing = [
      MappingGrowth(
        name: "[heap]", owned: Bytes(5), resident: Bytes(6), growth: BytesPerSecond(7))
    ]
    input.readings.memory.leak.verdict = .leak
    input.readings.memory.leak.slope = BytesPerSecond(19)
    input.readings.memory.leak.confidence = 0.9
    input.readings.memory.descriptorLeak.perMinute = 2
    input.readings.memory.threadLeak.perMinute = 3
    input.readings.memory.exhaustion = .expected(
      .init(seconds: 60, low: 50, high: 70, limit: "machine", isSuspected: false))
    var heap = HeapSample()
    (heap.used, heap.usedAfterCollection) = (bytes(20), bytes(21))
    (heap.objects, heap.collections) = (.fresh(22), .fresh(23))
    heap.collectionSeconds = .fresh(0.25)
    input.readings.memory.heap = .fresh(heap)
    fillStorage(&input.readings.storage)
  }

  private static func fillStorage(_ storage: inout StorageReading) {
    storage.readRate = .fresh(BytesPerSecond(1))
    storage.writeRate = .fresh(BytesPerSecond(2))
    storage.writeCallRate = .fresh(BytesPerSecond(3))
    storage.coverage = Ratio(0.8)
    storage.stall = StorageStall(seconds: 4, evidence: "state D")
    storage.formats = [
      FormatRate(format: "parquet", files: 2, writeRate: BytesPerSecond(5), written: Bytes(6))
    ]
    var file = OpenFileSample(path: "/data/a.parquet")
    file.size = Bytes(9)
    storage.files = [
      FileRate(
        file: file, writeRate: BytesPerSecond(7), readRate: BytesPerSecond(8), progress: nil)
    ]
    storage.filesystems = [AlertRulesTests.filesystem(90, of: 100, inodes: (1000, 20))]
  }

  private static func fillWork(_ input: inout AlertsInput) {
    (input.readings.batching.current, input.readings.batching.suggested) = (10, 20)
    input.readings.batching.gain = Ratio(0.1)
    input.readings.batching.throughput = 100
    input.readings.batching.fallen = Ratio(0.2)
    input.readings.batching.successRate = Ratio(0.9)
    input.readings.batching.memory = Bytes(30)
    (input.readings.quality.level, input.readings.quality.suggested) = (.high, .medium)
    (input.readings.quality.wanted, input.readings.quality.pressure) = (.medium, 0.7)
    input.readings.quality.terms = [PressureTerm(name: "cpu stalls", value: .fresh(0.6))]
    var row = OperationRow(name: "collect episode")
    (row.perSecond, row.itemsPerSecond, row.mean, row.median) = (1, 2, 3, 4)
    (row.p95, row.p99, row.oldest, row.memoryDelta) = (5, 6, 7, 8)
    input.readings.operations.rows = [row]
    input.readings.operations.absence = nil
  }

  private static func fillMachine(_ input: inout AlertsInput) {
    let sensor = SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(50)))
    input.readings.thermal.hottest = .fresh(sensor)
    input.readings.thermal.sensors = [sensor]
    (input.readings.thermal.throttledNow, input.readings.thermal.throttledSinceBoot) = (false, true)
    input.readings.thermal.frequencies = [
      FrequencySample(
        name: "policy0", current: .fresh(1000), allowed: .fresh(2000), hardware: .fresh(2000))
    ]
    var fan = CoolingSample(name: "fan", isFan: true, state: 1, maximum: 4)
    fan.rpm = 900
    input.readings.thermal.cooling = [fan]
    input.readings.thermal.power = [PowerSample(name: "5V", watts: .fresh(6), charge: Ratio(0.5))]
    input.judgement.absence = nil
    input.judgement.machine = Pressure(.high)
    input.judgement.target = Pressure(.low)
    input.judgement.score.value = 88
    var efficiency = ComponentEfficiency(name: "lane.finder [left]", priority: 1)
    efficiency.frames = Ratio(0.75)
    input.judgement.components = [efficiency]
    input.judgement.trends[0].direction = .rising
    input.judgement.trends[0].perHour = 3
    input.judgement.forecasts = [
      Forecast(.disk, "/data", outlook: .failing(.init(median: 100, low: 90, high: 110)))
    ]
  }

  static var document: JSONValue {
    let input = full
    return Snapshot(
      sample: input.readings.sample, vitals: input.readings.vitals, memory: input.readings.memory,
      storage: input.readings.storage,
      batching: input.readings.batching, quality: input.readings.quality,
      thermal: input.readings.thermal,
      alerts: AlertsReading(), health: Health(), marks: [], receipts: [], watching: .watching,
      operations: input.readings.operations, judgement: input.judgement
    ).document
  }

  /// Numbers and words of the document that no rule watches, and why there is no loss in that.
  static let left: Set<String> = [
    // What it is, not how it does.
    "schema", "sequence", "time", "host", "self", "watching", "target.pid", "target.uid",
    "target.name", "target.command", "target.started", "target.runtime", "target.children_left_out",
    "system.processors", "memory.headline", "storage.headline", "thermal.headline",
    "thermal.simulated", "thermal.advice", "batching.reason", "batching.cost", "quality.reason",
    "batching.throughput_window_s", "batching.success_window_s", "quality.settings",
    "memory.limit_origin", "memory.exhaustion.limit", "storage.stall.evidence",
    "pressure.machine_cause", "pressure.target_cause", "storage.full.mount",
    "memory.leak.evidence", "memory.leak.since", "memory.leak.mapping", "memory.leak.kind",
    "memory.leak.share", "memory.leak.resolved", "memory.descriptor_leak.since",
    "memory.thread_leak.since",
    // Told in another place, or by alerts themselves.
    "alerts", "unavailable", "receipts",
  ]

  @Test("every metric is in the document, with the value that a rule reads")
  func agreement() throws {
    let document = Self.document
    for metric in Metrics.all {
      switch metric.access {
      case .number(let read):
        let value = try #require(read(Self.full), "\(metric.path)")
        #expect(Self.number(Self.find(metric.path, in: document)) == value, "\(metric.path)")
      case .word(let read):
        let word = try #require(read(Self.full), "\(metric.path)")
        #expect(metric.words.contains(word), "\(metric.path)")
        #expect(Self.word(Self.find(metric.path, in: document)) == word, "\(metric.path)")
      case .numbers(let each):
        try Self.agree(metric, each) { Self.number(Self.find($0, key: $1, in: document)) }
      case .words(let each):
        try Self.agree(metric, each) { Self.word(Self.find($0, key: $1, in: document)) }
      }
    }
  }

  /// Of each of several things: all at once, and one by its name.
  private static func agree<Value: Equatable>(
    _ metric: Metric, _ each: Metric.Each<Value>, _ find: (String, String?) -> Value?
  ) throws {
    var names: [(Printable, Value?)] = []
    each.all(full) { names.append(($0, $1)) }
    let (name, value) = try #require(names.first { $0.1 != nil }, "\(metric.path)")
    #expect(each.one(full, name) == value, "\(metric.path)")
    #expect(each.one(full, "nobody") == nil)
    let path = metric.path.split(separator: "NAME", omittingEmptySubsequences: false)
      .joined(separator: "\u{1}\(name)\u{1}")
    #expect(find(path, metric.key) == value, "\(metric.path)")
    #expect(Metrics.named(Metrics.path(metric.path, of: name))?.name == name)
  }

  private static func number(_ value: JSONValue?) -> Double? {
    switch value {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }

  private static func word(_ value: JSONValue?) -> String? {
    switch value {
    case .text(let text): text
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  private static func find(_ path: String, in document: JSONValue) -> JSONValue? {
    path.split(separator: ".").reduce(document) { $0?[String($1)] }
  }

  /// `list[NAME].field` or `object.NAME`, the name between marks.
  private static func find(_ path: String, key: String?, in document: JSONValue) -> JSONValue? {
    let parts = path.split(separator: "\u{1}", omittingEmptySubsequences: false).map(String.init)
    let isList = parts[0].hasSuffix("[")
    let place = find(String(parts[0].dropLast()), in: document)
    let field = String(parts[2].drop { $0 == "]" || $0 == "." })
    guard isList else { return place?[parts[1]] }
    guard case .list(let items)? = place, let key else { return place?[parts[1]]?[field] }
    return items.first { $0[key] == .text(parts[1]) }?[field]
  }

  @Test("every number and word of the document that is not in a list can be watched")
  func complete() {
    let known = Set(Metrics.all.map(\.path)).union(Self.left)
    var leaves: [String] = []
    Self.walk(Self.document, "", &leaves)
    let unknown = leaves.filter { path in
      !known.contains { $0 == path || path.hasPrefix("\($0).") }
        && !Metrics.all.contains { $0.hasNames && path.hasPrefix(Self.beginning($0)) }
    }
    #expect(
      Set(unknown).subtracting([
        "memory.mappings", "system.memory_total_bytes", "system.swap_total_bytes",
        "batching.memory_limit_bytes",
      ]) == [])
  }

  private static func beginning(_ metric: Metric) -> String {
    metric.path.split(separator: "NAME").first.map { $0.last == "[" ? $0.dropLast() + "." : $0 }
      .map(String.init) ?? metric.path
  }

  private static func walk(_ value: JSONValue, _ path: String, _ leaves: inout [String]) {
    switch value {
    case .object(let fields):
      for field in fields {
        walk(field.value, path.isEmpty ? field.name : "\(path).\(field.name)", &leaves)
      }
    case .number, .integer, .text, .bool: leaves.append(path)
    case .list, .null: break
    }
  }

  @Test("a path names one, each or none")
  func paths() {
    #expect(Metrics.named("components[*].fps")?.isEach == true)
    #expect(Metrics.named("components[a.b[c]].fps")?.name == "a.b[c]")
    #expect(Metrics.named("gauges.queue.left")?.name == "queue.left")
    #expect(Metrics.named("gauges.*")?.isEach == true)
    for path in [
      "", "components", "components.fps", "components[].fps", "components[a].",
      "memory.rss_bytes[a]",
      "gauges.", "memory", "components[NAME", "trends.memory.rss_bytes",
    ] { #expect(Metrics.named(path) == nil, "\(path)") }
    #expect(Metrics.named(String(repeating: "a", count: 100_000)) == nil)
  }

  @Test("what was probably meant is found")
  func suggestions() {
    var suggestions = Suggestions()
    let meant = { (path: String) in Metrics.suggestion(for: path, &suggestions) }
    #expect(meant("memory.rss_byte") == "memory.rss_bytes")
    #expect(meant("components[cam].fsp") == "components[cam].fps")
    #expect(meant("components.fps") == "components[NAME].fps")
    #expect(meant("rss_bytes") == "memory.rss_bytes")
    #expect(meant("system.pressure.memory.some_avg10") == "system.pressure.memory")
    #expect(meant("system.disks[/data].available_byte") == "system.disks[/data].available_bytes")
    #expect(meant("nothing.like.it") == nil)
    #expect(Set(Metrics.all.map(\.path)).count == Metrics.all.count)
  }
}
