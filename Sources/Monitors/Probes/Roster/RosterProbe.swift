/// Reads all processes for a list to choose from, for as little as that can be had for.
///
/// What has run lately is read each time; what has not for a minute, or hardly ever in its life, every five seconds. A
/// process of one thread is then only asked whether it has run at all. Command lines and groups are read once, on a
/// thread of their own, because a process can hold up whoever reads them.
public struct RosterProbe: Probe {
  /// What it reads and costs.
  public static let provenance = Provenance(
    name: "all processes",
    reads: "/proc/*/stat, and schedstat, io, cmdline, cgroup of some, while a list is shown",
    microseconds: 2500, needs: "CAP_SYS_PTRACE or the same user (storage counters)",
    grant: "sudo setcap cap_sys_ptrace+ep $(command -v perftop)")

  let host: Host
  let directory: DirectoryHandle
  let own: Set<Int32>
  var numbers: ProcessNumbers
  var users: UserNames
  var links: LinkSockets
  var desk: RosterDesk
  var kept: KeptStats
  var beats = Beats()
  /// Where asking went on last time, so that everybody's turn comes.
  var cursor = 0
  /// In the order of numbers, and the rows beside them.
  var entries: [RosterEntry] = []
  var rows: [RosterRow] = []
  /// Seconds since boot, where that was worth a look.
  var uptime: Double?
  /// Milliseconds now and since the reading before.
  var now: UInt32 = 0
  var step: UInt32 = RosterProbe.usualStep
  private var last: Roster?

  static let usualStep: UInt32 = 1000
  private static let shortestStep: UInt32 = 450

  /// Prepares for a list; `nil` where there are no processes to read.
  public init?(host: Host, inlineWorkers: Bool = false) {
    guard let directory = try? host.files.openDirectory("/proc", in: nil) else { return nil }
    self.host = host
    self.directory = directory
    let link = try? host.files.readLink("/proc/self", in: nil)
    own = Set(link.flatMap { Int32(String(decoding: $0, as: UTF8.self)) }.map { [$0] } ?? [])
    numbers = ProcessNumbers(files: host.files, directory: directory)
    users = UserNames(files: host.files)
    links = LinkSockets(host: host)
    desk = RosterDesk(
      RosterReader(host: host, directory: directory), isInline: inlineWorkers)
    kept = KeptStats(files: host.files, directory: directory)
  }

  /// Whether there are processes to read.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    do throws(SystemError) {
      _ = try host.files.openDirectory("/proc", in: nil)
      return nil
    } catch { return error.absence(missingMeans: .notSupported) }
  }

  /// All processes now; one that was taken less than half a second ago is still good.
  public mutating func read(at moment: Moment, scratch: Scratch) -> Roster {
    let before = now
    let milliseconds = UInt32(truncatingIfNeeded: moment.nanoseconds / 1_000_000)
    if let last {
      guard milliseconds &- before >= RosterProbe.shortestStep else { return last }
      step = min(milliseconds &- before, 10 * RosterProbe.usualStep)
    }
    now = milliseconds
    // Whoever still has the one before keeps it; here it would only be copied.
    last = nil
    uptime = bootSeconds(scratch)
    answer(at: moment)
    let namesChanged = users.refresh(at: moment)
    takeCensus(scratch)
    lookAround(scratch)
    keepBusy(scratch)
    if namesChanged { renameUsers() }
    noteGrowth()
    findLinks(at: moment)
    ask(at: moment)
    answer(at: moment)
    var roster = Roster(moment: moment, rows: rows, uptime: uptime)
    roster.unread = entries.count { $0.marks.contains(.wantsFacts) }
    last = roster
    return roster
  }
}

/// Who is there.
extension RosterProbe {
  /// Brings the entries in line with the processes there are.
  private mutating func takeCensus(_ scratch: Scratch) {
    switch numbers.change(at: now, scratch: scratch) {
    case .none: return
    case .born(let born):
      arrange(Set(entries.lazy.map(\.pid)).union(born).subtracting(own).sorted(), scratch)
    case .all(var present):
      if let own = present.firstIndex(where: own.contains) { present.remove(at: own) }
      if !present.elementsEqual(entries.lazy.map(\.pid)) { arrange(present, scratch) }
    }
  }

  private mutating func arrange(_ present: [Int32], _ scratch: Scratch) {
    let (oldEntries, oldRows) = (entries, rows)
    entries = []
    rows = []
    entries.reserveCapacity(present.count)
    rows.reserveCapacity(present.count)
    var place = 0
    var gone: Set<Int32> = []
    for pid in present {
      while place < oldEntries.count, oldEntries[place].pid < pid {
        gone.insert(oldEntries[place].pid)
        place += 1
      }
      if place < oldEntries.count, oldEntries[place].pid == pid {
        entries.append(oldEntries[place])
        rows.append(oldRows[place])
        place += 1
      } else if let (entry, row) = meet(pid, scratch) {
        entries.append(entry)
        rows.append(row)
      }
    }
    gone.formUnion(oldEntries[place...].map(\.pid))
    forget(gone)
  }

  private func bootSeconds(_ scratch: Scratch) -> Double? {
    guard let bytes = try? scratch.read(host.files, "uptime", in: directory) else { return nil }
    var scanner = ByteScanner(bytes)
    return scanner.decimal()
  }

  /// Looks at every process that is due, and drops those that are gone.
  private mutating func lookAround(_ scratch: Scratch) {
    var gone: Set<Int32> = []
    for index in entries.indices where entries[index].isDue(at: now) {
      if !look(at: index, scratch) { gone.insert(entries[index].pid) }
    }
    guard !gone.isEmpty else { return }
    var left = 0
    for index in entries.indices where !gone.contains(entries[index].pid) {
      if left != index {
        entries[left] = entries[index]
        rows[left] = rows[index]
      }
      left += 1
    }
    entries.removeLast(entries.count - left)
    rows.removeLast(rows.count - left)
    forget(gone)
  }

  /// The children of those who went have another parent now, though they may not have run.
  private mutating func forget(_ gone: Set<Int32>) {
    guard !gone.isEmpty else { return }
    for pid in gone { kept.drop(pid) }
    for index in rows.indices where gone.contains(rows[index].parent) {
      entries[index].due = now
      entries[index].doubts = 1
    }
  }
}
