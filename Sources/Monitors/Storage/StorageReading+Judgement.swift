extension StorageReading {
  private static let longStall = 10.0
  private static let nearlyFull = 0.02
  private static let quiet = 1000.0

  /// Says of all rates why there are none.
  mutating func absent(_ absence: Absence) {
    readRate = .missing(absence)
    writeRate = .missing(absence)
    writeCallRate = .missing(absence)
  }

  /// Low throughput is no matter here: an idle writer is no trouble.
  func judged(_ sample: Sample) -> Severity {
    guard sample.target.value != nil else {
      return sample.target.absence == .gone ? .stale : .ok
    }
    var severity = Severity.ok
    for filesystem in filesystems { severity = max(severity, StorageReading.severity(filesystem)) }
    if let stall {
      severity = max(severity, stall.seconds >= StorageReading.longStall ? .warning : .info)
    }
    return severity
  }

  private static func severity(_ filesystem: FilesystemSample) -> Severity {
    guard case .fresh = filesystem.space, let left = filesystem.shareLeft else {
      return filesystem.space.absence == .notYet ? .ok : .warning
    }
    if left <= 0 { return .critical }
    return left < nearlyFull ? .warning : .ok
  }

  /// What matters most, in one sentence.
  func said(_ sample: Sample) -> Printable {
    if sample.target.value == nil {
      return "no process: \((sample.target.absence ?? .gone).sentence)"
    }
    if let stall { return "stalled for \(Units.span(seconds: stall.seconds)): \(stall.evidence)" }
    if let trouble = filesystems.first(where: { StorageReading.severity($0) > .ok }) {
      return StorageReading.words(trouble, at: sample.moment)
    }
    return flow
  }

  private static func words(_ filesystem: FilesystemSample, at moment: Moment) -> Printable {
    switch filesystem.space {
    case .fresh(let space) where space.available.count <= 0: "\(filesystem.mount) is full"
    case .fresh(let space) where filesystem.isShortOfInodes:
      "\(filesystem.mount) has \(space.inodesFree) inodes left"
    case .fresh(let space): "\(filesystem.mount) has \(space.available.text) left"
    case .stale(_, let since):
      "\(filesystem.mount): no answer for \(Units.span(seconds: moment.seconds(since: since)))"
    case .missing(let absence): "\(filesystem.mount): \(absence.sentence)"
    }
  }

  private var flow: Printable {
    let seen = formats.reduce(0) { $0 + $1.writeRate.value }
    let written = max(seen, writeRate.value?.value ?? 0)
    if written > StorageReading.quiet {
      guard let first = formats.first, first.writeRate.value > StorageReading.quiet else {
        return "writing \(BytesPerSecond(written).text)"
      }
      let most = formats.count == 1 ? "" : "mostly "
      return "writing \(BytesPerSecond(written).text), \(most)\(first.format)"
    }
    let read = max(readRate.value?.value ?? 0, files.reduce(0) { $0 + $1.readRate.value })
    if read > StorageReading.quiet { return "reading \(BytesPerSecond(read).text)" }
    if let absence = filesAbsence, absence != .notYet {
      return "files can't be seen: \(absence.sentence)"
    }
    return "idle: \(StorageReading.counted(files.filter(\.file.isWritten).count)) open for writing"
  }

  private static func counted(_ files: Int) -> String {
    switch files {
    case 0: "no file"
    case 1: "1 file"
    default: "\(files) files"
    }
  }
}

extension FilesystemSample {
  /// Share of room or of inodes left, whichever is less; `nil` where it is not known.
  var shareLeft: Double? {
    guard let space = space.value, space.total.count > 0 else { return nil }
    return min(Double(space.available.count) / Double(space.total.count), inodeShare ?? 1)
  }

  /// Whether inodes run out before room does.
  var isShortOfInodes: Bool {
    guard let space = space.value, let inodeShare, space.total.count > 0 else { return false }
    return inodeShare < Double(space.available.count) / Double(space.total.count)
  }

  private var inodeShare: Double? {
    guard let space = space.value, space.inodes > 0 else { return nil }
    return Double(space.inodesFree) / Double(space.inodes)
  }
}
