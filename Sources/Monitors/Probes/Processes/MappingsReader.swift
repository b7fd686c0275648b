/// One process whose mappings are to be read, and what is remembered about it from last time.
struct MappingsSubject: Sendable {
  var handle: TargetHandle
  var isRoot: Bool
  /// Whether it may share pages with others that are read too.
  var hasFamily: Bool
  /// Whether only a thread's directory still tells of its memory.
  var leaderEnded: Bool
  var resident: Int64
  var owned: Int64
  var memory: MappingsMemory
}

/// What is remembered about the mappings of one process.
struct MappingsMemory: Sendable, Equatable {
  var startTicks: UInt64 = 0
  var names = RegionNames()
  /// What walking the page tables costs, in seconds per resident byte, as measured or carefully assumed.
  var secondsPerByte = MappingsMemory.assumed
  /// Until when the walk is not tried again, and why.
  var rest: (until: Moment, reason: Printable)?

  private static let assumed = 0.005 / 268e6

  /// One odd reading on a busy machine closes nothing for ever, and one lucky one is no licence for a far larger one.
  mutating func learn(_ measured: Double) {
    secondsPerByte =
      measured > secondsPerByte
      ? (secondsPerByte + measured) / 2 : max(measured, secondsPerByte / 2)
  }

  /// What was not measured again is trusted a little less each time.
  mutating func fade() {
    let faded = 0.9
    secondsPerByte = max(MappingsMemory.assumed, secondsPerByte * faded)
  }

  static func == (a: MappingsMemory, b: MappingsMemory) -> Bool {
    a.startTicks == b.startTicks && a.names == b.names && a.rest?.until == b.rest?.until
  }
}

/// What a worker brings back.
struct MappingsOutcome: Sendable {
  var mappings: Measured<MappingsSample>
  var pss: Measured<Bytes>
  var memories: [Int32: MappingsMemory]
  /// What it cost altogether, in seconds.
  var cost: Double
}

/// Reads the mappings of some processes without ever holding one of them up for long.
///
/// `smaps` tells everything but walks a whole mapping's page tables under the lock that the process itself needs to
/// map and unmap memory. Where that would take too long, pages are counted in `pagemap`, which lets go of the lock
/// every 2 MB; only proportional memory can't be had that way.
struct MappingsReader {
  let files: any Files
  let time: any TimeSource
  let started: Moment

  private static let longestHold = 0.005
  private static let longestWalk = 0.020
  private static let restSeconds: Int64 = 600
  private static let patience: Int64 = 400_000_000
  /// Smaller than one entry of smaps, so that the kernel lets go of its lock after each.
  private static let smallPiece = 512
  private static let largePiece = 8192
  /// What is walked whole in a fraction of a millisecond needs no care.
  private static let harmless: Int64 = 32_000_000
  private static let piece = 4096

  private static func piece(for subject: MappingsSubject) -> Int {
    subject.resident < harmless ? largePiece : smallPiece
  }

  private enum Way: Sendable {
    case smaps
    case pageMap(why: Printable)
  }

  init(files: any Files, time: any TimeSource) {
    self.files = files
    self.time = time
    started = time.now()
  }

  private var deadline: Moment {
    Moment(nanoseconds: started.nanoseconds + MappingsReader.patience)
  }

  private struct Result {
    /// Why nothing is known of the mappings.
    var absence: Absence?
    var pss: Measured<Bytes>
  }

  /// Reads all of them; only the first one's failure is everyone's.
  func read(_ subjects: [MappingsSubject]) -> MappingsOutcome {
    let begin = time.threadNanoseconds()
    var table = MappingTable()
    var pss: Measured<Bytes> = .fresh(.zero)
    var memories: [Int32: MappingsMemory] = [:]
    var failure: Absence?
    for var subject in subjects {
      let result = read(&subject, into: &table)
      memories[subject.handle.pid] = subject.memory
      if subject.isRoot { failure = result.absence }
      if result.absence == .gone, !subject.isRoot { continue }
      switch result.pss {
      case .fresh(let bytes), .stale(let bytes, _): pss = pss.map { $0 + bytes }
      case .missing: if pss.absence == nil { pss = result.pss }
      }
    }
    let cost = Double(time.threadNanoseconds() - begin) / 1e9
    var sample = MappingsSample(at: time.now(), cost: cost, mappings: table.mappings)
    sample.shareOnce = table.shareOnce
    return MappingsOutcome(
      mappings: failure.map { .missing($0) } ?? .fresh(sample), pss: pss, memories: memories,
      cost: cost)
  }

