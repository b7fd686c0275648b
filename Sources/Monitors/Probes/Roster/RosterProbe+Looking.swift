import Glibc

/// One process at a time.
extension RosterProbe {
  private static let millisecondsPerTick = 10.0
  private static let clockTicks = 100.0
  private static let pageSize = max(1, Int64(sysconf(Int32(_SC_PAGESIZE))))
  /// After so many looks everything is read again, its owner too.
  private static let looksPerWhole: UInt8 = 12
  private static let looksInDoubt: UInt8 = 3

  /// Makes the acquaintance of a process; `nil` if it is gone already, or nothing can be opened now.
  func meet(_ pid: Int32, _ scratch: Scratch) -> (RosterEntry, RosterRow)? {
    do throws(SystemError) {
      let bytes = try scratch.read(host.files, String(pid) + "/stat", in: directory)
      guard let stat = ProcessStat.parse(bytes, upTo: ProcessStat.stackField) else {
        return stranger(pid, "its state can not be read")
      }
      return acquaintance(pid, stat, ProcessStat.name(in: bytes) ?? "")
    } catch {
      return error.absence().isForbidden ? stranger(pid, RosterProbe.hidden) : nil
    }
  }

  /// Looks at one process; `false` if it is gone.
  mutating func look(at index: Int, _ scratch: Scratch) -> Bool {
    if hasSurelyRested(index, scratch) { return true }
    let pid = entries[index].pid
    let pause = entries[index].pause(at: entries[index].seenAt)
    do throws(SystemError) {
      let bytes = try stat(pid, scratch)
      if let stat = ProcessStat.parse(bytes, upTo: ProcessStat.stackField) {
        take(stat, bytes, index)
      }
      entries[index].plan(at: now, step: step, after: pause)
    } catch {
      if error.absence() == .gone { return false }
      if error.absence().isForbidden, !entries[index].marks.contains(.isHidden) {
        (entries[index], rows[index]) = stranger(pid, RosterProbe.hidden)
      }
    }
    return true
  }

  private func stat(_ pid: Int32, _ scratch: Scratch) throws(SystemError) -> UnsafeRawBufferPointer
  {
    if let file = kept.file(pid) { return try scratch.read(host.files, kept: file) }
    return try scratch.read(host.files, String(pid) + "/stat", in: directory)
  }

  /// Whether the only thread of a process at rest has not run at all: then nothing about it is different.
  ///
  /// The thread's own count is had for half of what `stat` costs.
  private mutating func hasSurelyRested(_ index: Int, _ scratch: Scratch) -> Bool {
    let entry = entries[index]
    guard entry.doubts == 0 else {
      entries[index].doubts -= 1
      return false
    }
    guard entry.isResting(at: now, step: step), rows[index].threads == 1,
      entry.looks < RosterProbe.looksPerWhole, !entry.marks.contains(.isHidden)
    else { return false }
    guard let runs = runs(entry.pid, scratch) else {
      entries[index].doubts = .max
      return false
    }
    guard runs == entry.runs else {
      if entry.runs != 0 { entries[index].doubts = RosterProbe.looksInDoubt }
      entries[index].runs = runs
      return false
    }
    rest(index)
    return true
  }

  /// Time on a processor and turns, boiled down; `nil` where the kernel does not count them.
  private func runs(_ pid: Int32, _ scratch: Scratch) -> UInt32? {
    guard
      let bytes = try? scratch.read(host.files, String(pid) + "/schedstat", in: directory)
    else { return nil }
    var scanner = ByteScanner(bytes)
    guard let time = scanner.number(), scanner.number() != nil, let turns = scanner.number(),
      turns > 0
    else { return nil }
    return UInt32(truncatingIfNeeded: (time ^ (time >> 32)) &+ turns &* 0x9E37_79B9) | 1
  }

  private mutating func rest(_ index: Int) {
    let pause = entries[index].pause(at: entries[index].seenAt)
    entries[index].seenAt = now
    entries[index].looks += 1
    entries[index].plan(at: now, step: step, after: pause)
    if rows[index].cpu != 0 { rows[index].cpu = 0 }
    if entries[index].marks.contains(.hasIO), rows[index].io.value != 0 {
      rows[index].io = .fresh(0)
    }
  }

