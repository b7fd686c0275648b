/// Looks for leaks in single mappings, where a leak is not hidden by what the rest of the program does.
///
/// Only a few mappings are followed: the largest of the first reading, and whatever grows. All anonymous memory together
/// is followed too, because a leak may be spread over many pieces that are each new.
struct MappingLeaks: Sendable {
  /// One mapping and what is remembered of it.
  struct Track: Sendable {
    var name: Printable
    var detector = LeakDetector(.mapping)
    var first: Double
    var last: Double
    var peak: Double
    var risenAt: Moment
    var fell = 0.0
    var began: Moment
    /// What all mappings together owned when this one was seen first.
    var wholeBefore: Double
    var dropsBefore: Int
    /// What caches held when it was seen first, by the program's own word.
    var cachedBefore: Double
    /// How much more they hold now.
    var cached = 0.0

    var growth: Double { last - first }
    /// Whether most of its growth is in caches that the program tells of.
    var isExplained: Bool { cached > 0 && cached >= 0.5 * growth }
  }

  private static let mostTracks = 4
  private static let largest = 3
  private static let pool: Printable = "[anonymous]"
  /// What has not risen for so long has settled, in seconds.
  private static let rest = 60.0
  private static let fewestDrops = 3
  private static let pooled: Set<Printable> = ["[anonymous] others", "[anonymous] not counted"]

  private(set) var tracks: [Track] = []
  private var readAt: Moment?

  /// What is known of the process besides.
  struct Circumstances {
    /// Whether it has run for so long that nothing warms up any more.
    var isVeteran: Bool
    /// Whether a collector decides when its memory shrinks.
    var isManaged: Bool
    /// What it owns.
    var owned: Double
    /// What its caches hold, by its own word.
    var cached: Double
    /// How often it gave much back at once.
    var drops: Int
    /// Processor time it has used so far, in ticks of the kernel.
    var cpuTicks: UInt64
  }

  /// How busy the process was between readings: load that rises takes memory with it.
  private struct Load: Sendable {
    private var shares: [Float] = []
    private var last: (ticks: UInt64, at: Moment)?
    private static let most = 16
    private static let fewest = 6
    private static let certain = 2.0

    mutating func update(_ ticks: UInt64, at moment: Moment) {
      defer { last = (ticks, moment) }
      guard let last, ticks >= last.ticks, moment > last.at else { return }
      if shares.count == Load.most { shares.removeFirst() }
      shares.append(Float(Double(ticks - last.ticks) / moment.seconds(since: last.at)))
    }

    var isRising: Bool {
      shares.count >= Load.fewest && MannKendall.score(shares) > Load.certain
    }
  }

  private var load = Load()
  private var totals = Ring<Total>(capacity: 128)

  /// What all of the process owned at a reading.
  private struct Total: Sendable, Equatable {
    var seconds: Double
    var owned: Double
  }

  /// Takes a reading, unless it was taken already.
  mutating func update(
    _ sample: MappingsSample, growing: [MappingGrowth], _ circumstances: Circumstances,
    with slopes: inout RobustSlope
  ) {
    guard sample.at != readAt else { return }
    let isFirst = readAt == nil
    readAt = sample.at
    load.update(circumstances.cpuTicks, at: sample.at)
    totals.append(Total(seconds: sample.at.seconds, owned: circumstances.owned))
    if isFirst {
      for mapping in sample.mappings.prefix(MappingLeaks.largest) {
        follow(mapping.name, mapping.owned, circumstances, at: sample.at)
      }
      follow(MappingLeaks.pool, MappingLeaks.anonymous(sample), circumstances, at: sample.at)
    }
    for growth in growing where growth.name != MappingLeaks.pool {
      follow(growth.name, growth.owned, circumstances, at: sample.at)
    }
    for index in tracks.indices { look(index, in: sample) }
    tracks.removeAll { $0.last < 0 }
    for index in tracks.indices {
      tracks[index].cached = circumstances.cached - tracks[index].cachedBefore
      tracks[index].detector.isSettled = isSettled(tracks[index], circumstances, at: sample.at)
      tracks[index].detector.update(
        tracks[index].last, at: sample.at.seconds, with: &slopes)
    }
  }

  private static func anonymous(_ sample: MappingsSample) -> Bytes {
    sample.mappings.reduce(.zero) { $1.name.text.hasPrefix(pool.text) ? $0 + $1.owned : $0 }
  }

  private mutating func follow(
    _ name: Printable, _ owned: Bytes, _ circumstances: Circumstances, at moment: Moment
  ) {
    guard !MappingLeaks.pooled.contains(name), !tracks.contains(where: { $0.name == name }) else {
      return
    }
    if tracks.count > MappingLeaks.mostTracks {
      guard let least = weakest else { return }
      tracks.remove(at: least)
    }
    let value = Double(owned.count)
    tracks.append(
      Track(
        name: name, first: value, last: value, peak: value, risenAt: moment, began: moment,
        wholeBefore: circumstances.owned, dropsBefore: circumstances.drops,
        cachedBefore: circumstances.cached))
  }