  private func read(_ subject: inout MappingsSubject, into table: inout MappingTable) -> Result {
    subject.memory.startTicks = subject.handle.startTicks
    do throws(SystemError) {
      if subject.leaderEnded { try lookThroughThread(&subject) }
      let owner = subject.isRoot ? nil : subject.handle.pid
      switch try way(subject) {
      case .smaps:
        let regions = try readSmaps(&subject)
        guard !regions.isEmpty else {
          let absence = Absence.because("it has no memory of its own")
          return Result(absence: absence, pss: .missing(absence))
        }
        table.add(regions, names: &subject.memory.names, owner: owner)
        return Result(pss: .fresh(Bytes(regions.reduce(0) { $0 &+ $1.proportional })))
      case .pageMap(let why):
        subject.memory.fade()
        let (regions, rest) = try readPageMap(subject)
        table.add(regions, names: &subject.memory.names, owner: owner)
        table.addUncounted(rest)
        return Result(pss: .missing(.because(why)))
      }
    } catch {
      let absence = error.absence(needs: StatusProbe.needsPermission, missingMeans: .gone)
      return Result(absence: absence, pss: .missing(absence))
    }
  }

  /// A leader that has ended has no mappings any more; any other thread has.
  private func lookThroughThread(_ subject: inout MappingsSubject) throws(SystemError) {
    let handle = subject.handle
    let leader = String(handle.pid)
    guard let thread = try files.list("task", in: handle.directory).first(where: { $0 != leader })
    else { throw .noProcess }
    subject.handle = TargetHandle(
      pid: handle.pid,
      directory: try files.openDirectory("task/\(thread)", in: handle.directory),
      process: handle.process, startTicks: handle.startTicks)
  }

  private func way(_ subject: MappingsSubject) throws(SystemError) -> Way {
    let memory = subject.memory
    if let rest = memory.rest, started < rest.until { return .pageMap(why: rest.reason) }
    let walk = Double(subject.resident) * memory.secondsPerByte
    if walk > MappingsReader.longestWalk {
      return .pageMap(why: "reading it would take too long for so much memory")
    }
    if walk <= MappingsReader.longestHold { return .smaps }
    var largest: UInt64 = 0
    try pieces.lines("maps", in: subject.handle.directory, piece: MappingsReader.piece) { line in
      if let region = MappedRegion.parse(line), region.isAccessible {
        largest = max(largest, region.size)
      }
    }
    let hold = Double(min(largest, UInt64(clamping: subject.resident))) * memory.secondsPerByte
    return hold <= MappingsReader.longestHold
      ? .smaps : .pageMap(why: "reading it would hold up the program's own mmap calls")
  }

  private var pieces: PieceReader { PieceReader(files: files, time: time, deadline: deadline) }

  private func readSmaps(_ subject: inout MappingsSubject) throws(SystemError) -> [MappedRegion] {
    var parser = SmapsParser()
    let cost = try pieces.lines(
      "smaps", in: subject.handle.directory, piece: MappingsReader.piece(for: subject)
    ) { parser.take($0) }
    if cost.total > MappingsReader.longestWalk { restAfter(cost.total, &subject.memory) }
    let largest = parser.regions.reduce(0) { max($0, $1.resident) }
    let enough: Int64 = 16_000_000
    if largest >= enough { subject.memory.learn(cost.longest / Double(largest)) }
    return parser.regions
  }

  private func restAfter(_ cost: Double, _ memory: inout MappingsMemory) {
    let took = Units.fixed(cost * 1000, digits: 0)
    let until = started.nanoseconds + MappingsReader.restSeconds * 1_000_000_000
    memory.rest = (
      Moment(nanoseconds: until),
      "reading it took \(took) ms at the program's expense, next try in 10 min"
    )
  }

  /// The mappings, and what is owned by those for which there was no time.
  private func readPageMap(_ subject: MappingsSubject) throws(SystemError)
    -> ([MappedRegion], Int64)
  {
    var regions: [MappedRegion] = []
    try pieces.lines("maps", in: subject.handle.directory, piece: MappingsReader.piece) { line in
      if let region = MappedRegion.parse(line) { regions.append(region) }
    }
    let limit = Moment(nanoseconds: started.nanoseconds + MappingsReader.patience / 2)
    let counter = PageMapReader(files: files, time: time, deadline: limit)
    let uncounted = try counter.count(
      &regions, in: subject.handle.directory, sparesLargest: !subject.hasFamily)
    let counted = regions.reduce(Int64(0)) { $0 &+ $1.owned }
    let rest = max(0, subject.owned &- counted)
    guard uncounted.count == 1, let only = uncounted.first else {
      return (regions, uncounted.isEmpty ? 0 : rest)
    }
    // What all others don't own is owned by the one that was too large to be counted.
    regions[only].anonymous = rest
    regions[only].resident = rest
    return (regions, 0)
  }
}
