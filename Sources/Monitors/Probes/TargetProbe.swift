/// Reads everything about one watched process and its children.
public struct TargetProbe: Probe {
  /// What it reads and costs.
  public static let provenance = Provenance(
    name: "target", reads: "the files of the process and its children in /proc", microseconds: 60)

  private let host: Host
  private let includesChildren: Bool
  private var mappingsInterval: Double
  private let inlineWorkers: Bool
  private var root: StatusProbe?
  private var descendants: [StatusProbe] = []
  private var children: ChildrenProbe?
  private var cgroup: CgroupProbe
  private var limits: LimitsProbe
  private var identity: IdentityProbe
  private var mappings: MappingsProbe
  private var birth: (uptime: Double, at: Moment)?
  private var pastExecs = 0

  private static let mostKept = 32
  private static let clockTicks = 100.0

  /// Watches nothing yet; `inlineWorkers` does on the calling thread what may wait for ever, which is what tests want.
  public init(
    host: Host, includesChildren: Bool = true, mappingsInterval: Double = 10,
    inlineWorkers: Bool = false
  ) {
    self.host = host
    self.includesChildren = includesChildren
    self.mappingsInterval = mappingsInterval
    self.inlineWorkers = inlineWorkers
    cgroup = CgroupProbe(files: host.files)
    limits = LimitsProbe(files: host.files)
    identity = IdentityProbe(host: host, inlineWorker: inlineWorkers)
    mappings = MappingsProbe(
      host: host, interval: mappingsInterval, inlineWorker: inlineWorkers)
  }

  /// Looks at mappings as often as this from now on, in seconds.
  public mutating func setMappingsInterval(_ seconds: Double) {
    mappingsInterval = seconds
    mappings.setInterval(seconds)
  }

  /// Whether the process can be read at all.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    guard let target else { return nil }
    var probe = StatusProbe(files: host.files, handle: target, keepsFiles: false)
    return probe.read(at: host.time.now(), scratch: Scratch()).absence
  }

  /// The process and the children that were alive at the last reading, the process first.
  public var handles: [TargetHandle] {
    (root.map { [$0.handle] } ?? []) + descendants.map(\.handle)
  }

  /// Reads the process and its children as they are now.
  ///
  /// A parent is read before its children: what the kernel adds to its counters when it collects a child can then
  /// only be seen after the child was seen to be gone.
  public mutating func read(
    _ handle: TargetHandle, generation: Int, previousEnd: Printable?, at moment: Moment,
    scratch: Scratch
  ) -> Measured<TargetSample> {
    adopt(handle)
    guard let process = root?.read(at: moment, scratch: scratch) else { return .missing(.notYet) }
    guard case .fresh(let sample) = process else { return .missing(process.absence ?? .gone) }
    guard !sample.isZombie else { return .missing(.gone) }
    var target = TargetSample(pid: handle.pid, root: sample)
    // What takes over a process by exec is as new as what is started after it has ended.
    target.generation = generation + pastExecs + (root?.certainExecs ?? 0)
    target.previousEnd = previousEnd
    target.name = sample.name
    target.execs = root?.execs ?? 0
    if includesChildren { readChildren(into: &target, at: moment, scratch) }
    readSlowly(handle, into: &target, at: moment, scratch)
    tellAge(handle, into: &target, at: moment, scratch)
    return .fresh(target)
  }

  private mutating func adopt(_ handle: TargetHandle) {
    if let known = root?.handle, known.pid == handle.pid, known.startTicks == handle.startTicks {
      return
    }
    let past = pastExecs + (root?.certainExecs ?? 0)
    self = TargetProbe(
      host: host, includesChildren: includesChildren, mappingsInterval: mappingsInterval,
      inlineWorkers: inlineWorkers)
    pastExecs = past
    root = StatusProbe(
      files: host.files, handle: handle, keepsFiles: true, time: host.time,
      inlineWorker: inlineWorkers)
    if includesChildren { children = ChildrenProbe(files: host.files, root: handle) }
  }

  private mutating func readChildren(
    into target: inout TargetSample, at moment: Moment, _ scratch: Scratch
  ) {
    children?.look(at: moment, scratch: scratch)
    adoptChildren()
    var samples: [ProcessSample] = []
    samples.reserveCapacity(descendants.count)
    var gone: Set<Int32> = []
    for index in descendants.indices {
      let read = descendants[index].read(at: moment, scratch: scratch)
      if case .fresh(let sample) = read { samples.append(sample) }
      if case .missing(.gone) = read { gone.insert(descendants[index].handle.pid) }
    }
    if !gone.isEmpty {
      children?.forget { gone.contains($0.pid) }
      descendants.removeAll { gone.contains($0.handle.pid) }
    }
    target.children = samples
    target.leftOut = children?.leftOut ?? 0
  }

  private mutating func adoptChildren() {
    guard let handles = children?.handles, handles.count != descendants.count else { return }
    for handle in handles.dropFirst(descendants.count) {
      descendants.append(
        StatusProbe(
          files: host.files, handle: handle, keepsFiles: descendants.count < TargetProbe.mostKept,
          isRoot: false, time: host.time, inlineWorker: inlineWorkers))
    }
  }

  private mutating func readSlowly(
    _ handle: TargetHandle, into target: inout TargetSample, at moment: Moment, _ scratch: Scratch
  ) {
    let known = identity.read(handle, target.root, program: target.execs, at: moment)
    target.command = known.command
    target.runtime = known.runtime
    target.cgroup = cgroup.read(handle, at: moment, scratch: scratch)
    let limits = limits.read(handle, at: moment, scratch: scratch)
    target.addressSpaceLimit = limits.map(\.addressSpace)
    target.descriptorLimit = limits.map(\.descriptors)
    let owned = target.children.reduce(target.root.owned.value ?? .zero) {
      $0 + ($1.owned.value ?? .zero)
    }
    let list = { [descendants] in TargetProbe.subjects(target, handle, descendants) }
    let read = mappings.read(handle, owned: owned, at: moment, subjects: list)
    target.mappings = read.mappings
    target.pss = read.pss
  }

  /// The process first, then its children, the largest before the others.
  private static func subjects(
    _ target: TargetSample, _ root: TargetHandle, _ descendants: [StatusProbe]
  ) -> [MappingsProbe.Subject] {
    var subjects: [MappingsProbe.Subject] = []
    for sample in target.children where !sample.isZombie {
      if let child = descendants.first(where: { $0.handle.pid == sample.pid }) {
        subjects.append((child.handle, sample))
      }
    }
    subjects.sort {
      ($0.sample.resident.value ?? .zero) > ($1.sample.resident.value ?? .zero)
    }
    return [(root, target.root)] + subjects
  }

  /// Start times are counted from boot, and only the kernel's own uptime counts the same way.
  private mutating func tellAge(
    _ handle: TargetHandle, into target: inout TargetSample, at moment: Moment, _ scratch: Scratch
  ) {
    if birth == nil, let bytes = try? scratch.read(host.files, "/proc/uptime") {
      var scanner = ByteScanner(bytes)
      if let uptime = scanner.decimal() {
        birth = (max(0, uptime - Double(handle.startTicks) / TargetProbe.clockTicks), moment)
      }
    }
    guard let birth else { return }
    target.uptime = birth.uptime + moment.seconds(since: birth.at)
    let age = min(birth.uptime, 1e9) * 1e9
    target.startedWall = birth.at.wall &- Int64(age)
  }
}
