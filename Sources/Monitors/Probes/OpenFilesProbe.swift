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

  private let files: any Files
  private var tables: [DescriptorTable] = []
  private var newborns: Set<Int32> = []
  private var set = FileSet()
  private var watcher: DirectoryWatcher
  private var heads: Worker<[Head]>
  private var total = CounterTotal()
  private var allowance = WriteAllowance()
  private var prefixes: [Int32: String] = [:]
  private var started: Start?
  private var ticks = 0
  private var capped: Moment?
  /// Where the target writes, one place a device, for the probe of filesystems.
  public private(set) var places: [WrittenPlace] = []

  /// When watching began.
  private struct Start {
    var moment: Moment
    /// Processes born later than this were born while watched, in clock ticks since boot.
    var bootTicks: UInt64
  }

  /// What a worker says of a file's first bytes.
  private struct Head: Sendable {
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

  /// Looks at all processes of the target, the root first.
  public mutating func read(
    _ handles: [TargetHandle], at moment: Moment, scratch: Scratch
  ) -> FilesSample {
    ticks += 1
    adopt(handles, at: moment, scratch)
    watcher.begin(at: moment)
    var sample = FilesSample()
    let absence = list(at: moment)
    look(scratch, at: moment)
    followWorkingDirectories()
    readHeads(at: moment)
    count(at: moment, scratch)
    set.tidy(at: moment)
    sample.open = absence.map { .missing($0) } ?? .fresh(set.listed())
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

  private static let eagerProcesses = 4

  /// Lists descriptors where that is due; says why the root's can't be.
  private mutating func list(at moment: Moment) -> Absence? {
    var absence: Absence? = tables.isEmpty ? .gone : nil
    for index in tables.indices {
      let handle = tables[index].handle
      let isNew = newborns.contains(handle.pid) || !tables[index].isUnlisted
      do throws(SystemError) {
        let closed = try tables[index].refresh(
          files, at: moment, isNew: isNew, isEager: index < OpenFilesProbe.eagerProcesses)
        for descriptor in closed { close(descriptor, of: handle, at: moment) }
      } catch {
        if index == 0 { absence = error.absence(needs: OpenFilesProbe.provenance.needs) }
      }
    }
    return absence
  }

  private mutating func close(_ descriptor: Descriptor, of handle: TargetHandle, at moment: Moment)
  {
    guard let key = descriptor.key, descriptor.role == .reading || descriptor.role == .writing
    else { return }
    let isWriting = descriptor.role == .writing
    guard let file = set.close(key, wasWriting: isWriting, at: moment), !file.sample.isDeleted
    else { return }
    watcher.look(at: file.path, prefix: prefix(of: handle))
  }

  private mutating func prefix(of handle: TargetHandle) -> String {
    if let prefix = prefixes[handle.pid] { return prefix }
    let prefix = TargetRoot.prefix(of: handle, files)
    prefixes[handle.pid] = prefix
    return prefix
  }
}

extension OpenFilesProbe {
  /// How many descriptors of each queue are looked at in one tick; the others take turns.
  ///
  /// What is active comes first, so that nothing is looked at twice when it turns active by being looked at.
  private static let budgets: [(queue: Descriptor.Queue, most: Int)] = [
    (.active, 64), (.idle, 128), (.first, 128), (.reading, 16), (.ignored, 4),
  ]

  private mutating func look(_ scratch: Scratch, at moment: Moment) {
    for budget in OpenFilesProbe.budgets {
      var left = budget.most
      for offset in tables.indices {
        let index = (offset + ticks) % tables.count
        for place in tables[index].turn(budget.queue, atMost: left) {
          look(index, place, scratch, at: moment)
          left -= 1
        }
      }
    }
  }

  private mutating func look(_ index: Int, _ place: Int, _ scratch: Scratch, at moment: Moment) {
    let handle = tables[index].handle
    var descriptor = tables[index].descriptors[place]
    defer { tables[index].descriptors[place] = descriptor }
    let status = try? files.status(descriptor.link, in: handle.directory, following: true)
    let key = status.flatMap { $0.kind == .regular ? FileKey($0) : nil }
    if key != descriptor.key, descriptor.role != .unknown {
      close(descriptor, of: handle, at: moment)
      descriptor.forget()
    }
    guard let status, let key else {
      descriptor.role = .ignored
      return
    }
    switch descriptor.role {
    case .ignored: return
    case .unknown:
      descriptor.key = key
      open(&descriptor, status, handle, scratch)
    case .reading, .writing: follow(&descriptor, key, status, handle, scratch)
    }
  }

  /// Looks at a descriptor that leads to a file already known by it.
  private mutating func follow(
    _ descriptor: inout Descriptor, _ key: FileKey, _ status: FileStatus, _ handle: TargetHandle,
    _ scratch: Scratch
  ) {
    let isWriting = descriptor.role == .writing
    var position = descriptor.position
    // Nothing was written where neither size nor blocks nor time of change moved, wherever the position is.
    descriptor.isActive = !isWriting || set.files[key]?.lastStatus != status
    if descriptor.isActive, !descriptor.isAppending || !isWriting,
      let info = info(of: descriptor, handle, scratch)
    {
      position = info.position
    }
    let moved = max(0, position - descriptor.position)
    descriptor.position = position
    set.observe(
      key, status, position: descriptor.isAppending ? status.size : position, moved: moved,
      isWriting: isWriting)
    if isWriting, (ticks + Int(descriptor.number)) % OpenFilesProbe.ticksBetweenNames == 0,
      let path = path(of: descriptor, status, handle)
    {
      set.rename(key, to: path)
    }
  }

  private static let ticksBetweenNames = 4

  private func info(of descriptor: Descriptor, _ handle: TargetHandle, _ scratch: Scratch)
    -> DescriptorInfo?
  {
    let bytes =
      if let kept = descriptor.kept {
        try? scratch.read(files, kept: kept)
      } else {
        try? scratch.read(files, descriptor.info, in: handle.directory)
      }
    return bytes.flatMap(DescriptorInfo.parse)
  }

  /// The file's path as the target names it; `nil` where it is none, or one of the kernel's own.
  private func path(of descriptor: Descriptor, _ status: FileStatus, _ handle: TargetHandle)
    -> String?
  {
    guard let bytes = try? files.readLink(descriptor.link, in: handle.directory) else {
      return nil
    }
    let path = String(decoding: bytes, as: UTF8.self)
    let isForeign = ["/dev/", "/proc/", "/sys/", "/memfd:", "/SYSV", "/anon_hugepage", "/dmabuf"]
      .contains { path.hasPrefix($0) }
    guard path.hasPrefix("/"), !isForeign else { return nil }
    let mark = " (deleted)"
    return status.links == 0 && path.hasSuffix(mark)
      ? String(path.dropLast(mark.utf8.count)) : path
  }

  /// Looks at a descriptor for the first time.
  private mutating func open(
    _ descriptor: inout Descriptor, _ status: FileStatus, _ handle: TargetHandle, _ scratch: Scratch
  ) {
    descriptor.role = .ignored
    guard let key = descriptor.key, let path = path(of: descriptor, status, handle),
      let info = info(of: descriptor, handle, scratch), !info.isPathOnly
    else { return }
    descriptor.role = info.isWriting ? .writing : .reading
    descriptor.isAppending = info.isAppending
    // A position of which nothing is known before counts from 0 only where the descriptor began there while watched.
    let isFirst = descriptor.isNew && set.files[key] == nil
    descriptor.position = isFirst && !info.isAppending ? 0 : info.position
    let door = TrackedFile.Door(pid: handle.pid, number: descriptor.number)
    let begin = started?.moment.wall ?? .max
    set.open(key, isWriting: info.isWriting) { ledger in
      let isNew =
        descriptor.isNew && ledger.isNew(born: status.born, watchedSince: begin, now: begin)
      let known = ledger.progress(of: status)
      let progress = known ?? (isNew ? FileProgress() : FileProgress(from: status))
      return TrackedFile(path: path, status: status, door: door, progress: progress)
    }
    let moved = max(0, info.position - descriptor.position)
    descriptor.position = info.position
    set.observe(
      key, status, position: info.isAppending ? status.size : info.position,
      moved: info.isAppending ? 0 : moved, isWriting: info.isWriting)
    guard info.isWriting else { return }
    noteWriting(path, status.device, handle)
    if !info.isAppending, tables.count <= OpenFilesProbe.eagerProcesses,
      descriptor.number <= OpenFilesProbe.highestKept
    {
      descriptor.kept = try? files.keep(descriptor.info, in: handle.directory)
    }
  }

  /// Opening a kernel file costs more than reading it, but a descriptor of ours costs memory.
  private static let highestKept: Int32 = 32
  private static let mostPlaces = 16

  private mutating func noteWriting(_ path: String, _ device: UInt64, _ handle: TargetHandle) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let directory = String(path[..<slash])
    watcher.follow(directory, prefix: prefix(of: handle))
    guard places.count < OpenFilesProbe.mostPlaces,
      !places.contains(where: { $0.device == device })
    else { return }
    places.append(WrittenPlace(path: directory, device: device))
  }
}

