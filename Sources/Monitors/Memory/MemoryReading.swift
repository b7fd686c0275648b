/// What is known and thought about the target's memory.
public struct MemoryReading: Reading {
  /// How bad it is.
  public var severity: Severity = .ok
  /// One sentence.
  public var headline: Printable = ""
  /// Resident, summed over the processes.
  public var resident: Measured<Bytes> = .missing(.notYet)
  /// Proportional, summed over the processes.
  public var proportional: Measured<Bytes> = .missing(.notYet)
  /// Swapped out.
  public var swapped: Measured<Bytes> = .missing(.notYet)
  /// Anonymous part of what is resident.
  public var anonymous: Measured<Bytes> = .missing(.notYet)
  /// File part of what is resident.
  public var file: Measured<Bytes> = .missing(.notYet)
  /// Shared memory part of what is resident.
  public var shared: Measured<Bytes> = .missing(.notYet)
  /// What it owns: anonymous, shared and swapped.
  public var owned: Measured<Bytes> = .missing(.notYet)
  /// The limit that binds first.
  public var limit: MemoryLimit?
  /// What is left below that limit.
  public var left: Bytes?
  /// Share of the limit in use.
  public var used: Ratio?
  /// Robust slope of what it owns over the last minute; needs 10 s.
  public var growth: Measured<BytesPerSecond> = .missing(.notYet)
  /// Mappings that grow, fastest first.
  public var growing: [MappingGrowth] = []
  /// Whether mappings were read often enough to tell which of them grow.
  public var isMappingGrowthKnown = false
  /// Largest mappings, for the zoomed pane.
  public var mappings: [MappingGrowth] = []
  /// When mappings were read last, or why they were not.
  public var mappingsRead: Measured<Moment> = .missing(.notYet)
  /// Page faults from disk per second.
  public var majorFaults: Double?
  /// Kills for want of memory in the target's group, while watched.
  public var oomKills: UInt64 = 0
  /// The heap as its runtime counts it, where the program is linked.
  public var heap: Measured<HeapSample> = .missing(MemoryReading.noHeap)
  /// Whether it leaks.
  public var leak = MemoryLeak()
  /// Whether its open descriptors leak.
  public var descriptorLeak = CountLeak()
  /// Whether its threads leak.
  public var threadLeak = CountLeak()
  /// When memory runs out.
  public var exhaustion = MemoryExhaustion.unknown
  /// Number of processes summed.
  public var processes = 0
  /// How many more of the target's processes there are, too many to be read.
  public var processesLeftOut = 0
  /// Owned memory over time, in bytes.
  public var history = Series()

  /// Knows nothing yet.
  public init() {}
}

/// The limit a target meets first.
public struct MemoryLimit: Sendable, Equatable {
  /// How much.
  public var bytes: Bytes
  /// Whose limit it is: `cgroup`, `address space limit`, `machine`, `memory.max_gb`.
  public var origin: Printable

  /// Makes one.
  public init(bytes: Bytes, origin: Printable) {
    self.bytes = bytes
    self.origin = origin
  }
}

/// One mapping and how fast it grows.
public struct MappingGrowth: Sendable, Equatable {
  /// What a person would call it.
  public var name: Printable
  /// What it owns.
  public var owned: Bytes
  /// Resident part.
  public var resident: Bytes
  /// Growth of what it owns; `nil` until there are enough readings.
  public var growth: BytesPerSecond?

  /// Makes one.
  public init(name: Printable, owned: Bytes, resident: Bytes, growth: BytesPerSecond?) {
    self.name = name
    self.owned = owned
    self.resident = resident
    self.growth = growth
  }
}
