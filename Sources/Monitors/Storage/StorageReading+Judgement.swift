extension StorageReading {
  private static let longStall = 10.0
  private static let nearlyFull = 0.02
  private static let quiet = 1000.0
  private static let least = 1.0
  private static let muchMore = 1.5
  private static let half = 0.5

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
    // What can't be seen is not known to be well.
    let isBlind = [filesAbsence, writeRate.absence].contains { $0?.isForbidden ?? false }
    return isBlind ? max(severity, .info) : severity
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
    let most = max(writeRate.value?.value ?? 0, seen)
    if most > StorageReading.quiet { return "\(writing)\(blindness("; "))" }
    let read = max(readRate.value?.value ?? 0, files.reduce(0) { $0 + $1.readRate.value })
    if read > StorageReading.quiet {
      return "reading \(BytesPerSecond(read).text)\(blindness("; "))"
    }
    if let absence = filesAbsence, absence != .notYet { return blindness("") }
    if let absence = writeRate.absence {
      return absence == .notYet
        ? absence.sentence : "how much is written can't be read: \(absence.sentence)"
    }
    if most >= StorageReading.least { return writing }
    let open: Printable =
      "\(StorageReading.counted(files.filter(\.file.isWritten).count)) open for writing"
    guard let quiet, quiet < RateWindow.memory else { return "idle: \(open)" }
    return "nothing written for \(Units.span(seconds: quiet)): \(open)"
  }

  /// The number beside it is the same, or it says why it is another: memory is no device.
  private var writing: Printable {
    let written = writeRate.value?.value ?? 0
    let isElsewhere = seen / StorageReading.muchMore > written
    let rate = BytesPerSecond(isElsewhere ? seen : written).text
    let place = isElsewhere ? " into files" : ""
    guard let first = formats.first, first.writeRate.value > 0 else {
      return "writing \(rate)\(place)"
    }
    let share = first.writeRate.value / max(1, isElsewhere ? seen : written)
    guard share > StorageReading.half else { return "writing \(rate)\(place)" }
    let isMixed = formats.dropFirst().contains { $0.writeRate.value > 0 }
    return "writing \(rate)\(place), \(isMixed ? "mostly " : "")\(first.format)"
  }

  /// What goes into files now; a file that was looked at late may still show more than is written.
  private var seen: Double {
    let sum = formats.reduce(0) { $0 + $1.writeRate.value }
    guard let written = writeRate.value, let called = writeCallRate.value else { return sum }
    return min(sum, max(written.value, called.value))
  }

  private func blindness(_ before: String) -> Printable {
    guard let filesAbsence, filesAbsence != .notYet else { return "" }
    return "\(before)files can't be seen: \(filesAbsence.sentence)"
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
