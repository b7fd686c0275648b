/// Something a person can do at once, or change in the program.
public enum Advice: Sendable, Equatable {
  case collect
  case evict
  case smallerBatches
  case suggestedBatch(Int)
  case objects
  case lowerQuality
  case moreProcesses
  case fewerLines
  case raiseQuota
  case lowerCompression(Int)
  case binaryFormat(Printable)
  case largerBuffers(Double)
  case evenWrites(Double)
  case lookStorage
  case cooling
  case otherPrograms
  case operations
  case feedSlower
  case memoryLimit

  /// What does it: an action on the target, or a place on the screen to look at.
  public enum Means: Sendable, Equatable {
    case action(TargetAction.Kind)
    /// The pane of that word, zoomed.
    case pane(Word)
    /// The list of operations.
    case operations
  }

  /// What does it, where something here does.
  public var means: Means? {
    switch self {
    case .collect: .action(.collect)
    case .evict: .action(.evict)
    case .suggestedBatch: .action(.batch)
    case .lowerQuality: .action(.quality)
    case .smallerBatches: .pane(.batching)
    case .lowerCompression, .binaryFormat, .largerBuffers, .evenWrites, .lookStorage:
      .pane(.storage)
    case .objects, .memoryLimit: .pane(.memory)
    case .cooling: .pane(.thermal)
    case .operations, .feedSlower: .operations
    case .moreProcesses, .fewerLines, .raiseQuota, .otherPrograms: nil
    }
  }

  /// The key that does it, as keys are by default; `nil` where nothing here does.
  public var key: Printable? {
    switch means {
    case .action(.collect): "C"
    case .action(.evict): "E"
    case .action(.batch): "B"
    case .action(.quality): "<"
    case .action(.signal): "K"
    case .action(.nice), .action(.affinity): ":"
    case .pane(let word): "\(word.place)"
    case .operations: "o"
    case nil: nil
    }
  }

  /// What to do.
  public var words: Printable {
    switch self {
    case .collect: "collect garbage"
    case .evict: "evict caches"
    case .smallerBatches: "make batches smaller: they take less memory"
    case .suggestedBatch(let size): "make batches of \(size)"
    case .objects: "objects accumulate: look for lists and maps that only ever grow"
    case .lowerQuality: "lower the quality by a level"
    case .moreProcesses: "spread the work over more threads or processes: others are idle"
    case .fewerLines: "do less work in each step, or get a faster machine"
    case .raiseQuota: "raise the group's processor limit (cpu.max)"
    case .lowerCompression(let level):
      level > 0
        ? "compress less: try level \(level)" : "do not compress what it writes"
    case .binaryFormat(let name): "write parquet or another binary format instead of \(name)"
    case .largerBuffers(let bytes):
      "write more at once: \(Bytes(Int64(min(max(bytes, 0), 1e15))).text) a call is little"
    case .evenWrites(let ratio):
      "write steadily: it comes in bursts of \(Units.fixed(ratio, digits: 0)) times the mean"
    case .lookStorage: "look which files are written, and how fast the disk takes them"
    case .cooling: "cool the machine, or ask less of it"
    case .otherPrograms: "look what else runs, and end it or run it later"
    case .operations: "look which operations take longer"
    case .feedSlower: "let in less, or give the slowest part more"
    case .memoryLimit: "raise its limit, or let it use less"
    }
  }

  /// `C: collect garbage`
  public var line: Printable { key.map { "\($0): \(words)" } ?? words }
}
