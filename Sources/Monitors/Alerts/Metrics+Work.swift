extension Metrics {
  static let batching: [Metric] = [
    .number("batching.current_size", .count, "size of batches") {
      $0.readings.batching.current.map { Double($0) }
    },
    .number("batching.suggested_size", .count, "size that is suggested") {
      $0.readings.batching.suggested.map { Double($0) }
    },
    .flag("batching.trial", "whether that is a trial") { $0.readings.batching.isTrial },
    .number("batching.expected_gain", .share, "what it would gain") {
      $0.readings.batching.gain?.value
    },
    .number("batching.throughput_items_per_s", .count, "items done in a second") {
      $0.readings.batching.throughput
    },
    .number("batching.throughput_fallen", .share, "by how much that has fallen, at the same size") {
      $0.readings.batching.fallen?.value ?? 0
    },
    .number("batching.success_rate", .share, "batches that succeed") {
      $0.readings.batching.successRate?.value
    },
    .number("batching.batches", .count, "batches so far") { Double($0.readings.batching.batches) },
    .number("batching.batch_memory_bytes", .bytes, "memory that a batch takes") {
      $0.readings.batching.memory.map { Double($0.count) }
    },
    .status("batching") { $0.readings.batching.severity },
  ]

  private static let levels = QualityLevel.allCases.map(\.name)

  static let quality: [Metric] = [
    .word("quality.level", levels, "the level it runs at") { $0.readings.quality.level?.name },
    .word("quality.mode", QualityMode.allCases.map(\.rawValue), "who decides on it") {
      $0.readings.quality.mode.rawValue
    },
    .word("quality.suggested", levels, "the level that the machine could carry") {
      $0.readings.quality.suggested?.name
    },
    .word("quality.wanted", levels, "the level it should change to") {
      $0.readings.quality.wanted?.name
    },
    .number("quality.pressure.value", .share, "the pressure that calls for it", about: .machine) {
      $0.readings.quality.pressure
    },
    term.number("", .share, "one of what presses") { $0.value.current },
    .status("quality") { $0.readings.quality.severity },
  ]

  /// Names of the document have no spaces.
  private static let term = MetricFamily(
    path: "quality.pressure.terms.NAME", items: { $0.readings.quality.terms },
    name: { term in
      let name = term.name
      return name.text.contains(" ")
        ? Printable(String(name.text.map { $0 == " " ? "_" : $0 })) : name
    })

  static let linked: [Metric] =
    operations + components + caches + [
      gauge.number("", .count, "a gauge of the program's own") { $0.value }
    ]

  private static let operation = MetricFamily(
    path: "operations[NAME]", key: "name",
    items: { $0.readings.operations.absence == nil ? $0.readings.operations.rows : [] },
    name: { $0.name })
  private static let operations: [Metric] = [
    operation.number(".count", .count, "how often it has ended") { Double($0.count) },
    operation.number(".active", .count, "how many are under way") { Double($0.active) },
    operation.number(".errors", .count, "how often it has failed") { Double($0.errors) },
    operation.number(".per_s", .count, "how often it ends in a second") { $0.perSecond },
    operation.number(".items_per_s", .count, "items done in a second") { $0.itemsPerSecond },
    operation.number(".mean_s", .seconds, "how long it takes") { $0.mean },
    operation.number(".p50_s", .seconds, "how long half of them take at most") { $0.median },
    operation.number(".p95_s", .seconds, "how long 95 % of them take at most") { $0.p95 },
    operation.number(".p99_s", .seconds, "how long 99 % of them take at most") { $0.p99 },
    operation.number(".oldest_s", .seconds, "how long the oldest has been under way") { $0.oldest },
    operation.number(".memory_delta_bytes", .bytes, "memory that one adds") { $0.memoryDelta },
  ]

  private struct Component: Sendable {
    var sample: ComponentSample
    var efficiency: Ratio?
  }

  private static let component = MetricFamily<ComponentSample>(
    path: "components[NAME]", key: "name",
    items: { $0.readings.sample.link.current?.components ?? [] },
    name: { $0.name })
  private static let rated = MetricFamily<Component>(
    path: "components[NAME]", key: "name",
    items: { input in
      (input.readings.sample.link.current?.components ?? []).map {
        Component(sample: $0, efficiency: input.judgement.efficiency(of: $0.name))
      }
    }, name: { $0.sample.name })
  private static let components: [Metric] = [
    component.number(".fps", .count, "frames of a part in a second") { $0.framesPerSecond },
    component.number(".latency_ms", .milliseconds, "how long a frame takes there") {
      $0.latency.map { $0 * 1000 }
    },
    component.number(".queue", .count, "what waits for it") { $0.queue },
    component.number(".age_s", .seconds, "since when it has told nothing new") { $0.age },
    rated.number(".efficiency", .share, "frames, against the most it made") {
      $0.efficiency?.value
    },
  ]

  private static let cache = MetricFamily(
    path: "caches[NAME]", key: "name", items: { $0.readings.sample.link.current?.caches ?? [] },
    name: { $0.name })
  private static let caches: [Metric] = [
    cache.number(".bytes", .bytes, "size of a cache") { $0.bytes.map { Double($0.count) } },
    cache.number(".entries", .count, "its entries") { $0.entries.map { Double($0) } },
    cache.number(".hits", .count, "its hits so far") { $0.hits.map { Double($0) } },
    cache.number(".misses", .count, "its misses so far") { $0.misses.map { Double($0) } },
    cache.number(".in_use", .count, "entries in use, of a pool") { $0.inUse.map { Double($0) } },
  ]

  private static let gauge = MetricFamily(
    path: "gauges.NAME", items: { $0.readings.sample.link.current?.gauges ?? [] }, name: { $0.name }
  )

  private static let pressures = PressureLevel.allCases.map(\.rawValue)

  static let judgement: [Metric] =
    [
      .word("pressure.machine", pressures, "pressure on the machine", about: .machine) {
        $0.judgement.machine?.level.rawValue
      },
      .word("pressure.target", pressures, "pressure on the target") {
        $0.judgement.target?.level.rawValue
      },
      .number("score", .count, "the score, of 100") { $0.judgement.score.value.map { Double($0) } },
    ] + trends + forecasts

  private static let trend = MetricFamily(
    path: "trends[NAME]", items: { $0.judgement.trends },
    name: { Printable($0.value.rawValue) })
  private static let trends: [Metric] = [
    trend.word(".direction", Trend.Direction.allCases.map(\.rawValue), "where a value goes") {
      $0.direction.rawValue
    },
    trend.number(".per_hour", .count, "how much it changes in an hour, in its own unit") {
      $0.perHour
    },
  ]

  private static let forecast = MetricFamily(
    path: "forecasts[NAME]", key: "resource", items: { $0.judgement.forecasts },
    name: { $0.resource })
  private static let forecasts: [Metric] = [
    forecast.number(".in_s", .seconds, "when it runs out") { $0.span?.median },
    forecast.number(".low_s", .seconds, "when at the earliest") { $0.span?.low },
    forecast.number(".high_s", .seconds, "when at the latest") { $0.span?.high },
    forecast.word(".state", ["failing", "steady", "unknown"], "whether it runs out") {
      switch $0.outlook {
      case .failing: "failing"
      case .steady: "steady"
      case .unknown: "unknown"
      }
    },
  ]
}
