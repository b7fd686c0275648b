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

  private let request: TargetRequest
  private let host: Host
  private let worker: Worker<[TargetFinder.Found]>
  private let learner: Worker<TargetFinder.Signature>
  private var signature: TargetFinder.Signature?
  private var hasAsked = false
  private var current: TargetFinder.Found?
  private var last: TargetFinder.Found?
  private var end = ProcessEnd.unknown
  private var generation = 0
  private var previousEnd: Printable?
  private var lastScan: Moment?

  /// Begins with a process that is already held, or with looking for one.
  public init(
    _ request: TargetRequest, host: Host, attached: TargetFinder.Found? = nil,
    inlineWorkers: Bool = false
  ) {
    self.request = request
    self.host = host
    worker = Worker(name: "finder", isInline: inlineWorkers)
    learner = Worker(name: "signature", isInline: inlineWorkers)
    if let attached { take(attached) }
  }

  private mutating func take(_ found: TargetFinder.Found) {
    if last != nil { previousEnd = end.words }
    current = found
    generation += 1
    hasAsked = false
  }

  /// What will tell a successor is read while the process still lives.
  private mutating func learn(_ found: TargetFinder.Found, at moment: Moment) {
    if hasAsked { return collectSignature() }
    let finder = TargetFinder(host: host)
    hasAsked = learner.start(at: moment) { finder.signature(found.handle.directory) }
    collectSignature()
  }

  private mutating func collectSignature() {
    if case .done(let learned) = learner.poll() { signature = learned }
  }

  /// Looks whether the target is still there, and for the next one where it is not.
  public mutating func update(at moment: Moment) -> State {
    if let found = current, hasEnded(found) {
      last = found
      current = nil
      end = .unknown
    }
    if current == nil { seek(at: moment) }
    if let found = current {
      learn(found, at: moment)
      return .watching(found.handle, generation: generation, previousEnd: previousEnd)
    }
    guard let last else { return .waiting(words) }
    // Only after its parent has taken note does the kernel tell how it ended.
    if end == .unknown, let process = last.handle.process { end = host.processes.end(of: process) }
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
    do {
      let bytes = try Scratch(size: 4096).read(host.files, "stat", in: found.handle.directory)
      return bytes.isEmpty
    } catch { return true }
  }

  private mutating func seek(at moment: Moment) {
    if case .done(let found) = worker.poll(), let next = successor(among: found) {
      return take(next)
    }
    guard lastScan.map({ moment.seconds(since: $0) >= TargetFollower.scanInterval }) ?? true else {
      return
    }
    collectSignature()
    let finder = TargetFinder(host: host)
    let (wanted, before, likeness) = (request, last, signature)
    let hasBegun = worker.start(at: moment) {
      finder.candidates(for: wanted, after: before, like: likeness)
    }
    guard hasBegun else { return }
    lastScan = moment
    if case .done(let found) = worker.poll(), let next = successor(among: found) { take(next) }
  }

  /// A name may have several bearers, and the oldest is the one to watch; a number's successor must be the only one.
  private func successor(among found: [TargetFinder.Found]) -> TargetFinder.Found? {
    switch request {
    case .name: found.min { $0.handle.startTicks < $1.handle.startTicks }
    case .pid: found.count == 1 ? found.first : nil
    }
  }
}

extension TargetFinder {
  /// Who could take a target's place: the bearers of the name, or those like the one that ended.
  func candidates(for request: TargetRequest, after last: Found?, like signature: Signature?)
    -> [Found]
  {
    switch request {
    case .name(let name): return (try? find(name)) ?? []
    case .pid(let pid):
      guard let last else { return (try? attach(pid)).map { [$0] } ?? [] }
      return signature.map { successors(of: last, $0) } ?? []
    }
  }
}
