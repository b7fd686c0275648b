/// Keeps hold of what a person asked to watch: notices its end, says how it ended, and finds the next one.
public struct TargetFollower: Sendable {
  private struct Ending: Sendable {
    var name: Printable
    var end: ProcessEnd
    var process: ProcessHandle?
    var directory: DirectoryHandle
    var at: Moment
    var lasted: Double
    var isMemory: Bool
  }

  private let host: Host
  private let request: TargetRequest
  private let finder: TargetFinder
  private let searcher: Worker<ProcessCandidate?>
  private let painter: Worker<ProcessPortrait?>
  private var current: TargetHandle?
  private var generation = 0
  private var attachedAt: Moment?
  private var lastStep: Moment?
  private var portrait: ProcessPortrait?
  private var paintedAt: Moment?
  private var ending: Ending?
  private var earliest: UInt64 = 0
  private var searchedAt: Moment?
  private var cgroup: CgroupProbe
  private var kills: UInt64?

  private static let searchPause = 1.0
  private static let latePause = 5.0
  private static let early = 300.0
  private static let paintPeriod = 30.0
  private static let clockTicks = 100.0

  /// Follows a request, beginning with a process that is held already, if one is.
  public init(
    host: Host, request: TargetRequest, first: TargetHandle? = nil, inlineWorkers: Bool = false
  ) {
    self.host = host
    self.request = request
    finder = TargetFinder(host: host)
    searcher = Worker(name: "search", isInline: inlineWorkers)
    painter = Worker(name: "portrait", isInline: inlineWorkers)
    cgroup = CgroupProbe(files: host.files)
    current = first
    generation = first == nil ? 0 : 1
  }

  /// The process that is watched now; `nil` while there is none.
  public var key: ProcessKey? {
    current.map { ProcessKey(pid: $0.pid, startTicks: $0.startTicks) }
  }

  /// How the process before this one ended, in words; `nil` for the first.
  public var previousEnd: Printable? {
    ending.map { "\(TargetFollower.words($0)) after \(Units.span(seconds: $0.lasted))" }
  }

  /// When the process that was watched was seen to have ended.
  public var endedAt: Moment? { ending?.at }

  /// Looks once; to be called every tick.
  public mutating func step(at moment: Moment, scratch: Scratch) -> TargetState {
    defer { lastStep = moment }
    if let handle = current {
      if !isOver(handle, scratch) { return watch(handle, at: moment, scratch) }
      finish(handle, at: moment, scratch)
    }
    refineEnding(at: moment, scratch)
    if let found = search(at: moment), let handle = attach(found, scratch) {
      begin(handle, at: moment)
      return watch(handle, at: moment, scratch)
    }
    guard let ending else { return .waiting(request.words) }
    return .ended(ending.name, ending.end)
  }

  private static func words(_ ending: Ending) -> Printable {
    ending.isMemory ? "killed for want of memory in its control group" : ending.end.words
  }
}

extension TargetFollower {
  /// While threads of a process live it has not ended, and its pidfd knows; without one its state has to tell.
  private func isOver(_ handle: TargetHandle, _ scratch: Scratch) -> Bool {
    if let process = handle.process { return host.processes.hasEnded(process) }
    do throws(SystemError) {
      let bytes = try scratch.read(host.files, "stat", in: handle.directory)
      guard let stat = ProcessStat.parse(bytes) else { return false }
      return StatusProbe.isEnded(stat.state) && stat.threads <= 1
    } catch { return error.absence() == .gone }
  }

  private mutating func begin(_ handle: TargetHandle, at moment: Moment) {
    current = handle
    generation += 1
    attachedAt = moment
    portrait = nil
    paintedAt = nil
    kills = nil
    cgroup = CgroupProbe(files: host.files)
  }