extension OpenFilesProbe {
  private static let ticksBetweenDirectories = 5

  /// Short-lived files are often made in the working directory.
  private mutating func followWorkingDirectories() {
    for index in tables.indices
    where (ticks + index) % OpenFilesProbe.ticksBetweenDirectories == 1 {
      let handle = tables[index].handle
      guard let bytes = try? files.readLink("cwd", in: handle.directory) else { continue }
      watcher.follow(String(decoding: bytes, as: UTF8.self), prefix: prefix(of: handle))
    }
  }

  private static let headsAtOnce = 16
  private static let leastHead: Int64 = 8

  private mutating func readHeads(at moment: Moment) {
    collectHeads()
    guard !set.headless.isEmpty else { return }
    var jobs: [@Sendable () -> Head] = []
    let files = files
    for key in set.headless where jobs.count < OpenFilesProbe.headsAtOnce {
      guard let file = set.files[key], file.lastStatus.size >= OpenFilesProbe.leastHead,
        let table = tables.first(where: { $0.handle.pid == file.door.pid })
      else { continue }
      let link = "fd/\(file.door.number)"
      let directory = table.handle.directory
      let path = file.path
      jobs.append {
        OpenFilesProbe.head(of: key, link, in: directory, named: path, files)
      }
    }
    guard !jobs.isEmpty else { return }
    heads.start(at: moment) { [jobs] in jobs.map { $0() } }
    collectHeads()
  }

