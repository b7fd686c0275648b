/// What is remembered of one process from reading to reading; kept small, because there are thousands.
///
/// Times are milliseconds of a clock that wraps after seven weeks.
struct RosterEntry: Sendable {
  /// Yes or no, of many things.
  struct Marks: OptionSet, Sendable {
    let rawValue: UInt8
    /// Its whole life speaks for a process that hardly ever runs.
    static let isSleeper = Marks(rawValue: 1)
    static let isKernelThread = Marks(rawValue: 2)
    /// Its command line and its groups are still to be read.
    static let wantsFacts = Marks(rawValue: 4)
    /// What it read and wrote is to be read.
    static let wantsIO = Marks(rawValue: 8)
    /// That can not be read.
    static let hidesIO = Marks(rawValue: 16)
    /// What it read and wrote was counted before.
    static let hasIO = Marks(rawValue: 32)
    /// Its `stat` could not be read.
    static let isHidden = Marks(rawValue: 64)
    /// It has run since it was first seen.
    static let hasMoved = Marks(rawValue: 128)
  }

  // The widest first: in any other order half as much again would go to gaps.
  var history = ResidentHistory()
  var startTicks: UInt64 = 0
  var cpuTicks: UInt64 = 0
  /// Tells one program from the next that the same process becomes.
  var program: UInt64 = 0
  var ioBytes: UInt64 = 0
  let pid: Int32
  var ioAt: UInt32 = 0
  /// When it was looked at.
  var seenAt: UInt32
  /// When its processor time moved.
  var movedAt: UInt32
  /// When to look again.
  var due: UInt32
  /// How often and how long its only thread has run, boiled down; 0 is unknown.
  var runs: UInt32 = 0
  /// So many looks go by before the thread's own count is worth a look again.
  var doubts: UInt8 = 0
  /// Looks since everything was read.
  var looks: UInt8 = 0
  var marks: Marks = []

  init(pid: Int32, at now: UInt32) {
    self.pid = pid
    seenAt = now
    movedAt = now
    due = now
  }

  private static let longestPause: UInt32 = 5000
  private static let quietPerPause: UInt32 = 12
  private static let longestQuiet: UInt32 = 3_600_000

  /// How long it may go without a look: the longer it has not run, the longer, and never more than five seconds.
  func pause(at now: UInt32) -> UInt32 {
    if marks.contains(.isSleeper) { return RosterEntry.longestPause }
    return min(RosterEntry.longestPause, (now &- movedAt) / RosterEntry.quietPerPause)
  }

  /// Plans the next look, where looks are `step` apart; what comes due between two of them is done at the earlier.
  ///
  /// Those that fall asleep together are not to be looked at together for ever: each finds a place of its own.
  mutating func plan(at now: UInt32, step: UInt32, after before: UInt32) {
    if now &- movedAt > RosterEntry.longestQuiet { movedAt = now &- RosterEntry.longestQuiet }
    let pause = pause(at: now)
    due = now &+ (pause > step ? pause - step / 2 : 1)
    guard pause == RosterEntry.longestPause, before < pause, pause > step else { return }
    due = due &- slot(of: pause / step) * step
  }

  /// Plans the second look: in a crowd that is met all at once everybody has a place in the five seconds to come.
  mutating func planFirst(at now: UInt32) {
    let slots: UInt32 = 5
    let width = RosterEntry.longestPause / slots
    guard marks.contains(.isSleeper) else { return due = now &+ 1 }
    due = now &+ slot(of: slots) * width &+ width / 2
  }

  /// One of so many places, which differs from process to process and not in step with their numbers.
  private func slot(of slots: UInt32) -> UInt32 {
    ((UInt32(truncatingIfNeeded: pid) &* 0x9E37_79B9) >> 16) % max(1, slots)
  }

  /// Whether it is time.
  func isDue(at now: UInt32) -> Bool { Int32(bitPattern: now &- due) >= 0 }

  /// Whether it has been quiet for so long that it is not looked at each time.
  func isResting(at now: UInt32, step: UInt32) -> Bool { pause(at: now) > step }
}
