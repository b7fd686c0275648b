/// Stays with a target: notices its end, says how it ended, and finds the one that takes its place.
public struct TargetFollower: Sendable {
  /// Where following stands.
  public enum State: Sendable {
    /// It runs.
    case watching(TargetHandle, generation: Int, previousEnd: Printable?)
    /// It was never there yet.
    case waiting(Printable)
    /// It has ended, and nothing has taken its place.
    case ended(Printable, ProcessEnd)
  }

  private static let scanInterval = 1.0
  private static let ticksPerSecond = 100.0
  /// A manager of services may start the next one a moment before the last one is quite gone.
  private static let overlap = 1.0

  private let request: TargetRequest
  private let host: Host
  private let worker: Worker<[TargetFinder.Found]>
  private var current: TargetFinder.Found?
  private var last: TargetFinder.Found?
  private var end = ProcessEnd.unknown
  private var generation = 0
  private var previousEnd: Printable?
  private var lastScan: Moment?
  private var lastSeen: Moment?

  /// Begins with a process that is already held, or with looking for one.
  public init(
    _ request: TargetRequest, host: Host, attached: TargetFinder.Found? = nil,
    inlineWorkers: Bool = false
  ) {
    self.request = request
    self.host = host
    worker = Worker(name: "finder", isInline: inlineWorkers)
    if let attached { take(attached) }
  }

  private mutating func take(_ found: TargetFinder.Found) {
    if last != nil { previousEnd = end.words }
    current = found
    generation += 1
  }

  /// Looks whether the target is still there, and for the next one where it is not.
  public mutating func update(at moment: Moment) -> State {
    if let found = current {
      if hasEnded(found) {
        last = found
        current = nil
        end = .unknown
      } else {
        lastSeen = moment
      }
    }
    // Only after its parent has taken note does the kernel tell how it ended.
    if current == nil, end == .unknown, let process = last?.handle.process {
      end = host.processes.end(of: process)
    }
    if current == nil { seek(at: moment) }
    if let found = current {
      return .watching(found.handle, generation: generation, previousEnd: previousEnd)
    }
    guard let last else { return .waiting(words) }
    return .ended(last.name, end)
  }

  private var words: Printable {
    switch request {
    case .pid(let pid): "process \(pid)"
    case .name(let name): Printable(name)
    }
  }

  private func hasEnded(_ found: TargetFinder.Found) -> Bool {
    if let process = found.handle.process { return host.processes.hasEnded(process) }
    let scratch = Scratch(size: 4096)
    guard let bytes = try? scratch.read(host.files, "stat", in: found.handle.directory),
      !bytes.isEmpty
    else { return true }
    guard let stat = ProcessStat.parse(bytes) else { return false }
    return stat.startTicks != found.handle.startTicks || stat.state == "Z" && stat.threads <= 1
  }

  private mutating func seek(at moment: Moment) {
    if case .done(let found) = worker.poll(), let next = successor(among: found) {
      return take(next)
    }
    guard lastScan.map({ moment.seconds(since: $0) >= TargetFollower.scanInterval }) ?? true else {
      return
    }
    let finder = TargetFinder(host: host)
    let wanted = request
    let before = last
    guard worker.start(at: moment, { finder.candidates(for: wanted, after: before) }) else {
      return
    }
    lastScan = moment
    if case .done(let found) = worker.poll(), let next = successor(among: found) { take(next) }
  }

  /// A name may have several bearers, and the oldest is the one to watch; a number's successor must be the only one.
  private func successor(among found: [TargetFinder.Found]) -> TargetFinder.Found? {
    if case .name = request {
      return found.min { $0.handle.startTicks < $1.handle.startTicks }
    }
    let earliest = earliestStart
    let later = found.filter { $0.handle.startTicks >= earliest }
    return later.count == 1 ? later.first : nil
  }

  /// Its equals that ran beside the last one are older than its end, and none takes its place; in clock ticks.
  private var earliestStart: UInt64 {
    let scratch = Scratch(size: 256)
    guard last != nil, let lastSeen, let bytes = try? scratch.read(host.files, "/proc/uptime")
    else { return 0 }
    var scanner = ByteScanner(bytes)
    guard let uptime = scanner.decimal() else { return 0 }
    let age = host.time.now().seconds(since: lastSeen) + TargetFollower.overlap
    return UInt64(max(0, min(uptime - age, 1e12)) * TargetFollower.ticksPerSecond)
  }
}

extension TargetFinder {
  /// Who could take a target's place: the bearers of the name, or those like the one that ended.
  func candidates(for request: TargetRequest, after last: Found?) -> [Found] {
    switch request {
    case .name(let name): return (try? find(name)) ?? []
    case .pid(let pid):
      guard let last else { return (try? attach(pid)).map { [$0] } ?? [] }
      return successors(of: last)
    }
  }
}