  private mutating func collectHeads() {
    guard case .done(let found) = heads.poll() else { return }
    for head in found { set.settle(head.key, head.format) }
  }

  /// The descriptor may lead elsewhere by now, to a pipe perhaps, so it is checked before anything is opened.
  private static func head(
    of key: FileKey, _ link: String, in directory: DirectoryHandle, named path: String,
    _ files: any Files
  ) -> Head {
    guard let status = try? files.status(link, in: directory, following: true),
      status.kind == .regular, FileKey(status) == key
    else { return Head(key: key, format: nil) }
    return Head(
      key: key, format: DirectoryLooks.head(of: link, in: directory, named: path, files))
  }
}

extension OpenFilesProbe {
  /// Adds up what was written, within what the target's own counters cover.
  private mutating func count(at moment: Moment, _ scratch: Scratch) {
    allowance.add(total.update(counters(scratch)))
    var certain: Int64 = 0
    var own = set.advance(certain: &certain)
    var foreign: [FileSet.Claim] = []
    for found in watcher.finish(at: moment) {
      let claim = set.absorb(
        found, watchedSince: started?.moment.wall ?? .max, now: moment.wall, foreign: &foreign)
      if let claim { own.append(claim) }
    }
    allowance.spend(certain)
    grant(own, at: moment)
    if grant(foreign, at: moment) > OpenFilesProbe.worthSaying { capped = moment }
  }

  private static let worthSaying: Int64 = 1_000_000
  private static let cappedIsNews = 60.0

  /// Counts the share of the claims that is covered; gives what is not.
  @discardableResult
  private mutating func grant(_ claims: [FileSet.Claim], at moment: Moment) -> Int64 {
    let wanted = claims.reduce(Int64(0)) { $0 &+ $1.bytes }
    guard wanted > 0 else { return 0 }
    let share = allowance.grant(wanted)
    for claim in claims {
      set.grant(share < 1 ? Int64(Double(claim.bytes) * share) : claim.bytes, claim)
    }
    return Int64(Double(wanted) * (1 - share))
  }

  private func counters(_ scratch: Scratch) -> [CounterTotal.Entry] {
    let root = tables.first?.handle.pid ?? 0
    return tables.map { table in
      let bytes = try? scratch.read(files, "io", in: table.handle.directory)
      return CounterTotal.Entry(
        pid: table.handle.pid, parent: root, startTicks: table.handle.startTicks,
        counters: bytes.flatMap(OpenFilesProbe.written),
        isNewborn: newborns.contains(table.handle.pid))
    }
  }

  /// Only what is written matters here.
  private static func written(_ bytes: UnsafeRawBufferPointer) -> IOCounters? {
    var scanner = ByteScanner(bytes)
    var counters = IOCounters()
    guard scanner.skip(to: "wchar:"), let characters = scanner.number() else { return nil }
    counters.writtenCharacters = characters
    if scanner.skip(to: "write_bytes:") { counters.writtenBytes = scanner.number() ?? 0 }
    return counters
  }

  private func caveats(at moment: Moment) -> [Printable] {
    var caveats = watcher.caveats(at: moment)
    if let capped, moment.seconds(since: capped) < OpenFilesProbe.cappedIsNews {
      caveats.append(
        "others write to the same directories: only what the target's own counters cover is counted"
      )
    }
    return caveats
  }
}
