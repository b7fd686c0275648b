/// Files that are not open now, with the size they had: so that an appended file counts what was added, and a renamed one nothing.
struct FileLedger: Sendable {
  private struct Entry: Sendable {
    var size: Int64
    var allocated: Int64
    var modified: Int64
    var born: Int64?
    var isCounted = false
  }

  private var entries: [FileKey: Entry] = [:]
  private var order = Ring<FileKey>(capacity: capacity, reserves: false)
  private static let capacity = 4096
  /// A file found later than this after its birth may be one that was forgotten.
  private static let trustAfterForgetting: Int64 = 60_000_000_000

  /// Whether something had to be forgotten.
  private(set) var hasForgotten = false

  /// Remembers a file that was closed or found.
  mutating func remember(_ status: FileStatus) {
    let key = FileKey(status)
    if entries[key] == nil {
      if order.count == FileLedger.capacity, let oldest = order.first {
        entries[oldest] = nil
        hasForgotten = true
      }
      order.append(key)
    }
    let isSame = entries[key].map { $0.born == status.born } ?? false
    entries[key] = Entry(
      size: status.size, allocated: status.allocated, modified: status.modified,
      born: status.born, isCounted: isSame && entries[key]?.isCounted ?? false)
  }

  /// Marks a file as one of its format's files; says whether it was not before.
  mutating func count(_ key: FileKey) -> Bool {
    guard let entry = entries[key], !entry.isCounted else { return false }
    entries[key]?.isCounted = true
    return true
  }

  /// The progress from which a file goes on that was seen before; `nil` if it never was.
  func progress(of status: FileStatus) -> FileProgress? {
    guard let entry = entries[FileKey(status)], entry.born == status.born else { return nil }
    return FileProgress(
      from: FileStatus(kind: .regular, size: entry.size, allocated: entry.allocated))
  }

  /// What was written into a closed file since it was last seen; all of it, if it was made while watched.
  ///
  /// A file that changed and did not grow was written anew.
  func growth(of found: FoundFile, watchedSince start: Int64, now: Int64) -> Int64 {
    let status = found.status
    guard let entry = entries[FileKey(status)], entry.born == status.born else {
      let isMade = found.wasMade ? status.modified : nil
      let isNew = isNew(born: status.born ?? isMade, watchedSince: start, now: now)
      return isNew ? status.size : 0
    }
    if status.size > entry.size { return status.size - entry.size }
    return status.modified != entry.modified && found.wasClosed ? status.size : 0
  }

  /// Whether a file never seen before was made while watched.
  func isNew(born: Int64?, watchedSince start: Int64, now: Int64) -> Bool {
    guard let born, born >= start else { return false }
    return !hasForgotten || now - born < FileLedger.trustAfterForgetting
  }
}

/// A file that was found in a watched directory.
struct FoundFile: Sendable {
  /// Its path as the target names it.
  var path: String
  /// What is known of it.
  var status: FileStatus
  /// Whether somebody closed it after writing.
  var wasClosed: Bool
  /// Whether it was made or renamed just now.
  var wasMade: Bool
  /// Its format.
  var format: FileFormat
}
