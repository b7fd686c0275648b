/// All regular files that the target holds open, and what was written into these and others.
struct FileSet: Sendable {
  /// Files by identity.
  private(set) var files: [FileKey: TrackedFile] = [:]
  /// Files seen but not open.
  private(set) var ledger = FileLedger()
  /// Totals by format.
  private(set) var totals = FormatTotals()
  /// Bytes written into files that were seen.
  private(set) var seenWritten: UInt64 = 0
  /// Files whose first bytes have not been looked at.
  var headless: [FileKey] = []
  /// Files that were closed after writing and of whose end nothing is known yet.
  private(set) var unfinished: [FileKey] = []
  private var touched: [FileKey] = []
  private var listing: [FileKey] = []
  private var isListingOld = false

  private static let mostListed = 256
  private static let longestHold = 3
  private static let patience = 5.0

  /// One more descriptor leads to a file; makes it known if it is not.
  mutating func open(
    _ key: FileKey, isWriting: Bool, make: (FileLedger) -> TrackedFile
  ) {
    isListingOld = true
    if files[key] == nil {
      files[key] = make(ledger)
      headless.append(key)
    }
    files[key]?.openers += 1
    files[key]?.closed = nil
    guard isWriting else { return }
    files[key]?.writers += 1
    files[key]?.sample.isWritten = true
    count(key)
  }

  private mutating func count(_ key: FileKey) {
    guard let file = files[key], !file.isCounted else { return }
    files[key]?.isCounted = true
    totals.addFile(file.format)
  }

  /// A descriptor leads to a file no longer; says which file is to be looked at a last time.
  mutating func close(_ key: FileKey, wasWriting: Bool, at moment: Moment) -> TrackedFile? {
    isListingOld = true
    guard var file = files[key] else { return nil }
    file.openers -= 1
    if wasWriting { file.writers -= 1 }
    file.sample.isWritten = file.writers > 0
    guard file.openers <= 0 else {
      files[key] = file
      return nil
    }
    file.closed = moment
    files[key] = file.isCounted ? file : nil
    if file.isCounted { unfinished.append(key) }
    return file.isCounted ? file : nil
  }

  /// A look at an open file: its state, and how far one descriptor moved on.
  mutating func observe(
    _ key: FileKey, _ status: FileStatus, position: Int64, moved: Int64, isWriting: Bool
  ) {
    guard var file = files[key] else { return }
    // Two descriptors that share one offset both show its movement; the farthest counts once.
    if isWriting {
      file.moved = max(file.moved, moved)
    } else {
      file.readMoved = max(file.readMoved, moved)
    }
    if file.status == nil { touched.append(key) }
    file.status = status
    if isWriting || file.writers == 0 { file.sample.position = Bytes(position) }
    files[key] = file
  }

  /// Takes a newer name.
  mutating func rename(_ key: FileKey, to path: String) {
    guard let old = files[key]?.format else { return }
    files[key]?.rename(path)
    moveCount(key, from: old)
  }

  /// Takes the format that a file's first bytes say; `nil` where they could not be read.
  mutating func settle(_ key: FileKey, _ format: FileFormat?) {
    guard let old = files[key]?.format else { return }
    files[key]?.isHeadRead = true
    files[key]?.settle(format ?? old)
    moveCount(key, from: old)
  }

  private mutating func moveCount(_ key: FileKey, from old: FileFormat) {
    guard let file = files[key], file.isCounted, file.format != old else { return }
    totals.moveFile(from: old, to: file.format)
  }
}

extension FileSet {
  /// Bytes that a file suggests were written by the target.
  struct Claim: Sendable {
    /// What suggests them, the surest first.
    enum Ground: CaseIterable, Sendable {
      /// Position and size agree.
      case both
      /// The file takes more room.
      case extent
      /// The position alone has moved.
      case position
    }

    /// The file; `nil` for one that was open and already counts among its format's.
    var key: FileKey?
    /// Its format.
    var format: FileFormat
    /// How many.
    var bytes: Int64
    /// What suggests them.
    var ground = Ground.extent
    /// For how many ticks they have waited to be covered.
    var ticks = 0

    /// The same for another number of bytes.
    func of(_ bytes: Int64) -> Claim {
      var part = self
      part.bytes = bytes
      return part
    }
  }

