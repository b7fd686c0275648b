/// What a target's linked processes told of themselves, as of one sample.
///
/// Sums run since the processes linked themselves; what came since the sample before is named so.
public struct LinkSample: Sendable, Equatable {
  /// What the program calls itself.
  public var name: Printable = ""
  /// The client it is linked by: `perftop_link 0.1 (python 3.11.2)`.
  public var client: Printable = ""
  /// The processes that answered, the target itself first.
  public var processes: [ProcessKey] = []
  /// What it can be asked to do.
  public var offers: Set<TargetAction.Kind> = []
  /// Its own limit of memory, where it named one.
  public var memoryLimit: Bytes?
  /// Its heap, where its runtime tells.
  public var heap: HeapSample?
  /// Its operations, by name.
  public var operations: [OperationSample] = []
  /// What it wrote, by format.
  public var writes: [WriteSample] = []
  /// The batches since the sample before, oldest first.
  public var batches: [BatchSample] = []
  /// All batches so far; more than came here where they came too fast to be told one by one.
  public var batchCount: UInt64 = 0
  /// The size an operator applied, and the program's own.
  public var batchSize: BatchSizeSample?
  /// The quality it runs at, where it obeys.
  public var quality: LinkedQualitySample?
  /// Its parts, by name.
  public var components: [ComponentSample] = []
  /// Its caches and buffer pools, by name.
  public var caches: [CacheSample] = []
  /// Numbers of its own, by name.
  public var gauges: [GaugeSample] = []
  /// What was done to it since the sample before, oldest first.
  public var events: [LinkEventSample] = []
  /// Names that were too many to be kept apart.
  public var overflow: UInt64 = 0
  /// Answers that made no sense.
  public var malformed: UInt64 = 0

  /// Has been told nothing yet.
  public init() {}
}

/// A heap as its runtime counts it.
public struct HeapSample: Sendable, Equatable {
  /// What is in use.
  public var used: Measured<Bytes> = .missing(.notSupported)
  /// How many objects there are.
  public var objects: Measured<UInt64> = .missing(.notSupported)
  /// Collections since the program started.
  public var collections: Measured<UInt64> = .missing(.notSupported)
  /// Time spent collecting since the program started, in seconds.
  public var collectionSeconds: Measured<Double> = .missing(.notSupported)
  /// What is in use right after a collection, as of the last one.
  public var usedAfterCollection: Measured<Bytes> = .missing(.notSupported)
  /// Knows nothing yet.
  public init() {}
}

/// One kind of work the program does.
public struct OperationSample: Sendable, Equatable {
  /// Its name.
  public var name: Printable
  /// `download_operation`, `health_check`, …, or the program's own word.
  public var kind: Printable = ""
  /// Finished so far.
  public var count: UInt64 = 0
  /// Finished with an error so far.
  public var errors: UInt64 = 0
  /// Items in them so far.
  public var items: Double = 0
  /// Time they took so far, in seconds.
  public var seconds: Double = 0
  /// Under way now.
  public var active = 0
  /// Age of the one that has been under way longest, in seconds.
  public var oldest: Double?
  /// Change of resident memory over those that were measured so far.
  public var memoryDelta: Double = 0
  /// How many of them were measured.
  public var memorySamples: UInt64 = 0
  /// How long those took that finished since the sample before.
  public var latencies = LatencyBuckets()

  /// Names an operation that never ran.
  public init(name: Printable) { self.name = name }
}

/// What a program wrote in one format.
public struct WriteSample: Sendable, Equatable {
  /// The format's name: `parquet`.
  public var format: Printable
  /// Bytes so far.
  public var bytes: UInt64 = 0
  /// Writes so far.
  public var count: UInt64 = 0
  /// Time they took so far, in seconds.
  public var seconds: Double = 0

  /// Names a format in which nothing was written.
  public init(format: Printable) { self.format = format }
}

/// One batch, as the program reported it.
public struct BatchSample: Sendable, Equatable {
  /// How large it was asked to be.
  public var size: Double
  /// How long it took, in seconds.
  public var seconds: Double
  /// How many items came of it.
  public var items: Double
  /// The most memory it took.
  public var memory: Bytes?
  /// Whether it succeeded.
  public var isDone: Bool
  /// Whether it failed for want of memory.
  public var isOutOfMemory = false

  /// Makes one.
  public init(size: Double, seconds: Double, items: Double, memory: Bytes? = nil, isDone: Bool) {
    self.size = size
    self.seconds = seconds
    self.items = items
    self.memory = memory
    self.isDone = isDone
  }
}

/// How large a program makes its batches.
public struct BatchSizeSample: Sendable, Equatable {
  /// The program's own size.
  public var usual: Int
  /// The size an operator applied.
  public var applied: Int?

  /// Makes one.
  public init(usual: Int, applied: Int? = nil) {
    self.usual = usual
    self.applied = applied
  }
}

/// The quality a linked program runs at.
public struct LinkedQualitySample: Sendable, Equatable {
  /// The name of its level: one of `QualityLevel`'s.
  public var level: Printable
  /// Whether an operator set it, so that no pressure changes it.
  public var isManual: Bool

  /// Makes one.
  public init(level: Printable, isManual: Bool) {
    self.level = level
    self.isManual = isManual
  }
}

/// One part of a program: a detector, a controller, a camera.
public struct ComponentSample: Sendable, Equatable {
  /// Its name.
  public var name: Printable
  /// 1 matters most.
  public var priority = 1
  /// Frames a second.
  public var framesPerSecond: Double?
  /// How long a frame takes, in seconds.
  public var latency: Double?
  /// What waits for it.
  public var queue: Double?
  /// How long ago it was told, in seconds.
  public var age: Double = 0

  /// Names a component of which nothing is known.
  public init(name: Printable) { self.name = name }
}

/// A cache or a pool of buffers.
public struct CacheSample: Sendable, Equatable {
  /// Its name.
  public var name: Printable
  /// What it holds.
  public var bytes: Bytes?
  /// How many entries that is.
  public var entries: UInt64?
  /// Found in it so far.
  public var hits: UInt64?
  /// Not found in it so far.
  public var misses: UInt64?
  /// Whether it can be emptied from outside.
  public var isEvictable = false
  /// Whether it is a pool: of its entries so many are in use.
  public var inUse: UInt64?

  /// Names an empty one.
  public init(name: Printable) { self.name = name }
}

/// Something that was done to a linked program, by whichever viewer.
public struct LinkEventSample: Sendable, Equatable {
  /// When, in seconds since 1970, as the program's own clock had it.
  public var at: Double
  /// Who asked for it, as far as that is told.
  public var who: Printable = ""
  /// `gc`, `evict`, `quality`, `batch`.
  public var action: Printable
  /// What came of it, in the program's words.
  public var outcome: Printable = ""
  /// Whether this very perftop asked for it, which knows more of it.
  public var isOwn = false

  /// Names an action of which nothing else is known.
  public init(at: Double, action: Printable) {
    self.at = at
    self.action = action
  }
}

/// A number of the program's own.
public struct GaugeSample: Sendable, Equatable {
  /// Its name.
  public var name: Printable
  /// Its value; never a NaN.
  public var value: Double

  /// Makes one.
  public init(name: Printable, value: Double) {
    self.name = name
    self.value = value
  }
}
