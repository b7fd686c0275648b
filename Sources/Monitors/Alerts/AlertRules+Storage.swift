extension AlertRules {
  private static let stallSeconds = 10.0
  private static let leastInodes = 0.05
  /// A tenth of what is worth a warning is critical.
  private static let fullShare = 0.1

  /// Pace, stalls and room.
  static func storageRules(_ settings: AlertsConfig) -> [AlertRule] {
    [
      silent(), stalled(), diskFull(settings), diskLow(settings), inodes(), slowDown(),
      pace("storage-slow", settings.storage, \.throughputWarning, of: "writing") { $0.pace },
      pace("parquet-slow", settings.storage, \.parquetWarning, of: "writing parquet") {
        $0.parquetPace
      },
    ]
  }

  private static func silent() -> AlertRule {
    AlertRule(
      "filesystem-silent", .critical, .resource, about: .target, .above(0),
      read: { input, _ in AlertRule.Evidence(Double(dead(input).count)) },
      tell: { input, _, _ in
        let mount = dead(input).first?.mount ?? "a filesystem"
        return "\(mount) does not answer"
      }
    ).silencing("storage-stall", "storage-slow", "parquet-slow")
      .advising("check the server or the cable; writers there will hang until it answers")
  }

  private static func dead(_ input: AlertsInput) -> [FilesystemSample] {
    input.readings.storage.filesystems.filter { filesystem in
      switch filesystem.space {
      case .missing(.timedOut), .missing(.silent), .stale: true
      case .missing, .fresh: false
      }
    }
  }

  private static func stalled() -> AlertRule {
    AlertRule(
      "storage-stall", .warning, .resource, about: .target, .above(stallSeconds),
      read: { input, _ in AlertRule.Evidence(input.readings.storage.stall?.seconds ?? 0) },
      tell: { input, _, evidence in
        let what = input.readings.storage.stall?.evidence ?? "nothing moves"
        return "storage holds the target up for \(Units.span(seconds: evidence.value)): \(what)"
      }
    ).lasting(5, keeps: 60).silencing("storage-slow", "parquet-slow")
  }

  /// Whether there is one of which nobody knows how much is left; what is never told to this user does not count.
  private static func isHidden(_ input: AlertsInput) -> Bool {
    input.readings.storage.filesystems.contains { filesystem in
      switch filesystem.space {
      case .fresh, .missing(.notPermitted), .missing(.notSupported): false
      case .stale, .missing: true
      }
    }
  }

  private static func asFarAsSeen(
    _ input: AlertsInput, _ evidence: AlertRule.Evidence
  ) -> AlertRule.Evidence {
    var evidence = evidence
    evidence.isPartial = isHidden(input)
    return evidence
  }

  /// The filesystem that is furthest below what it should have; a small one need only keep a tenth free.
  private static func tightest(
    _ input: AlertsInput, least: Double
  ) -> (mount: Printable, free: Double, threshold: Double)? {
    var found: (mount: Printable, free: Double, threshold: Double)?
    for filesystem in input.readings.storage.filesystems {
      guard let space = filesystem.space.current, space.total > .zero else { continue }
      let total = Double(space.total.count) / 1e9
      let threshold = total <= 2 * least ? total * 0.1 : least
      let free = Double(space.available.count) / 1e9
      if let found, found.free / found.threshold <= free / threshold { continue }
      found = (filesystem.mount, free, threshold)
    }
    return found
  }

  private static func disk(
    _ name: String, _ severity: Severity, _ least: Double, share: Double
  ) -> AlertRule {
    AlertRule(
      name, severity, .resource, about: .target, .below(least * share),
      read: { input, _ in
        guard let tight = tightest(input, least: least) else {
          return asFarAsSeen(input, AlertRule.Evidence(0, isArmed: false))
        }
        return asFarAsSeen(
          input, AlertRule.Evidence(tight.free, threshold: tight.threshold * share))
      },
      tell: { input, _, evidence in
        let mount = tightest(input, least: least)?.mount ?? "the disk"
        let free = Units.scaled(evidence.value * 1e9, unit: "B")
        return "\(free) left on \(mount)"
      }
    ).advising("2 Enter shows what is written there")
  }

  private static func diskFull(_ settings: AlertsConfig) -> AlertRule {
    disk("disk-full", .critical, settings.diskFreeWarning, share: fullShare)
      .silencing("disk-low")
  }

  private static func diskLow(_ settings: AlertsConfig) -> AlertRule {
    disk("disk-low", .warning, settings.diskFreeWarning, share: 1)
  }

  private static func freeInodes(_ input: AlertsInput) -> (mount: Printable, share: Double)? {
    var found: (mount: Printable, share: Double)?
    for filesystem in input.readings.storage.filesystems {
      guard let space = filesystem.space.current, space.inodes > 0 else { continue }
      let share = Double(space.inodesFree) / Double(space.inodes)
      if share < found?.share ?? .infinity { found = (filesystem.mount, share) }
    }
    return found
  }

  private static func inodes() -> AlertRule {
    AlertRule(
      "inodes-low", .warning, .resource, about: .target, .below(leastInodes),
      read: { input, _ in
        let free = freeInodes(input).map { AlertRule.Evidence($0.share) }
        return asFarAsSeen(input, free ?? AlertRule.Evidence(1, isArmed: false))
      },
      tell: { input, _, evidence in
        let mount = freeInodes(input)?.mount ?? "the disk"
        return "\(percent(evidence.value)) of the inodes left on \(mount): too many small files"
      })
  }

  /// Less than that is worth a word in the pane, but nobody's attention.
  private static let worthTelling = 0.2
  /// What has been so for as long is how it is.
  private static let newsSeconds = 3600.0

  private static func worst(_ input: AlertsInput) -> StorageSlowDown? {
    input.readings.storage.slowDowns.first {
      input.readings.sample.moment.seconds(since: $0.told) < newsSeconds
    }
  }

  /// Like is compared with like, so that this is no matter of smaller writes or of a slow device.
  private static func slowDown() -> AlertRule {
    AlertRule(
      "storage-slow-down", .warning, .performance, about: .target, .above(worthTelling),
      read: { input, _ in AlertRule.Evidence(worst(input)?.size ?? 0) },
      tell: { input, _, _ in worst(input)?.words ?? "writing has become slower" }
    ).lasting(0, keeps: 60).advising(
      "2 Enter shows files, formats and the room that is left",
      "a full, worn or shared device slows down; so does heat: 5")
  }

  private static func pace(
    _ name: String, _ settings: StorageConfig, _ least: KeyPath<StorageConfig, Double>,
    of what: String,
    _ read: @escaping @Sendable (AlertFacts) -> Double?
  ) -> AlertRule {
    AlertRule(
      name, .info, .performance, about: .target, .below(settings[keyPath: least]),
      read: { _, facts in
        read(facts).map { AlertRule.Evidence($0 / 1e6) } ?? AlertRule.Evidence(0, isArmed: false)
      },
      tell: { _, _, evidence in
        "\(what) at \(BytesPerSecond(evidence.value * 1e6).text) while it writes"
      }
    ).advising("2 Enter shows files and formats", compression(settings.compressionLevel))
  }

  private static func compression(_ level: Int) -> Printable {
    level > 1
      ? "if what it writes is compressed, try level \(level / 2) instead of \(level)"
      : "if what it writes is compressed, try it without"
  }
}