  private mutating func watch(_ handle: TargetHandle, at moment: Moment, _ scratch: Scratch)
    -> TargetState
  {
    if attachedAt == nil { attachedAt = moment }
    paint(handle, at: moment)
    if kills == nil { _ = cgroup.read(handle, at: moment, scratch: scratch) }
    kills = cgroup.kills(scratch) ?? 0
    return .watching(handle, generation: generation, previousEnd: previousEnd)
  }

  /// Remembers what it looks like, for recognising the next one; it may change by exec.
  private mutating func paint(_ handle: TargetHandle, at moment: Moment) {
    collectPortrait(handle)
    let isDue = paintedAt.map { moment.seconds(since: $0) >= TargetFollower.paintPeriod } ?? true
    guard isDue else { return }
    let isStarted = painter.start(at: moment) { [host] in
      let scratch = Scratch()
      let table = ProcessTable(files: host.files)
      return table.candidate(handle.pid, scratch).map {
        SuccessorSearch.portrait($0, table, host, scratch)
      }
    }
    if isStarted { paintedAt = moment }
    collectPortrait(handle)
  }

  private mutating func collectPortrait(_ handle: TargetHandle) {
    guard case .done(let found) = painter.poll(), let found,
      found.candidate.startTicks == handle.startTicks, found.candidate.pid == handle.pid
    else { return }
    portrait = found
  }

  private mutating func finish(_ handle: TargetHandle, at moment: Moment, _ scratch: Scratch) {
    collectPortrait(handle)
    let killed = cgroup.kills(scratch).map { $0 > kills ?? $0 } ?? false
    let name = portrait?.candidate.name ?? request.words
    ending = Ending(
      name: name, end: .unknown, process: handle.process, directory: handle.directory, at: moment,
      lasted: attachedAt.map { moment.seconds(since: $0) } ?? 0, isMemory: killed)
    earliest = bootTicks(at: lastStep ?? moment, now: moment, scratch)
    current = nil
    searchedAt = nil
  }

  /// The time since boot at an earlier moment, in clock ticks.
  private func bootTicks(at earlier: Moment, now: Moment, _ scratch: Scratch) -> UInt64 {
    guard let bytes = try? scratch.read(host.files, "/proc/uptime") else { return 0 }
    var scanner = ByteScanner(bytes)
    guard let uptime = scanner.decimal(), uptime > 0, uptime < 1e12 else { return 0 }
    return UInt64(max(0, uptime - now.seconds(since: earlier)) * TargetFollower.clockTicks)
  }

  /// The kernel tells how a process ended only once its parent has collected it.
  private mutating func refineEnding(at moment: Moment, _ scratch: Scratch) {
    guard var ending, ending.end == .unknown else { return }
    ending.end = ending.process.map { host.processes.end(of: $0) } ?? .unknown
    if ending.end == .unknown,
      let bytes = try? scratch.read(host.files, "stat", in: ending.directory),
      let stat = ProcessStat.parse(bytes), stat.exitCode != 0
    {
      ending.end = ProcessEnd(exitField: stat.exitCode)
    }
    let isKill = ending.end == .signalled(9) || ending.end == .unknown
    ending.isMemory = ending.isMemory && isKill
    self.ending = ending
  }

  private mutating func search(at moment: Moment) -> ProcessCandidate? {
    if case .done(let found) = searcher.poll() { return found }
    let isLate = ending.map { moment.seconds(since: $0.at) > TargetFollower.early } ?? false
    let pause = isLate ? TargetFollower.latePause : TargetFollower.searchPause
    guard searchedAt.map({ moment.seconds(since: $0) >= pause * 0.9 }) ?? true else { return nil }
    let search = SuccessorSearch(
      host: host, request: request, portrait: portrait, earliest: earliest)
    if searcher.start(at: moment, { search.run() }) { searchedAt = moment }
    if case .done(let found) = searcher.poll() { return found }
    return nil
  }

  private func attach(_ candidate: ProcessCandidate, _ scratch: Scratch) -> TargetHandle? {
    guard let handle = try? finder.attach(candidate.pid, scratch: scratch),
      handle.startTicks == candidate.startTicks
    else { return nil }
    return handle
  }
}
