/// Reads the small files of control groups.
struct CgroupFiles {
  let files: any Files
  let scratch: Scratch
  private static let unlimited = UInt64(1) << 60

  private func number(_ path: String) -> UInt64? {
    (try? scratch.read(files, path)).flatMap(CgroupProbe.number)
  }

  private func measured(_ path: String) -> Measured<Bytes> {
    number(path).map { .fresh(Bytes(clamping: $0)) } ?? .missing(.notSupported)
  }

  /// A line `name number` in a file of such lines.
  private func field(_ name: StaticString, _ path: String) -> UInt64? {
    guard let bytes = try? scratch.read(files, path) else { return nil }
    return CgroupFiles.field(name, bytes)
  }

  private static func field(_ name: StaticString, _ bytes: UnsafeRawBufferPointer) -> UInt64? {
    var scanner = ByteScanner(bytes)
    return scanner.skip(to: name) ? scanner.number() : nil
  }

  /// What the files of memory are called in the two versions.
  struct Names {
    var limit: String
    var usage: String
    var events: String
    var inactive: StaticString
    var active: StaticString

    static func of(_ version: Int) -> Names {
      version == 2
        ? Names(
          limit: "memory.max", usage: "memory.current", events: "memory.events",
          inactive: "inactive_file ", active: "active_file ")
        : Names(
          limit: "memory.limit_in_bytes", usage: "memory.usage_in_bytes",
          events: "memory.oom_control", inactive: "total_inactive_file ",
          active: "total_active_file ")
    }
  }

  /// Reads limit and usage where they bind, events and stalls in the process's own group.
  ///
  /// - Returns: The directory of the group whose limit binds first; the process's own where none does.
  func readMemory(_ place: CgroupPlaces.Place, _ names: Names, into cgroup: inout CgroupSample)
    -> String
  {
    let binding = tightest(place, names)
    cgroup.memoryLimit = binding?.limit ?? hierarchicalLimit(place)
    let directory = binding?.directory ?? place.directory
    cgroup.memoryUsed = measured("\(directory)/\(names.usage)")
    cgroup.workingSet = workingSet(cgroup.memoryUsed, directory, names)
    cgroup.oomKills =
      field("oom_kill ", "\(place.directory)/\(names.events)").map(Measured.fresh)
      ?? .missing(.notSupported)
    if let bytes = try? scratch.read(files, "\(place.directory)/memory.pressure") {
      cgroup.memoryPressure = PressureFile.parse(bytes).map(Measured.fresh) ?? .missing(.malformed)
    }
    return directory
  }

  /// A limit higher up is shared with others, so what counts is who has the least left, not the least limit.
  private func tightest(_ place: CgroupPlaces.Place, _ names: Names)
    -> (directory: String, limit: Bytes)?
  {
    var found: (directory: String, limit: Bytes, left: Bytes)?
    for directory in CgroupPlaces.upwards(place.directory, to: place.mount) {
      guard let number = number("\(directory)/\(names.limit)"), number < CgroupFiles.unlimited
      else { continue }
      let limit = Bytes(clamping: number)
      let used = self.number("\(directory)/\(names.usage)").map { Bytes(clamping: $0) } ?? .zero
      if let found, found.left <= limit - used { continue }
      found = (directory, limit, limit - used)
    }
    return found.map { ($0.directory, $0.limit) }
  }

  /// Version 1 tells of a limit above the mount, which a container can not see otherwise.
  private func hierarchicalLimit(_ place: CgroupPlaces.Place) -> Bytes? {
    guard place.version == 1,
      let limit = field("hierarchical_memory_limit ", "\(place.directory)/memory.stat"),
      limit < CgroupFiles.unlimited
    else { return nil }
    return Bytes(clamping: limit)
  }

  /// Page cache can be dropped, so it is no use that counts against a limit.
  private func workingSet(_ used: Measured<Bytes>, _ directory: String, _ names: Names)
    -> Measured<Bytes>
  {
    guard case .fresh(let used) = used,
      let bytes = try? scratch.read(files, "\(directory)/memory.stat"),
      let inactive = CgroupFiles.field(names.inactive, bytes),
      let active = CgroupFiles.field(names.active, bytes)
    else { return .missing(.notSupported) }
    return .fresh(max(.zero, used - Bytes(clamping: inactive) - Bytes(clamping: active)))
  }

  func readCPU(_ place: CgroupPlaces.Place, into cgroup: inout CgroupSample) {
    let directories = CgroupPlaces.upwards(place.directory, to: place.mount)
    if place.version == 2 {
      cgroup.cpuLimit = directories.compactMap { quota2("\($0)/cpu.max") }.min()
      cgroup.cpuThrottled =
        field("throttled_usec ", "\(place.directory)/cpu.stat").map(Measured.fresh)
        ?? .missing(.notSupported)
    } else {
      cgroup.cpuLimit = directories.compactMap(quota1).min()
      cgroup.cpuThrottled =
        field("throttled_time ", "\(place.directory)/cpu.stat").map { .fresh($0 / 1000) }
        ?? .missing(.notSupported)
    }
  }

  /// `50000 100000` is half a processor; `max 100000` is no limit.
  private func quota2(_ path: String) -> Double? {
    guard let bytes = try? scratch.read(files, path) else { return nil }
    var scanner = ByteScanner(bytes)
    guard let quota = scanner.number(), let period = scanner.number(), period > 0 else {
      return nil
    }
    return Double(quota) / Double(period)
  }

  private func quota1(_ directory: String) -> Double? {
    guard let quota = number("\(directory)/cpu.cfs_quota_us"),
      let period = number("\(directory)/cpu.cfs_period_us"), period > 0
    else { return nil }
    return Double(quota) / Double(period)
  }
}
