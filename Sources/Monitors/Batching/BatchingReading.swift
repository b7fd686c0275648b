/// What is known and thought about the target's batches.
public struct BatchingReading: Reading {
  /// How bad it is.
  public var severity: Severity = .ok
  /// One sentence.
  public var headline: Printable = ""
  /// What is missing before anything can be said; `nil` when batches are reported.
  public var lacks: Printable?
  /// How to get it, a line each.
  public var advice: [Printable] = []
  /// The size that is run now.
  public var current: Int?
  /// The size that should be run, or tried next; `nil` where none is suggested.
  public var suggested: Int?
  /// Whether the suggested size has yet to show what it is worth.
  public var isTrial = false
  /// Why this size, in words; why none is suggested, where that is so.
  public var reason: Printable = ""
  /// What the suggested size is expected to get done more than the current one; `nil` where nobody can say.
  public var gain: Ratio?
  /// What it is expected to cost, in words; empty where that is nothing or unknown.
  public var cost: Printable = ""
  /// Items a second of work, over batches of the last minute; `nil` where there was none.
  public var throughput: Double?
  /// Share of the batches of the last ten minutes that succeeded.
  public var successRate: Ratio?
  /// The greatest share of success that these batches leave believable.
  public var successAtMost: Ratio?
  /// Batches of the last ten minutes.
  public var recent = 0
  /// What a batch of the current size takes.
  public var memory: Bytes?
  /// What batches may take together with all else the target owns; `nil` where that does not bind.
  public var memoryLimit: Bytes?
  /// What a batch of the current size takes of that limit, with all else the target owns.
  public var memoryShare: Ratio?
  /// The share by which throughput fell over time at the same size; `nil` where it does not.
  public var fallen: Ratio?
  /// All batches since the program linked itself in.
  public var batches: UInt64 = 0
  /// The size an operator applied, and the program's own, where it asks for its size.
  public var asked: BatchSizeSample?
  /// What is known of sizes, in their order.
  public var sizes: [BatchSizeReading] = []
  /// Items per second over time.
  public var history = Series()
  /// Size over time.
  public var sizeHistory = Series()

  /// Knows nothing yet.
  public init() {}
}

/// What is known of one size of batches.
public struct BatchSizeReading: Sendable, Equatable {
  /// The size.
  public var size: Int
  /// Items a second, on the geometric mean.
  public var throughput: Double
  /// How many batches that is known from, old ones counting less.
  public var count: Double
  /// What a batch took, where they told.
  public var memory: Bytes?
}