  private mutating func take(_ stat: ProcessStat, _ bytes: UnsafeRawBufferPointer, _ index: Int) {
    guard stat.startTicks == entries[index].startTicks else {
      kept.drop(entries[index].pid)
      (entries[index], rows[index]) = acquaintance(
        entries[index].pid, stat, ProcessStat.name(in: bytes) ?? "")
      return
    }
    takeTime(stat, index)
    let wasEnded = RosterProbe.isOver(rows[index])
    let resident = RosterProbe.resident(stat)
    rows[index].parent = stat.parent
    rows[index].state = Character(Unicode.Scalar(stat.state))
    rows[index].threads = stat.threads
    if rows[index].resident != resident {
      rows[index].resident = resident
      rows[index].growth = entries[index].history.growth(resident, beats, at: now)
    }
    if RosterProbe.isOver(rows[index]) != wasEnded {
      rows[index].facts.refusal = RosterProbe.refusal(stat)
    }
    takeProgram(stat, bytes, index)
    takeTurn(index)
  }

  private mutating func takeTime(_ stat: ProcessStat, _ index: Int) {
    let elapsed = now &- entries[index].seenAt
    guard elapsed > 0 else { return }
    let before = entries[index].cpuTicks
    entries[index].cpuTicks = stat.cpuTicks
    entries[index].seenAt = now
    guard stat.cpuTicks >= before else { return rows[index].cpu = nil }
    rows[index].cpu =
      Double(stat.cpuTicks - before) * RosterProbe.millisecondsPerTick / Double(elapsed)
    if stat.cpuTicks > before {
      entries[index].movedAt = now
      entries[index].marks.remove(.isSleeper)
      entries[index].marks.insert(.hasMoved)
    } else if !entries[index].marks.contains(.hasMoved), isSleeper(stat) {
      // It was too young to tell when it was met.
      entries[index].marks.insert(.isSleeper)
    }
  }

  /// After an exec it is another program with other rights.
  private mutating func takeProgram(
    _ stat: ProcessStat, _ bytes: UnsafeRawBufferPointer, _ index: Int
  ) {
    let program = RosterProbe.program(stat)
    guard program != entries[index].program else { return }
    entries[index].program = program
    var facts = rows[index].facts
    facts.name = ProcessStat.name(in: bytes) ?? ""
    facts.command = stat.isKernelThread ? "[\(facts.name)]" : facts.name
    rows[index].facts = facts
    guard !stat.isKernelThread else { return }
    entries[index].marks.insert(.wantsFacts)
    entries[index].marks.remove([.hidesIO, .isSleeper])
    entries[index].looks = RosterProbe.looksPerWhole
  }

  private mutating func takeTurn(_ index: Int) {
    entries[index].looks += 1
    if entries[index].looks > RosterProbe.looksPerWhole {
      entries[index].looks = 0
      checkOwner(index)
    }
    let marks = entries[index].marks
    let isIdle =
      marks.contains(.isSleeper) && rows[index].threads == 1 && entries[index].doubts == 0
    if !isIdle, marks.isDisjoint(with: [.hidesIO, .isKernelThread]) {
      entries[index].marks.insert(.wantsIO)
    }
  }

  private mutating func checkOwner(_ index: Int) {
    guard let uid = owner(entries[index].pid), uid != rows[index].facts.uid else { return }
    rows[index].facts.uid = uid
    rows[index].facts.user = users.name(uid)
    entries[index].marks.remove(.hidesIO)
  }

  /// Holds the busy open, and lets go of those that are quiet.
  mutating func keepBusy(_ scratch: Scratch) {
    for index in entries.indices where entries[index].seenAt == now {
      let isBusy = (rows[index].cpu ?? 0) > 0
      let pid = entries[index].pid
      if isBusy, kept.file(pid) == nil {
        guard kept.keep(pid, scratch) else { return }
      } else if entries[index].isResting(at: now, step: step) {
        kept.drop(pid)
      }
    }
  }
}

/// First impressions.
extension RosterProbe {
  static let hidden: Printable =
    "not permitted: needs root, because /proc hides other users' processes"

