/// Reads the limits and events of the target's control group, version 1, version 2, or both side by side.
struct CgroupProbe: Probe {
  static let provenance = Provenance(
    name: "control group", reads: "/proc/PID/cgroup, /sys/fs/cgroup/…/{memory,cpu}.*",
    microseconds: 60)

  private static let slowInterval = 5.0
  private static let deepest = 32

  private let files: any Files
  private var places: CgroupPlaces?
  private var usage: KeptFile?
  private var lastSlow: Moment?
  private var sample: Measured<CgroupSample> = .missing(.notYet)

  init(files: any Files) { self.files = files }

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let places = CgroupPlaces.find(target, host.files, Scratch())
    return places?.memory == nil ? .notSupported : nil
  }

  mutating func read(_ handle: TargetHandle, at moment: Moment, _ scratch: Scratch)
    -> Measured<CgroupSample>
  {
    let isDue = lastSlow.map { moment.seconds(since: $0) >= CgroupProbe.slowInterval } ?? true
    if isDue {
      lastSlow = moment
      readAll(handle, scratch)
    } else if var known = sample.value, let usage {
      if let bytes = try? scratch.read(files, kept: usage) {
        let before = known.memoryUsed.value
        known.memoryUsed =
          CgroupProbe.number(bytes).map { .fresh(Bytes(clamping: $0)) }
          ?? .missing(.malformed)
        if let before, let now = known.memoryUsed.value, let set = known.workingSet.value {
          known.workingSet = .fresh(max(.zero, set + (now - before)))
        }
      }
      sample = .fresh(known)
    }
    return sample
  }

  private mutating func readAll(_ handle: TargetHandle, _ scratch: Scratch) {
    let found = CgroupPlaces.find(handle, files, scratch)
    if found != places {
      places = found
      usage = nil
    }
    guard let found, let memory = found.memory else {
      sample = .missing(.notSupported)
      return
    }
    var cgroup = CgroupSample()
    cgroup.path = Printable(found.path)
    cgroup.version = memory.version
    let group = CgroupFiles(files: files, scratch: scratch)
    if memory.version == 2 {
      group.readMemory2(memory, into: &cgroup)
    } else {
      group.readMemory1(memory, into: &cgroup)
    }
    if let cpu = found.cpu { group.readCPU(cpu, into: &cgroup) }
    let name = memory.version == 2 ? "memory.current" : "memory.usage_in_bytes"
    if usage == nil { usage = try? files.keep("\(memory.directory)/\(name)", in: nil) }
    sample = .fresh(cgroup)
  }

  static func number(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
    var scanner = ByteScanner(bytes)
    return scanner.number()
  }

  /// The directory and all above it, up to the mount.
  static func ancestors(_ place: CgroupPlaces.Place) -> [String] {
    var found = [place.directory]
    while let last = found.last, last != place.mount, found.count < deepest,
      let slash = last.lastIndex(of: "/"), last[..<slash].count >= place.mount.count
    { found.append(String(last[..<slash])) }
    return found
  }
}
