/// Reads limits, use and events of a process's control group, in version 1, 2 and the mixture of both.
public struct CgroupProbe: Probe {
  /// What it reads and costs.
  public static let provenance = Provenance(
    name: "control group",
    reads:
      "/proc/PID/cgroup, memory.{max,current,stat,events,pressure}, cpu.{max,stat} or version 1's names",
    microseconds: 18)

  private let files: any Files
  private var mounts: CgroupMounts?
  private var group: CgroupGroup?
  private var lookedAt: Moment?
  private var absence: Absence = .notYet
  private static let lookPeriod = 5.0

  /// Reads mount points once, limits seldom and counters every time.
  public init(files: any Files) { self.files = files }

  /// Whether the process is in a group that accounts for memory.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    guard let target else { return nil }
    var probe = CgroupProbe(files: host.files)
    return probe.read(target, at: host.time.now(), scratch: Scratch()).absence
  }

  /// Reads the group of a process.
  public mutating func read(_ handle: TargetHandle, at moment: Moment, scratch: Scratch)
    -> Measured<CgroupSample>
  {
    if lookedAt.map({ moment.seconds(since: $0) >= CgroupProbe.lookPeriod }) ?? true {
      lookedAt = moment
      look(handle, scratch)
    }
    guard var group else { return .missing(absence) }
    let sample = group.read(scratch)
    self.group = group
    return .fresh(sample)
  }

  /// Kills for want of memory in the group that was read last, also after the process itself is gone.
  mutating func kills(_ scratch: Scratch) -> UInt64? { group?.readKills(scratch).value }

  /// The process may have been moved, and limits may have been set.
  private mutating func look(_ handle: TargetHandle, _ scratch: Scratch) {
    do throws(SystemError) {
      let paths = CgroupPaths.parse(try scratch.read(files, "cgroup", in: handle.directory))
      if mounts == nil {
        mounts = CgroupMounts.parse(try scratch.read(files, "/proc/self/mountinfo"))
      }
      guard let mounts, let place = CgroupPlace(paths, mounts) else {
        absence = .notSupported
        return group = nil
      }
      if group?.place != place { group = CgroupGroup(files: files, place: place) }
      group?.refresh(scratch)
    } catch {
      absence = error.absence(missingMeans: .notSupported)
      group = nil
    }
  }
}
