/// Everything that is known about the target's leaks: what it owns, in which mapping, what collecting leaves, and what it
/// holds open.
struct LeakWatch: Sendable {
  private(set) var whole = LeakDetector(.memory)
  private(set) var mappings = MappingLeaks()
  private var heap: LeakDetector?
  private var descriptors = LeakDetector(.count)
  private var threads = LeakDetector(.count)
  private var slopes = RobustSlope()
  private var motion = Motion()
  private var base: Double?
  private var began: Moment?
  private var owned = 0.0
  private var gotten: (descriptors: Int, threads: Int) = (0, 0)

  /// How long a process runs until nothing in it warms up any more, in seconds.
  private static let veteran = 900.0
  private static let managed: Set<Printable> = ["jvm", "node", "dotnet"]

  /// How often memory was given back in large amounts.
  private struct Motion: Sendable {
    var high = 0.0
    var drops = 0

    mutating func update(_ value: Double) {
      let threshold = max(4e6, 0.03 * high)
      if value <= high - threshold {
        drops += 1
        high = value
      } else {
        high = max(high, value)
      }
    }
  }

  /// Takes one sample: what the processes own more than at first, and what else tells.
  mutating func update(
    _ target: TargetSample, owned total: Measured<Bytes>, gained: Int64, growing: [MappingGrowth],
    link: LinkSample?, at moment: Moment
  ) {
    began = began ?? moment
    let cached = link?.caches.reduce(0.0) { $0 + Double($1.bytes?.count ?? 0) } ?? 0
    if case .fresh(let bytes) = total {
      let base = self.base ?? Double(bytes.count) - Double(gained)
      self.base = base
      owned = max(0, base + Double(gained) - cached)
      motion.update(owned)
      whole.update(owned, at: moment.seconds, with: &slopes)
    }
    let isManaged = LeakWatch.managed.contains(target.runtime)
    if case .fresh(let sample) = target.mappings {
      mappings.update(
        sample, growing: growing,
        MappingLeaks.Circumstances(
          isVeteran: target.uptime >= LeakWatch.veteran, isManaged: isManaged, owned: owned,
          cached: cached, drops: motion.drops,
          cpuTicks: target.children.reduce(target.root.cpuTicks) { $0 &+ $1.cpuTicks }),
        with: &slopes)
    }
    takeHeap(link?.heap, cached: cached, isVeteran: target.uptime >= LeakWatch.veteran, at: moment)
    count(target, at: moment)
  }

  /// What is left after a collection has a value of its own for each collection.
  private mutating func takeHeap(
    _ sample: HeapSample?, cached: Double, isVeteran: Bool, at moment: Moment
  ) {
    guard case .fresh(let bytes)? = sample?.usedAfterCollection else { return }
    var detector = heap ?? LeakDetector(.memory)
    detector.isSettled = isVeteran
    detector.update(max(0, Double(bytes.count) - cached), at: moment.seconds, with: &slopes)
    heap = detector
  }

  private mutating func count(_ target: TargetSample, at moment: Moment) {
    gotten.threads = target.children.reduce(target.root.threads) { $0 + $1.threads }
    threads.update(Double(gotten.threads), at: moment.seconds, with: &slopes)
    guard case .fresh(let own) = target.root.descriptors else { return }
    gotten.descriptors = target.children.reduce(own) { $0 + ($1.descriptors.value ?? 0) }
    descriptors.update(Double(gotten.descriptors), at: moment.seconds, with: &slopes)
  }

  /// Forgets everything.
  mutating func forget() { self = LeakWatch() }
}

extension LeakWatch {
  /// The verdict about memory.
  func verdict(at now: Moment) -> MemoryLeak {
    var leak = MemoryLeak()
    guard let began else { return leak }
    leak.verdict = whole.state.phase == .learning ? .learning : .none
    leak.confidence = whole.state.confidence
    leak.resolved = whole.state.resolvedAt.map { LeakWatch.moment($0, now) }
    leak.evidence = quiet(now.seconds(since: began))
    if let found = strongest(.leaking) {
      leak.verdict = .leak
      leak.resolved = nil
      fill(&leak, found, now)
    } else if let found = strongest(.suspected) {
      leak.isSuspected = true
      fill(&leak, found, now)
    }
    return leak
  }

  /// What carries the verdict, and the place it speaks of.
  struct Found {
    var state: LeakState
    var place: MemoryLeak.Place?
    var what: Printable
  }

