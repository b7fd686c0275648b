/// Reads the limits and events of the target's control group, version 1, version 2, or both side by side.
struct CgroupProbe: Probe {
  static let provenance = Provenance(
    name: "control group", reads: "/proc/PID/cgroup, /sys/fs/cgroup/…/{memory,cpu}.*",
    microseconds: 60)

  private static let slowInterval = 5.0

  private let files: any Files
  private var places: CgroupPlaces?
  private var usage: (directory: String, file: KeptFile)?
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
    } else {
      refresh(scratch)
    }
    return sample
  }

  /// Between two full readings only the size is read; what may be dropped of it changes little meanwhile.
  private mutating func refresh(_ scratch: Scratch) {
    guard var known = sample.value, let usage else { return }
    guard let bytes = try? scratch.read(files, kept: usage.file),
      let number = CgroupProbe.number(bytes)
    else {
      self.usage = nil
      lastSlow = nil
      return
    }
    let now = Bytes(clamping: number)
    if let before = known.memoryUsed.value, let set = known.workingSet.value {
      known.workingSet = .fresh(min(now, max(.zero, set + (now - before))))
    }
    known.memoryUsed = .fresh(now)
    sample = .fresh(known)
  }

  private mutating func readAll(_ handle: TargetHandle, _ scratch: Scratch) {
    let found = CgroupPlaces.find(handle, files, scratch)
    places = found
    guard let found, let memory = found.memory else {
      usage = nil
      sample = .missing(.because("its control group can not be seen from here"))
      return
    }
    var cgroup = CgroupSample()
    cgroup.path = Printable(found.path)
    cgroup.version = memory.version
    let group = CgroupFiles(files: files, scratch: scratch)
    let names = CgroupFiles.Names.of(memory.version)
    let binding = group.readMemory(memory, names, into: &cgroup)
    if let cpu = found.cpu { group.readCPU(cpu, into: &cgroup) }
    if usage?.directory != binding {
      usage = (try? files.keep("\(binding)/\(names.usage)", in: nil)).map { (binding, $0) }
    }
    sample = .fresh(cgroup)
  }

  static func number(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
    var scanner = ByteScanner(bytes)
    return scanner.number()
  }
}
