/// Every process at one moment, for a list to choose from.
public struct Roster: Sendable, Equatable {
  /// When it was taken.
  public var moment: Moment
  /// One row a process, in the order of their numbers.
  public var rows: [RosterRow]
  /// Seconds since boot as start times are counted; `nil` where the kernel does not say.
  public var uptime: Double?
  /// How many of them have texts that were not read yet: command line, unit, container.
  public var unread = 0

  /// Makes one.
  public init(moment: Moment, rows: [RosterRow], uptime: Double? = nil) {
    self.moment = moment
    self.rows = rows
    self.uptime = uptime
  }
}

/// What tells two processes apart although a number may be given out again.
public struct ProcessKey: Sendable, Hashable {
  /// Process number.
  public var pid: Int32
  /// When it started, in clock ticks since boot.
  public var startTicks: UInt64

  /// Names a process.
  public init(pid: Int32, startTicks: UInt64) {
    self.pid = pid
    self.startTicks = startTicks
  }
}

/// One process among all: what hardly ever changes, and what was measured last.
public struct RosterRow: Sendable, Equatable {
  /// What hardly ever changes.
  @Boxed public var facts: RosterFacts
  /// Parent's number.
  public var parent: Int32 = 0
  /// State letter as the kernel gives it.
  public var state: Character = "?"
  /// Number of threads.
  public var threads = 0
  /// Share of one processor since the reading before, which is five seconds ago for one that sleeps; `nil` at the first.
  public var cpu: Double?
  /// Resident memory.
  public var resident = Bytes.zero
  /// How fast resident memory grows, in bytes a second, over the last minute; `nil` until there are ten seconds of it.
  public var growth: Double?
  /// What it reads from and writes to storage, in bytes a second together (`read_bytes` and `write_bytes`, so what the
  /// page cache answers does not count, and what a child had done counts when it is collected); missing where that may
  /// not be read.
  public var io: Measured<Double> = .missing(.notYet)

  /// Which process it is.
  public var identity: ProcessKey { facts.identity }

  /// Starts from what hardly ever changes.
  public init(facts: RosterFacts) { self.facts = facts }

  /// Whether what hardly ever changes has not changed; costs next to nothing where both came of one reading.
  public func hasFacts(of other: RosterRow) -> Bool { _facts == other._facts }
}

/// What hardly ever changes about a process.
public struct RosterFacts: Sendable, Equatable {
  /// Which process it is.
  public var identity: ProcessKey
  /// Short name.
  public var name: Printable = ""
  /// Command line, cut to what a list can use; the name in brackets where there is none.
  public var command: Printable = ""
  /// Owner's name, else the number.
  public var user: Printable = ""
  /// Owner's number.
  public var uid: UInt32 = 0
  /// The systemd unit it runs in: `collector.service`.
  public var unit: Printable?
  /// The container it runs in, by its engine and short id: `docker 3f2a91c0d4e5`.
  public var container: Printable?
  /// Whether it has linked itself in.
  public var isLinked = false
  /// Why it can't be attached, and what would allow it; `nil` where it can.
  public var refusal: Printable?

  /// Names a process of which nothing is known yet.
  public init(identity: ProcessKey) { self.identity = identity }
}
