/// One tick, finished: what was measured and what it means. Immutable, and all that anyone else ever sees.
public struct Snapshot: Sendable, Equatable {
  /// What was measured.
  @Boxed public var sample: Sample
  /// The strip.
  @Boxed public var vitals: Vitals
  /// The first of the six.
  @Boxed public var memory: MemoryReading
  /// The second.
  @Boxed public var storage: StorageReading
  /// The third.
  @Boxed public var batching: BatchingReading
  /// The fourth.
  @Boxed public var quality: QualityReading
  /// The fifth.
  @Boxed public var thermal: ThermalReading
  /// The sixth.
  @Boxed public var alerts: AlertsReading
  /// How perftop itself is doing.
  public var health: Health
  /// What happened, for the time axis of the graphs.
  public var marks: [Mark]
  /// What became of commands, newest last.
  public var receipts: [Receipt]
  /// What is being watched, in words, while there is nothing to show of it: `waiting for camera_node`.
  public var watching: WatchState
  /// What could be evicted, once somebody asked.
  @Boxed public var evictables: [Evictable]? = nil
  /// All processes, while somebody is choosing among them.
  @Boxed public var roster: Roster? = nil
  /// When the places of the graphs were taken.
  public var times = SampleTimes()
  /// What the program's own operations cost, where it is linked.
  @Boxed public var operations = OperationsReading()
  /// What is thought of it all together: trends, forecasts, bottlenecks, pressure, a score.
  @Boxed public var judgement = JudgementReading()

  /// All six, for those who need to know no more than that they are readings.
  public var readings: [any Reading] { [memory, storage, batching, quality, thermal, alerts] }
}

/// How perftop itself is doing.
public struct Health: Sendable, Equatable {
  /// Own processor share, 1 being one processor.
  public var cpu: Ratio?
  /// Own resident memory.
  public var resident: Bytes = .zero
  /// Time the last tick took to read and judge, in seconds.
  public var probeSeconds = 0.0
  /// Ticks that were skipped because the machine was too busy.
  public var lateTicks = 0
  /// Seconds between samples.
  public var interval = 1.0

  /// Knows nothing yet.
  public init() {}
}

/// Where watching stands.
public enum WatchState: Sendable, Equatable {
  /// Only the machine is watched: no process was named.
  case machineOnly
  /// The target is there.
  case watching
  /// It is not there yet: what is being looked for.
  case waiting(Printable)
  /// It has ended: what it was, how it ended, and when that was seen, in nanoseconds since 1970.
  case ended(Printable, ProcessEnd, at: Int64? = nil)
}