  /// The one that is given up for another: it has not grown, and nothing is suspected of it.
  private var weakest: Int? {
    let least = 1e6
    return tracks.indices.filter { index in
      let track = tracks[index]
      return track.name != MappingLeaks.pool && track.growth < least
        && (track.detector.state.phase == .none || track.detector.state.phase == .learning)
    }.min { tracks[$0].growth < tracks[$1].growth }
  }

  private mutating func look(_ index: Int, in sample: MappingsSample) {
    let name = tracks[index].name
    let found =
      name == MappingLeaks.pool
      ? MappingLeaks.anonymous(sample) : sample.mappings.first { $0.name == name }?.owned
    guard let found else {
      // Given back, or too small to be told by name: either way it does not grow.
      tracks[index].last = -1
      return
    }
    let value = Double(found.count)
    tracks[index].fell += max(0, tracks[index].last - value)
    tracks[index].last = value
    let step = 0.02 * max(1, tracks[index].peak - tracks[index].first)
    if value > tracks[index].peak + step {
      tracks[index].peak = value
      tracks[index].risenAt = sample.at
    }
  }

  /// Whether what rises is known not to be warming up: it does so evenly beside others that have settled, or that come and go.
  private func isSettled(_ track: Track, _ circumstances: Circumstances, at now: Moment) -> Bool {
    // Caches fill in the heap, and an allocator moves into it what was elsewhere: there patience is needed always.
    guard !circumstances.isManaged, !load.isRising, !track.isHeap else { return false }
    if circumstances.isVeteran { return true }
    if circumstances.drops - track.dropsBefore >= MappingLeaks.fewestDrops { return true }
    return tracks.contains { other in
      guard other.name != track.name, other.name != MappingLeaks.pool else { return false }
      let grown = other.peak - other.first
      let isFull =
        grown >= max(4e6, 0.1 * track.growth)
        && now.seconds(since: other.risenAt) >= MappingLeaks.rest
      return isFull || other.fell >= max(4e6, 0.1 * track.growth)
    }
  }

  /// Forgets everything.
  mutating func forget() { self = MappingLeaks() }
}

extension MappingLeaks {
  /// The mappings that leak by themselves, fastest first; a part of anonymous memory stands for all of it.
  var leaking: [Track] { inPhase(.leaking) }

  /// Those that are suspected of it.
  var suspected: [Track] { inPhase(.suspected) }

  private func inPhase(_ phase: LeakState.Phase) -> [Track] {
    var found = tracks.filter { $0.detector.state.phase == phase && !$0.isExplained && isLost($0) }
    if found.contains(where: { $0.name != MappingLeaks.pool && $0.isAnonymous }) {
      found.removeAll { $0.name == MappingLeaks.pool }
    }
    return found.sorted { $0.detector.state.slope > $1.detector.state.slope }
  }

  /// Whether the process grew with it: what only moves from one mapping into another is not lost.
  private func isLost(_ track: Track) -> Bool {
    let evidence = track.detector.state.evidence
    let all = (0..<totals.count).map { totals[$0] }
    guard let last = all.last else { return true }
    let begun = last.seconds - evidence.span
    let now = all.suffix(MappingLeaks.readingsOfFloor).map(\.owned).min() ?? last.owned
    let before = all.filter { $0.seconds <= begun + 60 }.suffix(MappingLeaks.readingsOfFloor)
    guard let floor = before.map(\.owned).min() else { return true }
    return now - floor >= 0.3 * evidence.growth
  }

  private static let readingsOfFloor = 3

  /// Where most of what the process grew by is, if that can be said.
  func place(owned: Double) -> MemoryLeak.Place? {
    let shares = tracks.compactMap { track -> (Track, Double)? in
      let whole = owned - track.wholeBefore
      guard whole > 0, track.growth > 0 else { return nil }
      return (track, min(1, track.growth / whole))
    }
    let half = 0.5
    let named = shares.filter { $0.0.name != MappingLeaks.pool }.max { $0.1 < $1.1 }
    if let named, named.1 >= half { return named.0.place(share: named.1) }
    let pool = shares.first { $0.0.name == MappingLeaks.pool }
    guard let pool, pool.1 >= half else { return nil }
    return pool.0.place(share: pool.1)
  }
}

extension MappingLeaks.Track {
  var isHeap: Bool { name.text.hasPrefix("[heap]") }
  var isAnonymous: Bool { name.text.hasPrefix("[anonymous]") }

  /// Where this is, in words.
  func place(share: Double) -> MemoryLeak.Place {
    MemoryLeak.Place(name: name, kind: MemoryLeak.Kind(mapping: name), share: Ratio(share))
  }
}

extension MemoryLeak.Kind {
  /// The kind of memory that a mapping of this name is.
  init(mapping name: Printable) {
    let text = name.text
    let shared = ["[shared anonymous]", "/dev/shm/", "/memfd:", "/SYSV", "/dev/zero"]
    self =
      text.hasPrefix("[heap]")
      ? .heap
      : text.hasPrefix("[stack")
        ? .stack
        : shared.contains(where: text.hasPrefix)
          ? .shared : text.hasPrefix("[") ? .anonymous : .file
  }
}
