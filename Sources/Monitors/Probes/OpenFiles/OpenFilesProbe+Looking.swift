extension OpenFilesProbe {
  /// How many descriptors of each queue are looked at in one tick; the others take turns.
  ///
  /// What is active comes first, so that nothing is looked at twice when it turns active by being looked at. What one
  /// queue leaves over the next may use, where it says so.
  private static let budgets: [(queue: Descriptor.Queue, most: Int, takesRest: Bool)] = [
    (.active, 64, false), (.firstAndLively, 64, false), (.first, 96, false), (.idle, 128, true),
    (.reading, 16, false), (.ignored, 4, false),
  ]
  /// How many files open for writing can be looked at in each tick.
  static let mostAtOnce = 256
  private static let glances = 1024
  private static let worthGlancing = 256

  mutating func look(_ scratch: Scratch, at moment: Moment) {
    glance(at: moment)
    var rest = 0
    for budget in OpenFilesProbe.budgets {
      var left = budget.most + (budget.takesRest ? rest : 0)
      for offset in tables.indices {
        let index = (offset + ticks) % tables.count
        for place in tables[index].turn(budget.queue, atMost: left) {
          look(index, place, scratch, at: moment)
          left -= 1
        }
      }
      if budget.queue == .first { rest = left }
    }
  }

  /// Where there are very many, those that are being written are found first.
  private mutating func glance(at moment: Moment) {
    var left = OpenFilesProbe.glances
    for index in tables.indices
    where tables[index].descriptors.count > OpenFilesProbe.worthGlancing {
      for place in tables[index].unglanced(atMost: left) {
        let link = tables[index].descriptors[place].link
        let status = try? files.status(link, in: tables[index].handle.directory, following: true)
        let isData = status?.kind == .regular
        tables[index].descriptors[place].glance =
          isData && OpenFilesProbe.isLively(status, at: moment)
        left -= 1
      }
    }
  }

  private static let lately: Int64 = 10_000_000_000

  /// Whether a file was changed lately, by its own time.
  private static func isLively(_ status: FileStatus?, at moment: Moment) -> Bool {
    guard let status else { return false }
    let (age, isTooMuch) = moment.wall.subtractingReportingOverflow(status.modified)
    return !isTooMuch && age < lately
  }

  private mutating func look(_ index: Int, _ place: Int, _ scratch: Scratch, at moment: Moment) {
    let handle = tables[index].handle
    var descriptor = tables[index].descriptors[place]
    defer { tables[index].descriptors[place] = descriptor }
    let status: FileStatus?
    do throws(SystemError) {
      status = try files.status(descriptor.link, in: handle.directory, following: true)
    } catch {
      status = nil
      let reason = error.absence(needs: OpenFilesProbe.provenance.needs)
      if case .notPermitted = reason, deny(index, reason) { return }
    }
    if status != nil, tables[index].isDenied { allow(index) }
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
      descriptor.isActive = descriptor.isNew || OpenFilesProbe.isLively(status, at: moment)
    case .reading, .writing: follow(&descriptor, key, status, handle, scratch)
    }
  }

  /// A single file may be hidden by its filesystem; only where nothing at all can be seen it is the process that is.
  private mutating func deny(_ index: Int, _ reason: Absence) -> Bool {
    guard tables[index].descriptors.allSatisfy({ $0.role == .unknown }) else { return false }
    tables[index].isDenied = true
    if index == 0 { refused = reason }
    return true
  }

  private mutating func allow(_ index: Int) {
    tables[index].isDenied = false
    if index == 0 { refused = nil }
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
    let start = started?.moment.wall ?? .max
    let isNew = descriptor.isNew
    set.open(key, isWriting: info.isWriting) { ledger in
      let progress = OpenFilesProbe.progress(of: status, ledger, isNew: isNew, since: start)
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

  /// Goes on from what is known of the file, from nothing if it was made while watched, else from what is there.
  private static func progress(
    of status: FileStatus, _ ledger: FileLedger, isNew: Bool, since start: Int64
  ) -> FileProgress {
    if let known = ledger.progress(of: status) { return known }
    let isMade = isNew && ledger.isNew(born: status.born, watchedSince: start, now: start)
    return isMade ? FileProgress() : FileProgress(from: status)
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