  /// The whole, then single mappings, then the heap.
  func strongest(_ phase: LeakState.Phase) -> Found? {
    let tracks = phase == .leaking ? mappings.leaking : mappings.suspected
    if whole.state.phase == phase {
      let place = tracks.first.map { track in
        track.place(share: min(1, track.detector.state.slope / max(1, whole.state.slope)))
      }
      return Found(
        state: whole.state, place: place ?? mappings.place(owned: owned), what: "what it owns")
    }
    if let track = tracks.first {
      return Found(state: track.detector.state, place: track.place(share: 1), what: track.name)
    }
    guard let heap, heap.state.phase == phase else { return nil }
    return Found(
      state: heap.state,
      place: mappings.place(owned: owned), what: "what the heap holds after collecting")
  }

  private func fill(_ leak: inout MemoryLeak, _ found: Found, _ now: Moment) {
    let state = found.state
    leak.slope = BytesPerSecond(state.slope)
    leak.confidence = state.confidence
    leak.since = state.since.map { LeakWatch.moment($0, now) }
    leak.place = found.place
    leak.evidence = found.sentence
  }

  private func quiet(_ watched: Double) -> Printable {
    whole.state.phase == .learning
      ? "not enough data: watched for \(Units.span(seconds: watched))"
      : "nothing has kept rising evenly and for long, watched for \(Units.span(seconds: watched))"
  }

  /// When what is left will be used up.
  func exhaustion(_ limit: MemoryLimit?, left: Bytes?, at now: Moment) -> MemoryExhaustion {
    let found = strongest(.leaking)
    guard let state = (found ?? strongest(.suspected))?.state else {
      return whole.state.phase == .learning ? .unknown : .steady
    }
    guard let limit, let left else { return .unlimited }
    // A single mapping or the heap tells the pace; floor and peaks are those of all memory. What is only suspected of all
    // of it may be a cache that filled beside the leak.
    var whole = whole.state
    if whole.slope <= 0 || (found != nil && whole.phase != .leaking) {
      whole.slope = state.slope
      whole.slopeRange = state.slopeRange
      whole.evidence = state.evidence
      whole.unevenness = state.unevenness
    }
    guard
      let time = TimeToReach(whole, from: owned, left: Double(left.count), at: now.seconds)
    else { return .steady }
    return .expected(
      MemoryExhaustion.Expected(
        seconds: time.seconds, low: time.low, high: time.high, limit: limit.origin,
        isSuspected: found == nil))
  }

  /// A moment in the past, by the clocks of now.
  static func moment(_ seconds: Double, _ now: Moment) -> Moment {
    let ago = Int64(min(max(0, now.seconds - seconds), 1e9) * 1e9)
    return Moment(
      nanoseconds: now.nanoseconds &- ago, wall: now.wall &- ago, sequence: now.sequence)
  }

  /// The verdict about descriptors.
  func descriptorVerdict(at now: Moment) -> CountLeak {
    LeakWatch.count(descriptors.state, gotten.descriptors, now)
  }

  /// The verdict about threads.
  func threadVerdict(at now: Moment) -> CountLeak {
    LeakWatch.count(threads.state, gotten.threads, now)
  }

  private static func count(_ state: LeakState, _ count: Int, _ now: Moment) -> CountLeak {
    var leak = CountLeak()
    leak.count = count
    switch state.phase {
    case .learning: leak.verdict = .learning
    case .none, .suspected: leak.verdict = .none
    case .leaking:
      leak.verdict = .leak
      leak.perMinute = state.slope * 60
      leak.since = state.since.map { moment($0, now) }
    }
    return leak
  }
}

extension LeakWatch.Found {
  /// What speaks for the verdict.
  var sentence: Printable {
    let evidence = state.evidence
    let quarters = evidence.quarters.map { Units.fixed($0 * 25, digits: 0) }.joined(separator: ", ")
    let grown = Bytes(Int64(clamping: Int64(min(max(0, evidence.growth), 1e18)))).text
    let above = evidence.growth / evidence.noise
    let noise =
      above.isFinite && above < 100
      ? ", \(Units.fixed(above, digits: 0)) times its noise" : ", far above its noise"
    return """
      the floor of \(what) rose by \(grown) in \(Units.span(seconds: evidence.span)), \
      by quarters \(quarters) %\(noise), to where it never was
      """
  }
}
