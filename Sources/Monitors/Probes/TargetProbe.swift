/// Puts together what is known of a target: the process, its children, limits and memory by mapping.
public struct TargetProbe: Sendable {
  private let host: Host
  private let includesChildren: Bool
  private let mappingsInterval: Double
  private let inlineWorkers: Bool
  private var handle: TargetHandle?
  private var root: StatusProbe?
  private var offspring: ChildrenProbe?
  private var members: [StatusProbe] = []
  private var mappings: MappingsProbe
  private var cgroup: CgroupProbe
  private var limits = LimitsProbe()
  private var identity: IdentityProbe
  private var clock: ClockBase?

  /// Prepares to read one target after another.
  public init(host: Host, includesChildren: Bool, mappingsInterval: Double, inlineWorkers: Bool) {
    self.host = host
    self.includesChildren = includesChildren
    self.mappingsInterval = mappingsInterval
    self.inlineWorkers = inlineWorkers
    mappings = MappingsProbe(
      host: host, interval: mappingsInterval, inlineWorkers: inlineWorkers)
    cgroup = CgroupProbe(files: host.files)
    identity = IdentityProbe(inlineWorkers: inlineWorkers)
  }

  /// The process and its children as they were at the last reading.
  public var handles: [TargetHandle] { (handle.map { [$0] } ?? []) + members.map(\.handle) }

  /// Reads everything that is due.
  public mutating func read(
    _ handle: TargetHandle, generation: Int, previousEnd: Printable?, at moment: Moment,
    scratch: Scratch
  ) -> Measured<TargetSample> {
    if self.handle?.pid != handle.pid || self.handle?.startTicks != handle.startTicks {
      begin(handle)
    }
    guard let process = root?.read(scratch, at: moment) else { return .missing(.gone) }
    var target = TargetSample(pid: handle.pid, root: process)
    target.name = process.name
    target.generation = generation
    target.previousEnd = previousEnd
    if includesChildren { target.children = readChildren(process, at: moment, scratch) }
    identity.update(handle, name: process.name, host, at: moment)
    target.command = identity.identity?.command ?? process.name
    target.runtime = identity.identity?.runtime ?? "native"
    readSlow(&target, at: moment, scratch)
    return .fresh(target)
  }

  private mutating func begin(_ handle: TargetHandle) {
    self.handle = handle
    root = StatusProbe(handle, host: host, inlineWorkers: inlineWorkers)
    offspring = includesChildren ? ChildrenProbe(files: host.files, root: handle) : nil
    members = []
    mappings = MappingsProbe(
      host: host, interval: mappingsInterval, inlineWorkers: inlineWorkers)
    cgroup = CgroupProbe(files: host.files)
    limits = LimitsProbe()
    identity = IdentityProbe(inlineWorkers: inlineWorkers)
  }

  private mutating func readChildren(
    _ process: ProcessSample, at moment: Moment, _ scratch: Scratch
  ) -> [ProcessSample] {
    guard let handle else { return [] }
    let known = members.map(\.handle)
    let found =
      offspring?.read(root: process, handle: handle, known: known, at: moment, scratch: scratch)
      ?? []
    if found.map(\.pid) != known.map(\.pid) {
      members = found.map { child in
        members.first { $0.handle.pid == child.pid && $0.handle.startTicks == child.startTicks }
          ?? StatusProbe(child, host: host, inlineWorkers: inlineWorkers)
      }
    }
    var samples: [ProcessSample] = []
    var living: [StatusProbe] = []
    for var member in members {
      guard let sample = member.read(scratch, at: moment),
        sample.state != "Z" || sample.leaderEnded
      else { continue }
      samples.append(sample)
      living.append(member)
    }
    members = living
    return samples
  }

  private mutating func readSlow(
    _ target: inout TargetSample, at moment: Moment, _ scratch: Scratch
  ) {
    guard let handle else { return }
    limits.update(handle, host.files, at: moment, scratch)
    target.addressSpaceLimit = limits.addressSpace
    target.descriptorLimit = limits.descriptors
    target.cgroup = cgroup.read(handle, at: moment, scratch)
    var sizes = [(handle: handle, resident: target.root.resident.value ?? .zero)]
    for (member, child) in zip(members, target.children) {
      sizes.append((member.handle, child.resident.value ?? .zero))
    }
    mappings.update(sizes, at: moment)
    target.mappings = mappings.mappings
    target.pss = mappings.proportional
    if clock == nil { clock = ClockBase(host, scratch) }
    if let clock {
      target.uptime = clock.uptime(startTicks: handle.startTicks, at: moment)
      target.startedWall = moment.wall - Int64(target.uptime * 1e9)
    }
  }
}

/// How the kernel's count of ticks since boot relates to our own clock.
struct ClockBase: Sendable {
  private static let ticksPerSecond = 100.0
  private let bootSeconds: Double

  /// `nil` where `/proc/uptime` can't be read.
  init?(_ host: Host, _ scratch: Scratch) {
    guard let bytes = try? scratch.read(host.files, "/proc/uptime") else { return nil }
    var scanner = ByteScanner(bytes)
    guard let uptime = scanner.decimal() else { return nil }
    bootSeconds = host.time.now().seconds - uptime
  }

  func uptime(startTicks: UInt64, at moment: Moment) -> Double {
    max(0, moment.seconds - bootSeconds - Double(startTicks) / ClockBase.ticksPerSecond)
  }
}
