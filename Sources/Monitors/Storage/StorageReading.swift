/// What is known and thought about what the target reads and writes.
public struct StorageReading: Reading {
  /// How bad it is.
  public var severity: Severity = .ok
  /// One sentence.
  public var headline: Printable = ""
  /// Bytes read from devices per second, summed over the processes; like all rates here spread over a few seconds.
  public var readRate: Measured<BytesPerSecond> = .missing(.notYet)
  /// Bytes written towards devices per second, summed over the processes.
  public var writeRate: Measured<BytesPerSecond> = .missing(.notYet)
  /// Bytes given to write calls per second, to files, pipes and sockets alike.
  public var writeCallRate: Measured<BytesPerSecond> = .missing(.notYet)
  /// Formats, fastest first.
  public var formats: [FormatRate] = []
  /// Open files, fastest first.
  public var files: [FileRate] = []
  /// How many descriptors the processes have open, of files and of all else.
  public var descriptors = 0
  /// Why files can't be listed, where they can't.
  public var filesAbsence: Absence?
  /// Share of the written bytes that was seen in files; `nil` while nothing is written.
  public var coverage: Ratio?
  /// For how many seconds nothing has been written; `nil` where that is not known.
  public var quiet: Double?
  /// Since when nothing moves although something should; `nil` when all flows.
  public var stall: StorageStall?
  /// Where writing has become slower and stays so, the worst first; a program that is not linked tells of no write.
  public var slowDowns: [StorageSlowDown] = []
  /// Why nothing can be said about that; `nil` where it can.
  public var slowDownsAbsence: Absence? = .because("the target is not linked")
  /// Room on the filesystems it writes to, tightest first.
  public var filesystems: [FilesystemSample] = []
  /// Reasons why something may be missed.
  public var caveats: [Printable] = []
  /// Write rate over time, tick by tick, in bytes per second.
  public var writeHistory = Series()
  /// Read rate over time, tick by tick, in bytes per second.
  public var readHistory = Series()

  /// Knows nothing yet.
  public init() {}
}

/// One format's rate.
public struct FormatRate: Sendable, Equatable {
  /// `parquet`, `csv`, …
  public var format: Printable
  /// Files seen.
  public var files: Int
  /// Bytes written per second, found as that of the target is.
  public var writeRate: BytesPerSecond
  /// Bytes written since watching began.
  public var written: Bytes

  /// Makes one.
  public init(format: Printable, files: Int, writeRate: BytesPerSecond, written: Bytes) {
    self.format = format
    self.files = files
    self.writeRate = writeRate
    self.written = written
  }
}

/// One open file's progress.
public struct FileRate: Sendable, Equatable {
  /// What is known of it.
  public var file: OpenFileSample
  /// Bytes written per second.
  public var writeRate: BytesPerSecond
  /// Bytes read per second.
  public var readRate: BytesPerSecond
  /// How far a reader has come.
  public var progress: Ratio?

  /// Makes one.
  public init(
    file: OpenFileSample, writeRate: BytesPerSecond, readRate: BytesPerSecond, progress: Ratio?
  ) {
    self.file = file
    self.writeRate = writeRate
    self.readRate = readRate
    self.progress = progress
  }
}

/// A time in which storage held the target up.
public struct StorageStall: Sendable, Equatable {
  /// How long it has lasted, in seconds.
  public var seconds: Double
  /// What shows it: `waiting for storage (state D)`, `no file moves while the device is busy`.
  public var evidence: Printable

  /// Makes one.
  public init(seconds: Double, evidence: Printable) {
    self.seconds = seconds
    self.evidence = evidence
  }
}
