/// Reads memory by mapping and proportional memory, seldom, on a thread of its own and never at the target's expense.
public struct MappingsProbe: Probe {
  /// What it reads and costs.
  public static let provenance = Provenance(
    name: "mappings", reads: "/proc/PID/smaps, else maps and pagemap", microseconds: 600,
    needs: "CAP_SYS_PTRACE or the same user",
    grant: "sudo setcap cap_sys_ptrace+ep $(command -v perftop)")

  private let files: any Files
  private let time: any TimeSource
  private var interval: Double
  private var pace: MappingsPace
  private let worker: Worker<MappingsOutcome>
  private var memories: [Int32: MappingsMemory] = [:]
  private var last: MappingsOutcome?
  private var root: (pid: Int32, startTicks: UInt64)?

  private static let patience = 0.5
  /// For so many intervals a reading is still one of now.
  private static let freshness = 2.0
  private static let mostProcesses = 17

  /// Reads every `interval` seconds, or less often where a reading costs much.
  public init(host: Host, interval: Double, inlineWorker: Bool = false) {
    files = host.files
    time = host.time
    self.interval = max(1, interval)
    pace = MappingsPace(interval: self.interval)
    worker = Worker(name: "mappings", isInline: inlineWorker)
  }

  /// Reads as often as this from now on; a shorter wait begins at once.
  public mutating func setInterval(_ seconds: Double) {
    guard max(1, seconds) != interval else { return }
    interval = max(1, seconds)
    pace.change(interval: interval)
  }

  /// Whether the kernel lets us look into the process.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    guard let target else { return nil }
    do throws(SystemError) {
      _ = try Scratch(size: 4096).read(host.files, "smaps_rollup", in: target.directory)
      return nil
    } catch { return error.absence(needs: provenance.needs, missingMeans: .notSupported) }
  }

  /// A process whose mappings are wanted, and what it was found to be this tick.
  typealias Subject = (handle: TargetHandle, sample: ProcessSample)

  /// What was read last of a process and its children; begins the next reading when that is due.
  ///
  /// `owned` is what all of them own now; `subjects` lists them, the process first, and is asked only then.
  mutating func read(
    _ root: TargetHandle, owned: Bytes, at moment: Moment, subjects: () -> [Subject]
  ) -> (mappings: Measured<MappingsSample>, pss: Measured<Bytes>) {
    forgetOthers(than: root)
    if let stuck = collect(at: moment) { return stuck }
    if pace.isDue(owned: owned, at: moment) {
      pace.begin(owned: owned)
      start(subjects(), at: moment)
      // A worker that works at once has its answer ready now.
      if let stuck = collect(at: moment) { return stuck }
    }
    return (last?.mappings ?? .missing(.notYet), pss(at: moment))
  }

  /// What was read long ago is told with its age.
  private func pss(at moment: Moment) -> Measured<Bytes> {
    guard let last else { return .missing(.notYet) }
    guard case .fresh(let bytes) = last.pss, let at = last.mappings.value?.at,
      moment.seconds(since: at) > MappingsProbe.freshness * interval
    else { return last.pss }
    return .stale(bytes, since: at)
  }

  private mutating func forgetOthers(than handle: TargetHandle) {
    if let root, root == (handle.pid, handle.startTicks) { return }
    root = (handle.pid, handle.startTicks)
    memories = [:]
    last = nil
    pace = MappingsPace(interval: interval)
  }

  private mutating func collect(at moment: Moment) -> (Measured<MappingsSample>, Measured<Bytes>)? {
    switch worker.poll() {
    case .idle: return nil
    case .busy(let since):
      guard moment.seconds(since: since) > MappingsProbe.patience else { return nil }
      return (aged(last?.mappings, since), aged(last?.pss, since))
    case .done(let outcome):
      take(outcome, at: moment)
      return nil
    }
  }

  /// A reading that belonged to an earlier target finds nobody to take it.
  private mutating func take(_ outcome: MappingsOutcome, at moment: Moment) {
    guard let root, outcome.memories[root.pid] != nil else { return pace.hurry() }
    memories = outcome.memories
    last = outcome
    pace.end(cost: outcome.cost, processes: memories.count, at: moment)
  }

  private func aged<Value>(_ value: Measured<Value>?, _ since: Moment) -> Measured<Value> {
    switch value {
    case .fresh(let value): .stale(value, since: last?.mappings.value?.at ?? since)
    case .stale, .missing: value ?? .missing(.timedOut)
    case nil: .missing(.timedOut)
    }
  }

  private mutating func start(_ processes: [Subject], at moment: Moment) {
    let subjects = processes.prefix(MappingsProbe.mostProcesses).enumerated().map { index, entry in
      let known = memories[entry.handle.pid]
      let isSame = known?.startTicks == entry.handle.startTicks
      return MappingsSubject(
        handle: entry.handle, isRoot: index == 0, hasFamily: processes.count > 1,
        leaderEnded: entry.sample.leaderEnded,
        resident: entry.sample.resident.value?.count ?? 0,
        owned: entry.sample.owned.value?.count ?? 0,
        memory: isSame ? known ?? MappingsMemory() : MappingsMemory())
    }
    let leftOut = processes.count - subjects.count
    worker.start(at: moment) { [files, time] in
      var outcome = MappingsReader(files: files, time: time).read(subjects)
      if leftOut > 0 {
        outcome.pss = .missing(.because("too many processes to read it of all of them"))
      }
      return outcome
    }
  }
}
