extension Metrics {
  private static let verdicts = MemoryLeak.Verdict.allCases.map(\.rawValue)

  static let memory: [Metric] =
    [
      .number("memory.rss_bytes", .bytes, "resident memory") { bytes($0.readings.memory.resident) },
      .number("memory.pss_bytes", .bytes, "its share of resident memory") {
        bytes($0.readings.memory.proportional)
      },
      .number("memory.private_bytes", .bytes, "memory it owns") { bytes($0.readings.memory.owned) },
      .number("memory.anonymous_bytes", .bytes, "anonymous memory") {
        bytes($0.readings.memory.anonymous)
      },
      .number("memory.file_bytes", .bytes, "resident pages of files") {
        bytes($0.readings.memory.file)
      },
      .number("memory.shared_bytes", .bytes, "shared memory") { bytes($0.readings.memory.shared) },
      .number("memory.swap_bytes", .bytes, "swapped out") { bytes($0.readings.memory.swapped) },
      .number("memory.limit_bytes", .bytes, "the limit that binds first") {
        $0.readings.memory.limit.map { Double($0.bytes.count) }
      },
      .number("memory.left_bytes", .bytes, "room below the limit") {
        $0.readings.memory.left.map { Double($0.count) }
      },
      .number("memory.used_ratio", .share, "share of the limit in use") {
        $0.readings.memory.used?.value
      },
      .number("memory.growth_bytes_per_s", .bytesPerSecond, "growth over the last minute") {
        $0.readings.memory.growth.current?.value
      },
      .number("memory.major_faults_per_s", .count, "pages read back in a second") {
        $0.readings.memory.majorFaults
      },
      .number("memory.oom_kills", .count, "kills for want of memory in its group") {
        Double($0.readings.memory.oomKills)
      },
      .number("memory.processes", .count, "processes that were added up") {
        Double($0.readings.memory.processes)
      },
      .status("memory") { $0.readings.memory.severity },
    ] + leaks + exhaustion + heap + growing

  private static let leaks: [Metric] = [
    .word("memory.leak.verdict", verdicts, "whether memory leaks") {
      $0.readings.memory.leak.verdict.rawValue
    },
    .number("memory.leak.slope_bytes_per_s", .bytesPerSecond, "how fast it leaks") {
      $0.readings.memory.leak.slope?.value
    },
    .number("memory.leak.confidence", .share, "how sure that is") {
      $0.readings.memory.leak.verdict == .learning ? nil : $0.readings.memory.leak.confidence
    },
    .flag("memory.leak.suspected", "whether a leak is suspected") {
      $0.readings.memory.leak.isSuspected
    },
    .word("memory.descriptor_leak.verdict", verdicts, "whether descriptors leak") {
      $0.readings.memory.descriptorLeak.verdict.rawValue
    },
    .number("memory.descriptor_leak.per_minute", .count, "how fast they do") {
      $0.readings.memory.descriptorLeak.perMinute
    },
    .word("memory.thread_leak.verdict", verdicts, "whether threads leak") {
      $0.readings.memory.threadLeak.verdict.rawValue
    },
    .number("memory.thread_leak.per_minute", .count, "how fast they do") {
      $0.readings.memory.threadLeak.perMinute
    },
  ]

  private static let exhaustion: [Metric] = [
    .number("memory.exhaustion.in_s", .seconds, "when the limit is met") {
      $0.readings.memory.exhaustion.expected?.seconds
    },
    .number("memory.exhaustion.low_s", .seconds, "when at the earliest") {
      $0.readings.memory.exhaustion.expected?.low
    },
    .number("memory.exhaustion.high_s", .seconds, "when at the latest") {
      $0.readings.memory.exhaustion.expected?.high
    },
  ]

  private static let heap: [Metric] = [
    .number("memory.heap.used_bytes", .bytes, "heap in use") {
      $0.readings.memory.heap.current.flatMap { bytes($0.used) }
    },
    .number("memory.heap.objects", .count, "objects on the heap") {
      $0.readings.memory.heap.current?.objects.current.map { Double($0) }
    },
    .number("memory.heap.collections", .count, "collections so far") {
      $0.readings.memory.heap.current?.collections.current.map { Double($0) }
    },
    .number("memory.heap.collection_s", .seconds, "time spent collecting so far") {
      $0.readings.memory.heap.current?.collectionSeconds.current
    },
    .number("memory.heap.used_after_collection_bytes", .bytes, "heap that a collection left") {
      $0.readings.memory.heap.current.flatMap { bytes($0.usedAfterCollection) }
    },
  ]

  private static let mapping = MetricFamily(
    path: "memory.growing[NAME]", key: "mapping", items: { $0.readings.memory.growing },
    name: { $0.name })
  private static let growing: [Metric] = [
    mapping.number(".growth_bytes_per_s", .bytesPerSecond, "growth of a mapping") {
      $0.growth?.value
    },
    mapping.number(".private_bytes", .bytes, "what is owned of it") { Double($0.owned.count) },
    mapping.number(".rss_bytes", .bytes, "what is resident of it") { Double($0.resident.count) },
  ]

  static let storage: [Metric] =
    [
      .number("storage.read_bytes_per_s", .bytesPerSecond, "read from storage") {
        $0.readings.storage.readRate.current?.value
      },
      .number("storage.write_bytes_per_s", .bytesPerSecond, "written to storage") {
        $0.readings.storage.writeRate.current?.value
      },
      .number("storage.write_call_bytes_per_s", .bytesPerSecond, "written by calls") {
        $0.readings.storage.writeCallRate.current?.value
      },
      .number("storage.open_files", .count, "open descriptors") {
        $0.readings.storage.filesAbsence == nil ? Double($0.readings.storage.descriptors) : nil
      },
      .number("storage.coverage", .share, "share of what is written whose file is known") {
        $0.readings.storage.coverage?.value
      },
      .number("storage.stall.seconds", .seconds, "for how long storage has held it up") {
        $0.readings.storage.stall?.seconds
      },
      full("in_s", "when the first disk is full") { $0.median },
      full("low_s", "when at the earliest") { $0.low },
      full("high_s", "when at the latest") { $0.high },
      .status("storage") { $0.readings.storage.severity },
    ] + files

  private static func full(
    _ name: String, _ summary: String, _ read: @escaping @Sendable (Forecast.Span) -> Double
  ) -> Metric {
    .number("storage.full.\(name)", .seconds, summary) { whenFull($0).map(read) }
  }

  /// Of the disk that is full first.
  private static func whenFull(_ input: AlertsInput) -> Forecast.Span? {
    for forecast in input.judgement.forecasts where forecast.kind == .disk { return forecast.span }
    return nil
  }

  private static let format = MetricFamily(
    path: "storage.formats[NAME]", key: "format", items: { $0.readings.storage.formats },
    name: { $0.format })
  private static let file = MetricFamily(
    path: "storage.files[NAME]", key: "path", items: { $0.readings.storage.files },
    name: { $0.file.path })
  private static let files: [Metric] = [
    format.number(".write_bytes_per_s", .bytesPerSecond, "written in a format") {
      $0.writeRate.value
    },
    format.number(".written_bytes", .bytes, "written in it so far") { Double($0.written.count) },
    format.number(".files", .count, "its open files") { Double($0.files) },
    file.number(".write_bytes_per_s", .bytesPerSecond, "written to a file") { $0.writeRate.value },
    file.number(".read_bytes_per_s", .bytesPerSecond, "read from a file") { $0.readRate.value },
    file.number(".size_bytes", .bytes, "its size") { Double($0.file.size.count) },
  ]
}