  private func acquaintance(_ pid: Int32, _ stat: ProcessStat, _ name: Printable) -> (
    RosterEntry, RosterRow
  ) {
    var entry = RosterEntry(pid: pid, at: now)
    entry.startTicks = stat.startTicks
    entry.cpuTicks = stat.cpuTicks
    entry.program = RosterProbe.program(stat)
    entry.marks = stat.isKernelThread ? .isKernelThread : .wantsFacts
    if isSleeper(stat) { entry.marks.insert(.isSleeper) }
    entry.planFirst(at: now)
    var facts = RosterFacts(identity: ProcessKey(pid: pid, startTicks: stat.startTicks))
    facts.name = name
    facts.command = stat.isKernelThread ? "[\(name)]" : name
    facts.uid = owner(pid) ?? 0
    facts.user = users.name(facts.uid)
    facts.refusal = RosterProbe.refusal(stat)
    var row = RosterRow(facts: facts)
    row.parent = stat.parent
    row.state = Character(Unicode.Scalar(stat.state))
    row.threads = stat.threads
    row.resident = RosterProbe.resident(stat)
    if stat.isKernelThread {
      row.io = .missing(.because("the kernel's own threads are not charged"))
    }
    return (entry, row)
  }

  /// A process of which hardly more than the number can be told.
  private func stranger(_ pid: Int32, _ why: Printable) -> (RosterEntry, RosterRow) {
    var entry = RosterEntry(pid: pid, at: now)
    entry.marks = [.isSleeper, .isHidden, .hidesIO]
    entry.planFirst(at: now)
    var facts = RosterFacts(identity: ProcessKey(pid: pid, startTicks: 0))
    facts.name = "?"
    facts.command = "?"
    facts.refusal = why
    if let uid = owner(pid) { (facts.uid, facts.user) = (uid, users.name(uid)) }
    var row = RosterRow(facts: facts)
    row.io = .missing(.because(why))
    return (entry, row)
  }

  /// Whether its life so far says that it hardly ever runs: less than half a thousandth of it, or not to speak of.
  private func isSleeper(_ stat: ProcessStat) -> Bool {
    let share = 0.0005
    let nothing: UInt64 = 2
    let youth = 2.0
    guard stat.state != UInt8(ascii: "R"), let uptime else { return false }
    let age = uptime - Double(stat.startTicks) / RosterProbe.clockTicks
    guard age >= youth else { return false }
    return stat.cpuTicks <= nothing || Double(stat.cpuTicks) / RosterProbe.clockTicks < age * share
  }

  /// Who owns it; its directory tells, and in a tree of files, whose owner says nothing, its status.
  private func owner(_ pid: Int32) -> UInt32? {
    guard host.isFixture else {
      return try? host.files.status(String(pid), in: directory, following: true).owner
    }
    let scratch = Scratch(size: 4096)
    // Nobody else holds the memory, so it would be gone after its last mention by name.
    return withExtendedLifetime(scratch) {
      let bytes = try? scratch.read(host.files, String(pid) + "/status", in: directory)
      return bytes.flatMap(ProcessStatus.parse)?.uid
    }
  }

  private static func program(_ stat: ProcessStat) -> UInt64 {
    (stat.name.low &* 0x9E37_79B9_7F4A_7C15) ^ (stat.name.high &* 0xC2B2_AE3D_27D4_EB4F)
      ^ (stat.stackStart &* 0x1656_67B1_9E37_79F9)
  }

  private static func resident(_ stat: ProcessStat) -> Bytes {
    let (bytes, isTooLarge) = Int64(clamping: stat.residentPages).multipliedReportingOverflow(
      by: pageSize)
    return isTooLarge ? .zero : Bytes(bytes)
  }

  private static func isOver(_ row: RosterRow) -> Bool {
    (row.state == "Z" || row.state == "X" || row.state == "x") && row.threads <= 1
  }

  private static func refusal(_ stat: ProcessStat) -> Printable? {
    if stat.isKernelThread { return "a kernel thread has no memory or files of its own" }
    guard StatusProbe.isEnded(stat.state), stat.threads <= 1 else { return nil }
    return "it has ended and only waits for its parent to take note"
  }
}
