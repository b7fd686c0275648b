/// A regular file that the target holds open, or held open a moment ago.
struct TrackedFile: Sendable {
  /// How far it has been written.
  var progress: FileProgress
  /// What is shown of it.
  var sample: OpenFileSample
  /// Its path as the target names it.
  var path: String
  /// Its format, so far as is known.
  var format: FileFormat
  /// Whether its name or its first bytes have said which format it is.
  var isFormatKnown: Bool
  /// Whether its first bytes were looked at.
  var isHeadRead = false
  /// Whether it was seen to grow.
  var isLively = false
  /// Whether it was ever open for writing, and so counts among its format's files.
  var isCounted = false
  /// Bytes that wait for the format to be known.
  var held: UInt64 = 0
  /// Ticks for which they have waited.
  var heldTicks = 0
  /// How many descriptors lead to it.
  var openers = 0
  /// How many of them may write.
  var writers = 0
  /// When the last one was closed.
  var closed: Moment?
  /// What was seen of it in this tick; `nil` if it was not looked at.
  var status: FileStatus?
  /// The newest state that was seen.
  var lastStatus: FileStatus
  /// The farthest that a sequential writer came in this tick.
  var moved: Int64 = 0
  /// The farthest that a reader came in this tick.
  var readMoved: Int64 = 0
  /// The process and descriptor by which it can be reached.
  var door: Door

  /// One way to reach an open file.
  struct Door: Sendable {
    var pid: Int32
    var number: Int32
  }

  /// Begins to track a file.
  init(path: String, status: FileStatus, door: Door, progress: FileProgress) {
    self.path = path
    self.door = door
    self.progress = progress
    lastStatus = status
    sample = OpenFileSample(path: Printable(path))
    let named = FileFormat.byName(path)
    format = named ?? .other
    isFormatKnown = named != nil
    sample.pid = door.pid
    sample.format = format.name
  }

  /// Takes a new name, and with it perhaps a better idea of the format.
  mutating func rename(_ newPath: String) {
    guard newPath != path else { return }
    path = newPath
    sample.path = Printable(newPath)
    guard !isHeadRead || format == .other, let named = FileFormat.byName(newPath) else { return }
    settle(named)
  }

  /// Takes the format that the first bytes or a new name say.
  mutating func settle(_ found: FileFormat) {
    format = found
    isFormatKnown = true
    sample.format = found.name
  }

  /// Takes what was seen and gives what was written since.
  mutating func advance(to status: FileStatus) -> FileProgress.Growth {
    let growth = progress.advance(to: status, moved: moved)
    sample.read &+= UInt64(clamping: readMoved)
    moved = 0
    readMoved = 0
    self.status = nil
    lastStatus = status
    sample.size = Bytes(status.size)
    sample.isDeleted = status.links == 0
    return growth
  }
}
