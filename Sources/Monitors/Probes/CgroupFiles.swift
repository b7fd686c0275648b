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
    var scanner = ByteScanner(bytes)
    return scanner.skip(to: name) ? scanner.number() : nil
  }

  func readMemory2(_ place: CgroupPlaces.Place, into cgroup: inout CgroupSample) {
    let limits = CgroupProbe.ancestors(place).compactMap { number("\($0)/memory.max") }
    cgroup.memoryLimit = limits.min().map { Bytes(clamping: $0) }
    cgroup.memoryUsed = measured("\(place.directory)/memory.current")
    cgroup.oomKills =
      field("oom_kill ", "\(place.directory)/memory.events").map(Measured.fresh)
      ?? .missing(.notSupported)
    let cached = [
      field("inactive_file ", "\(place.directory)/memory.stat"),
      field("active_file ", "\(place.directory)/memory.stat"),
    ]
    cgroup.workingSet = CgroupFiles.workingSet(cgroup.memoryUsed, cached)
    if let bytes = try? scratch.read(files, "\(place.directory)/memory.pressure") {
      cgroup.memoryPressure = PressureFile.parse(bytes).map(Measured.fresh) ?? .missing(.malformed)
    }
  }

  func readMemory1(_ place: CgroupPlaces.Place, into cgroup: inout CgroupSample) {
    let limit =
      field("hierarchical_memory_limit ", "\(place.directory)/memory.stat")
      ?? number("\(place.directory)/memory.limit_in_bytes")
    cgroup.memoryLimit = limit.flatMap { $0 < CgroupFiles.unlimited ? Bytes(clamping: $0) : nil }
    cgroup.memoryUsed = measured("\(place.directory)/memory.usage_in_bytes")
    cgroup.oomKills =
      field("oom_kill ", "\(place.directory)/memory.oom_control").map(Measured.fresh)
      ?? .missing(.notSupported)
    let cached = [
      field("total_inactive_file ", "\(place.directory)/memory.stat"),
      field("total_active_file ", "\(place.directory)/memory.stat"),
    ]
    cgroup.workingSet = CgroupFiles.workingSet(cgroup.memoryUsed, cached)
  }

  /// Page cache can be dropped, so it is no use that counts against a limit.
  private static func workingSet(_ used: Measured<Bytes>, _ cached: [UInt64?]) -> Measured<Bytes> {
    guard case .fresh(let used) = used, let first = cached[0], let second = cached[1] else {
      return .missing(.notSupported)
    }
    return .fresh(max(.zero, used - Bytes(clamping: first) - Bytes(clamping: second)))
  }

  func readCPU(_ place: CgroupPlaces.Place, into cgroup: inout CgroupSample) {
    let directories = CgroupProbe.ancestors(place)
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
