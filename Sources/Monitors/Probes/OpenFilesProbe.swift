/// Reads which files the target holds open and how far each has been read and written.
///
/// Everything here asks the kernel for what it holds already and never waits; what may wait is done by workers.
/// One probe follows one target: make a new one for another.
public struct OpenFilesProbe: Probe {
  /// `/proc/PID/fd`, `fdinfo` and the directories of written files.
  public static let provenance = Provenance(
    name: "open files", reads: "/proc/PID/fd, /proc/PID/fdinfo, /proc/PID/io, inotify",
    microseconds: 120, needs: "the same user or CAP_SYS_PTRACE",
    grant: "sudo setcap cap_sys_ptrace+ep $(command -v perftop)")

  let files: any Files
  var tables: [DescriptorTable] = []
  var newborns: Set<Int32> = []
  var set = FileSet()
  var watcher: DirectoryWatcher
  var heads: Worker<[Head]>
  var total = CounterTotal()
  var allowance = WriteAllowance()
  var prefixes: [Int32: String] = [:]
  var started: Start?
  var ticks = 0
  var desk = ClaimDesk()
  /// Why the root's descriptors can be listed and not looked at, or not even listed.
  var refused: Absence?
  var begun: Moment?
  /// What was already read of the processes this tick.
  var known: [ProcessSample]?
  /// Where the target writes, one place a device, for the probe of filesystems.
  public internal(set) var places: [WrittenPlace] = []

  /// When watching began.
  struct Start {
    var moment: Moment
    /// Processes born later than this were born while watched, in clock ticks since boot.
    var bootTicks: UInt64
  }

  /// What a worker says of a file's first bytes.
  struct Head: Sendable {
    var key: FileKey
    var format: FileFormat?
  }

  /// Looks at nothing yet; inline workers make a test one synchronous call.
  public init(host: Host, inlineWorkers: Bool = false) {
    files = host.files
    watcher = DirectoryWatcher(host: host, inlineWorkers: inlineWorkers)
    heads = Worker(name: "file heads", isInline: inlineWorkers)
  }

  /// Whether the descriptors of the target can be listed.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    guard let target else { return nil }
    do throws(SystemError) {
      _ = try host.files.list("fd", in: target.directory)
      return nil
    } catch { return error.absence(needs: provenance.needs) }
  }

  /// Lets workers look at files that were closed since the last tick.
  ///
  /// Called before the other probes of a tick, their time is enough for the answers to come in the same tick; `read`
  /// does it where nobody has.
  public mutating func begin(at moment: Moment) {
    begun = moment
    watcher.begin(at: moment)
  }

  /// Looks at all processes of the target, the root first; `processes` spares it reading their counters again.
  public mutating func read(
    _ handles: [TargetHandle], processes: [ProcessSample]? = nil, at moment: Moment,
    scratch: Scratch
  ) -> FilesSample {
    ticks += 1
    known = processes
    adopt(handles, at: moment, scratch)
    if begun != moment { begin(at: moment) }
    var sample = FilesSample()
    refused = list(at: moment)
    look(scratch, at: moment)
    followWorkingDirectories()
    readHeads(at: moment)
    count(at: moment, scratch)
    set.tidy(at: moment)
    sample.open = refused.map { .missing($0) } ?? .fresh(set.listed())
    sample.descriptors = tables.reduce(0) { $0 + $1.descriptors.count }
    sample.formats = set.totals.samples
    sample.seenWritten = set.seenWritten
    sample.caveats = caveats(at: moment)
    return sample
  }
}

extension OpenFilesProbe {
  private static let clockTicks = 100.0

  /// Takes the processes as they are now: new ones get a table, those that are gone close their files.
  private mutating func adopt(_ handles: [TargetHandle], at moment: Moment, _ scratch: Scratch) {
    if started == nil, !handles.isEmpty {
      started = Start(moment: moment, bootTicks: bootTicks(scratch))
    }
    let isKnown = { (table: DescriptorTable, handle: TargetHandle) in
      table.handle.pid == handle.pid && table.handle.startTicks == handle.startTicks
    }
    for table in tables where !handles.contains(where: { isKnown(table, $0) }) {
      for descriptor in table.descriptors { close(descriptor, of: table.handle, at: moment) }
      prefixes[table.handle.pid] = nil
      newborns.remove(table.handle.pid)
    }
    tables = handles.map { handle in
      tables.first { isKnown($0, handle) } ?? DescriptorTable(handle: handle)
    }
    for handle in handles where handle.startTicks >= started?.bootTicks ?? .max {
      newborns.insert(handle.pid)
    }
  }

  /// The time since boot in clock ticks, as start times of processes are told.
  private func bootTicks(_ scratch: Scratch) -> UInt64 {
    guard let bytes = try? scratch.read(files, "/proc/uptime") else { return .max }
    var scanner = ByteScanner(bytes)
    guard let uptime = scanner.decimal(), uptime >= 0, uptime < 1e12 else { return .max }
    return UInt64(uptime * OpenFilesProbe.clockTicks)
  }

  static let eagerProcesses = 4

  /// Lists descriptors where that is due; says why the root's can't be.
  private mutating func list(at moment: Moment) -> Absence? {
    var absence: Absence? = tables.isEmpty ? .gone : nil
    for index in tables.indices {
      let handle = tables[index].handle
      let isEager = index < OpenFilesProbe.eagerProcesses
      // Many processes take turns: each is asked every second tick.
      guard isEager || tables[index].isUnlisted || (ticks + index).isMultiple(of: 2) else {
        continue
      }
      let isNew = newborns.contains(handle.pid) || !tables[index].isUnlisted
      do throws(SystemError) {
        let closed = try tables[index].refresh(files, at: moment, isNew: isNew, isEager: isEager)
        for descriptor in closed { close(descriptor, of: handle, at: moment) }
        tables[index].isDenied = false
      } catch {
        let reason = error.absence(needs: OpenFilesProbe.provenance.needs)
        if case .notPermitted = reason { tables[index].isDenied = true }
        if index == 0 { absence = reason }
      }
    }
    return absence
  }

  mutating func close(_ descriptor: Descriptor, of handle: TargetHandle, at moment: Moment) {
    guard let key = descriptor.key, descriptor.role == .reading || descriptor.role == .writing
    else { return }
    let isWriting = descriptor.role == .writing
    guard let file = set.close(key, wasWriting: isWriting, at: moment), !file.sample.isDeleted
    else { return }
    watcher.look(at: file.path, prefix: prefix(of: handle))
  }

  mutating func prefix(of handle: TargetHandle) -> String {
    if let prefix = prefixes[handle.pid] { return prefix }
    let prefix = TargetRoot.prefix(of: handle, files)
    prefixes[handle.pid] = prefix
    return prefix
  }
}
