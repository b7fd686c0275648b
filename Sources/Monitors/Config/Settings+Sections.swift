extension Settings {
  private static let share = 0.0...1.0
  private static let degrees = 0.0...150.0
  private static let seconds = 0.0...86400.0

  static let memory: [Setting] = [
    Setting(
      name: "memory.max_gb", kind: .number(0.001...1_000_000),
      summary:
        "the most the target should own, in GB; a smaller limit of its group or machine binds",
      effect: .now, read: { .number(Double($0.memory.maximum?.count ?? 0) / 1e9) },
      write: {
        guard case .number(let value) = $1 else { return }
        $0.memory.maximum = Bytes(Int64(exactly: (value * 1e9).rounded()) ?? .max)
      }),
    .number(
      "memory.check_interval", \.memory.checkInterval, 1...3600,
      "seconds between two looks at mappings, more where a look costs much"),
    .number(
      "memory.gc_threshold_mb", \.memory.collectThreshold, 1...10_000_000,
      "size of the heap from which collecting is advised, in MB"),
    .number(
      "memory.warning_threshold", \.memory.warningThreshold, share,
      "share of the limit worth a warning while memory grows or is short"),
    .number(
      "memory.critical_threshold", \.memory.criticalThreshold, share,
      "share of the limit that is critical"),
    .number(
      "memory.growth_warning_mb_per_min", \.memory.growthWarningPerMinute, 0.001...1_000_000,
      "growth worth a note, in MB a minute"),
  ]

  static let storage: [Setting] = [
    .number(
      "storage.throughput_warning_mbps", \.storage.throughputWarning, 0...1_000_000,
      "writing slower than this while it writes is worth a note, in MB/s"),
    .number(
      "storage.parquet_warning_mbps", \.storage.parquetWarning, 0...1_000_000,
      "the same for parquet"),
    .whole(
      "storage.compression_level", \.storage.compressionLevel, 0...22,
      "the level of compression that advice about slow writing starts from"),
  ]

  static let batching: [Setting] = [
    .whole(
      "batching.default_size", \.batching.defaultSize, 1...1_000_000,
      "the size suggested before the program has told of any batch"),
    .flag(
      "batching.adaptive", \.batching.isAdaptive,
      "whether a size is suggested at all"),
    .whole(
      "batching.min_size", \.batching.minimumSize, 1...1_000_000,
      "the smallest size that is suggested"),
    .whole(
      "batching.max_size", \.batching.maximumSize, 1...1_000_000,
      "the largest size that is suggested"),
    .flag(
      "batching.memory_based", \.batching.obeysMemory,
      "whether suggestions stay below memory.max_gb"),
    .number(
      "batching.success_rate_warning", \.batching.successRateWarning, share,
      "share of batches below which success is worth a warning"),
  ]

  static let quality: [Setting] = [
    Setting(
      name: "quality.levels",
      kind: .words(QualityLevel.allCases.map(\.name), mayBeNone: false),
      summary: "the levels that may be suggested", effect: .now,
      read: { .texts($0.quality.offered.map(\.name)) },
      write: { config, value in
        guard case .texts(let names) = value else { return }
        config.quality.offered = QualityLevel.allCases.filter { names.contains($0.name) }
      }),
    .perLevel(
      "quality.resolution_scale", \.resolutionScale, 0.01...1,
      "scale of each side of the picture, for each of the five levels, ultra_low first"),
    .perLevel(
      "quality.compression_quality", \.compressionQuality, 1...100,
      "compression quality in percent, for each of the five levels"),
    .perLevel(
      "quality.frame_skip", \.frames, 0...1000, whole: true,
      "frames left out after each that is used, for each of the five levels"),
    Setting(
      name: "quality.region_of_interest",
      kind: .words(QualityLevel.allCases.map(\.name), mayBeNone: true),
      summary: "the levels at which only the region of interest is worked on", effect: .now,
      read: { .texts($0.quality.regionOfInterest.map(\.name)) },
      write: { config, value in
        guard case .texts(let names) = value else { return }
        config.quality.regionOfInterest = QualityLevel.allCases.filter { names.contains($0.name) }
      }),
    Setting(
      name: "quality.features", kind: .names,
      summary:
        "features of the program, those that matter most first: a fifth of them at ultra_low, all at ultra_high; none leaves them to the program",
      effect: .now, read: { .texts($0.quality.features) },
      write: { if case .texts(let names) = $1 { $0.quality.features = names } }),
  ]

  static let thermal: [Setting] = [
    .number(
      "thermal.warning_celsius", \.thermal.warningCelsius, degrees,
      "temperature worth a warning, in degrees Celsius"),
    .number(
      "thermal.critical_celsius", \.thermal.criticalCelsius, degrees,
      "temperature that is critical, in degrees Celsius"),
  ]

  static let alerts: [Setting] = [
    Setting(
      name: "alerts.disabled", kind: .words(AlertRules.names, mayBeNone: true),
      summary: "rules that do not watch", effect: .now,
      read: { .texts($0.alerts.disabled) },
      write: { if case .texts(let names) = $1 { $0.alerts.disabled = names } }),
    .number(
      "alerts.info_seconds", \.alerts.patience.info, seconds,
      "how long it takes until a note is given"),
    .number(
      "alerts.warning_seconds", \.alerts.patience.warning, seconds,
      "how long it takes until a warning is given"),
    .number(
      "alerts.critical_seconds", \.alerts.patience.critical, seconds,
      "how long it takes until a critical alert is given"),
    .number(
      "alerts.emergency_seconds", \.alerts.patience.emergency, seconds,
      "how long it takes until an emergency is called"),
    .number(
      "alerts.escalate_minutes", \.alerts.escalateMinutes, 1...1440,
      "a warning that nobody accepts becomes critical after this"),
    .number(
      "alerts.history_days", \.alerts.historyDays, 1...3650,
      "for how many days alerts that are over are remembered"),
    .number(
      "alerts.acknowledged_minutes", \.alerts.acknowledgedMinutes, 1...1440,
      "how long an acceptance holds while the trouble stays"),
    Setting(
      name: "alerts.rules", kind: .rules,
      summary: "rules of your own, and changes to those that there are", effect: .now,
      read: { .rules($0.alerts.rules) },
      write: { if case .rules(let rules) = $1 { $0.alerts.rules = rules } }),
  ]

  static let system: [Setting] = [
    .number(
      "system.cpu_warning_percent", \.alerts.cpuWarningPercent, 0...100,
      "use of all processors worth a warning, in percent"),
    .number(
      "system.memory_warning_percent", \.alerts.memoryWarningPercent, 0...100,
      "use of the machine's memory worth a note, and a warning where it rises, in percent"),
    .number(
      "system.disk_free_warning_gb", \.alerts.diskFreeWarning, 0...1_000_000,
      "room left on a disk worth a warning, in GB; a tenth of the disk where it is a small one"),
  ]

  static let later: [Setting] = [
    .number(
      "operations.slow_seconds", \.operations.slowSeconds, 0.001...86400,
      "an operation that takes longer is slow, in seconds"),
    .number(
      "operations.failure_rate_warning", \.operations.failureRateWarning, share,
      "share of failed operations worth a warning"),
    .number(
      "recording.retention_hours", \.recording.retentionHours, 1...87600, effect: .later,
      "hours that a recording is kept"),
  ]
}

extension QualitySettings {
  /// Frames left out, as the number that it is in a file.
  fileprivate var frames: Double {
    get { Double(frameSkip) }
    set { frameSkip = Int(exactly: newValue) ?? 0 }
  }
}
