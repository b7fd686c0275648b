/// The watched process with its children.
public struct TargetSample: Sendable, Equatable {
  /// Process number as seen from here.
  public var pid: Int32
  /// Short name.
  public var name: Printable = ""
  /// Command line, at most 4 KiB of it.
  public var command: Printable = ""
  /// What it runs on: `native`, `python`, `jvm`, `node`, …
  public var runtime: Printable = "native"
  /// When it started, in nanoseconds since 1970.
  public var startedWall: Int64 = 0
  /// How long it has run, in seconds.
  public var uptime: Double = 0
  /// Counts restarts that were followed, from 1.
  public var generation = 1
  /// Counts the times it became another program without becoming another process.
  public var execs = 0
  /// How the generation before this one ended, in words.
  public var previousEnd: Printable?
  /// The process itself.
  public var root: ProcessSample
  /// Its living descendants, where they are included.
  public var children: [ProcessSample] = []
  /// Descendants that were found but are too many to be looked at.
  public var leftOut = 0
  /// Proportional memory of all of them together; costs the target something, so it is read seldom.
  public var pss: Measured<Bytes> = .missing(.notYet)
  /// Attribution by mapping, read seldom like `pss`.
  public var mappings: Measured<MappingsSample> = .missing(.notYet)
  /// Limits and events of its control group.
  public var cgroup: Measured<CgroupSample> = .missing(.notYet)
  /// `RLIMIT_AS`; `nil` is unlimited.
  public var addressSpaceLimit: Measured<Bytes?> = .missing(.notYet)
  /// `RLIMIT_NOFILE`.
  public var descriptorLimit: Measured<Int?> = .missing(.notYet)

  /// Starts from the process itself.
  public init(pid: Int32, root: ProcessSample) {
    self.pid = pid
    self.root = root
  }

  /// How many children are counted, and of how many: `128 of 2000 children`.
  public var childrenWords: Printable {
    leftOut == 0
      ? "\(children.count) children" : "\(children.count) of \(children.count + leftOut) children"
  }

  /// The process and its children.
  public var all: [ProcessSample] { [root] + children }
}

/// One process, from files that cost it nothing.
public struct ProcessSample: Sendable, Equatable {
  /// Process number.
  public var pid: Int32
  /// Parent's number.
  public var parent: Int32 = 0
  /// Start time in clock ticks since boot: with the number, what tells two processes apart on paper.
  public var startTicks: UInt64 = 0
  /// Short name.
  public var name: Printable = ""
  /// State letter as the kernel gives it: R, S, D, T, t, Z, X, I.
  public var state: Character = "?"
  /// Whether only threads are left: the leader has ended, the program has not.
  public var leaderEnded = false
  /// Number of threads.
  public var threads = 0
  /// Processor time used, in clock ticks.
  public var cpuTicks: UInt64 = 0
  /// Page faults that read from disk.
  public var majorFaults: UInt64 = 0
  /// Time ready to run but waiting for a processor, in nanoseconds.
  public var runDelay: Measured<UInt64> = .missing(.notYet)
  /// Share of one processor that its busiest thread took since the reading before; `nil` where threads are not read.
  public var busiestThread: Double?
  /// Owner.
  public var uid: UInt32 = 0
  /// Resident memory.
  public var resident: Measured<Bytes> = .missing(.notYet)
  /// Resident anonymous memory.
  public var anonymous: Measured<Bytes> = .missing(.notYet)
  /// Resident file pages.
  public var file: Measured<Bytes> = .missing(.notYet)
  /// Resident shared memory.
  public var shared: Measured<Bytes> = .missing(.notYet)
  /// Swapped out.
  public var swapped: Measured<Bytes> = .missing(.notYet)
  /// Address space.
  public var virtual: Measured<Bytes> = .missing(.notYet)
  /// Storage counters.
  public var io: Measured<IOCounters> = .missing(.notYet)
  /// Open descriptors.
  public var descriptors: Measured<Int> = .missing(.notYet)

  /// Names a process of which nothing is known yet.
  public init(pid: Int32) { self.pid = pid }
}

/// The kernel's storage counters of one process, since it started.
public struct IOCounters: Sendable, Equatable {
  /// Bytes asked for by read calls, from cache or not.
  public var readCharacters: UInt64 = 0
  /// Bytes given to write calls, to cache or not.
  public var writtenCharacters: UInt64 = 0
  /// Read calls.
  public var readCalls: UInt64 = 0
  /// Write calls.
  public var writeCalls: UInt64 = 0
  /// Bytes fetched from a device.
  public var readBytes: UInt64 = 0
  /// Bytes of pages dirtied for a device.
  public var writtenBytes: UInt64 = 0
  /// Dirtied bytes that were deleted before they were written.
  public var cancelledBytes: UInt64 = 0
  /// All zero.
  public init() {}
}

/// Memory by mapping, and when that was read.
public struct MappingsSample: Sendable, Equatable {
  /// When the reading was finished.
  public var at: Moment
  /// How long the kernel took over it, in seconds.
  public var cost: Double
  /// Mappings of the same name summed, largest first.
  public var mappings: [Mapping]
  /// How much of the processes' own memory there is when what they share by fork is counted once, as a share of the sum.
  public var shareOnce = 1.0

  /// Makes one.
  public init(at: Moment, cost: Double, mappings: [Mapping]) {
    self.at = at
    self.cost = cost
    self.mappings = mappings
  }
}

/// All mappings of one name: `[heap]`, `[anonymous] 7f3a…`, `[stack]`, `/usr/lib/libc.so.6`, `/dev/shm/x`.
public struct Mapping: Sendable, Equatable {
  /// What a person would call it.
  public var name: Printable
  /// Resident.
  public var resident: Bytes = .zero
  /// Resident, shared pages divided among their users.
  public var proportional: Bytes = .zero
  /// Anonymous pages, shared memory and what of it is swapped out: what it owns.
  public var owned: Bytes = .zero
  /// Whether it is backed by a file that can be read again.
  public var isFile = false

  /// Names a mapping.
  public init(name: Printable) { self.name = name }
}

/// Limits and events of a control group, version 1 or 2, the tightest of all its ancestors.
public struct CgroupSample: Sendable, Equatable {
  /// The group's path.
  public var path: Printable = ""
  /// 1 or 2.
  public var version = 2
  /// Hard memory limit; `nil` is none.
  public var memoryLimit: Bytes?
  /// What counts against the limit now.
  public var memoryUsed: Measured<Bytes> = .missing(.notYet)
  /// What counts and can not simply be dropped: usage without page cache.
  public var workingSet: Measured<Bytes> = .missing(.notYet)
  /// Kills for want of memory in this group.
  public var oomKills: Measured<UInt64> = .missing(.notYet)
  /// Processor limit in processors; `nil` is none.
  public var cpuLimit: Double?
  /// Time held back by the processor limit, in microseconds.
  public var cpuThrottled: Measured<UInt64> = .missing(.notYet)
  /// Memory stalls within the group.
  public var memoryPressure: Measured<PressureSample> = .missing(.notSupported)
  /// Knows nothing yet.
  public init() {}
}
