/// What the target reads and writes.
public struct FilesSample: Sendable, Equatable {
  /// Its open regular files, those written first; or why they can't be listed.
  public var open: Measured<[OpenFileSample]> = .missing(.notYet)
  /// How many descriptors are open, of files and of all else.
  public var descriptors = 0
  /// Totals by format since watching began; they only ever grow.
  public var formats: [FormatSample] = []
  /// Bytes written into files that were seen, since watching began.
  public var seenWritten: UInt64 = 0
  /// The filesystems it writes to.
  public var filesystems: [FilesystemSample] = []
  /// Directories too many, queue overflow, or other reasons why something may be missed; empty when all is well.
  public var caveats: [Printable] = []
  /// Knows nothing yet.
  public init() {}
}

/// One open file.
public struct OpenFileSample: Sendable, Equatable {
  /// Path as the target names it.
  public var path: Printable
  /// `parquet`, `csv`, … or `other`.
  public var format: Printable = "other"
  /// Size now.
  public var size: Bytes = .zero
  /// Where the target stands in it, for sequential readers and writers.
  public var position: Bytes?
  /// Whether it is open for writing.
  public var isWritten = false
  /// Whether the name is gone while the file is still open.
  public var isDeleted = false
  /// Bytes written since watching began.
  public var written: UInt64 = 0
  /// Bytes read by position since watching began.
  public var read: UInt64 = 0
  /// Which of the processes holds it.
  public var pid: Int32 = 0

  /// Names a file.
  public init(path: Printable) { self.path = path }
}

/// All files of one format, open or closed since, while watched.
public struct FormatSample: Sendable, Equatable {
  /// `parquet`, `csv`, …
  public var format: Printable
  /// Files seen.
  public var files: Int
  /// Bytes written since watching began.
  public var written: UInt64

  /// Makes one.
  public init(format: Printable, files: Int, written: UInt64) {
    self.format = format
    self.files = files
    self.written = written
  }
}

/// A filesystem the target writes to.
public struct FilesystemSample: Sendable, Equatable {
  /// Where it is mounted.
  public var mount: Printable
  /// Its type: `ext4`, `nfs4`, `tmpfs`.
  public var kind: Printable
  /// Room, or why it is not known: a dead server does not answer.
  public var space: Measured<SpaceSample>

  /// Makes one.
  public init(mount: Printable, kind: Printable, space: Measured<SpaceSample>) {
    self.mount = mount
    self.kind = kind
    self.space = space
  }
}

/// Room on a filesystem.
public struct SpaceSample: Sendable, Equatable {
  /// Size of all of it.
  public var total: Bytes
  /// What an ordinary user may still fill.
  public var available: Bytes
  /// Number of inodes; 0 where the filesystem has no fixed number.
  public var inodes: UInt64
  /// Free inodes.
  public var inodesFree: UInt64

  /// Makes one.
  public init(total: Bytes, available: Bytes, inodes: UInt64, inodesFree: UInt64) {
    self.total = total
    self.available = available
    self.inodes = inodes
    self.inodesFree = inodesFree
  }
}