  /// Gives what this tick's looks suggest.
  mutating func advance() -> [Claim] {
    var claims: [Claim] = []
    for key in touched {
      guard let file = files[key], let status = file.status else { continue }
      let growth = files[key]?.advance(to: status) ?? FileProgress.Growth()
      guard file.writers > 0 else { continue }
      guard growth.sum > 0 else { continue }
      if !file.isLively {
        files[key]?.isLively = true
        isListingOld = isListingOld || files.count > FileSet.mostListed
      }
      for (ground, bytes) in [
        (Claim.Ground.both, growth.certain), (.extent, growth.filled), (.position, growth.moved),
      ] where bytes > 0 {
        claims.append(Claim(key: key, format: file.format, bytes: bytes, ground: ground))
      }
    }
    touched.removeAll(keepingCapacity: true)
    return claims
  }

  /// Takes a file found by name: a last look at one the target had open, or one that it never held while we looked.
  ///
  /// What was written into the latter may have been written by someone else.
  mutating func absorb(
    _ found: FoundFile, watchedSince start: Int64, now: Int64, foreign: inout [Claim]
  ) -> Claim? {
    let key = FileKey(found.status)
    if var file = files[key] {
      guard file.writers == 0, file.isCounted else { return nil }
      file.rename(found.path)
      let growth = file.advance(to: found.status)
      files[key] = file
      if file.openers <= 0 { retire(key) }
      return Claim(key: nil, format: file.format, bytes: growth.sum)
    }
    let bytes = ledger.growth(of: found, watchedSince: start, now: now)
    ledger.remember(found.status)
    if bytes > 0 {
      foreign.append(Claim(key: key, format: found.format, bytes: bytes))
    }
    return nil
  }

  /// Counts granted bytes; a file of which nothing is granted is none of the target's.
  mutating func grant(_ claim: Claim) {
    guard claim.bytes > 0 else { return }
    let bytes = claim.bytes
    seenWritten &+= UInt64(bytes)
    guard let key = claim.key, let file = files[key] else {
      if let key = claim.key, ledger.count(key) { totals.addFile(claim.format) }
      totals.add(UInt64(bytes), to: claim.format)
      return
    }
    files[key]?.sample.written &+= UInt64(bytes)
    if file.isFormatKnown {
      totals.add(UInt64(bytes), to: file.format)
    } else {
      files[key]?.held &+= UInt64(bytes)
    }
  }

  /// Gives bytes that waited to their format, and forgets files that have been closed for a while.
  mutating func tidy(at moment: Moment) {
    for key in headless { releaseHeld(key) }
    headless.removeAll { files[$0].map(\.isHeadRead) ?? true }
    for key in unfinished {
      guard let file = files[key], let closed = file.closed else { continue }
      if moment.seconds(since: closed) > FileSet.patience { retire(key) }
    }
    unfinished.removeAll { files[$0]?.closed == nil }
  }

  private mutating func releaseHeld(_ key: FileKey) {
    guard let file = files[key], file.held > 0 else { return }
    files[key]?.heldTicks += 1
    guard file.isFormatKnown || file.heldTicks >= FileSet.longestHold else { return }
    flush(key)
  }

  private mutating func flush(_ key: FileKey) {
    guard let file = files[key], file.held > 0 else { return }
    totals.add(file.held, to: file.format)
    files[key]?.held = 0
    files[key]?.isFormatKnown = true
  }

  private mutating func retire(_ key: FileKey) {
    flush(key)
    guard let file = files.removeValue(forKey: key) else { return }
    ledger.remember(file.lastStatus)
    _ = ledger.count(key)
  }

  /// The open files, those written first, at most as many as a person would look through.
  mutating func listed() -> [OpenFileSample] {
    if isListingOld {
      let open = files.filter { $0.value.openers > 0 }.map { ($0.key, $0.value) }
      listing = open.sorted { FileSet.isBefore($0.1, $1.1) }.prefix(FileSet.mostListed).map(\.0)
      isListingOld = false
    }
    return listing.compactMap { files[$0]?.sample }
  }

  private static func isBefore(_ a: TrackedFile, _ b: TrackedFile) -> Bool {
    if (a.writers > 0) != (b.writers > 0) { return a.writers > 0 }
    if a.isLively != b.isLively { return a.isLively }
    return (a.door.pid, a.door.number) < (b.door.pid, b.door.number)
  }
}
