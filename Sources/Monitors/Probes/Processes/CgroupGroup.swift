/// One process's control groups with the files that are read every tick.
struct CgroupGroup: Sendable {
  private struct Names {
    var limit: String
    var usage: String
    var events: String
    var inactive: StaticString
    var active: StaticString
  }

  let place: CgroupPlace
  private let files: any Files
  private let names: Names
  private var sample = CgroupSample()
  /// The group whose limit is met first, or the process's own.
  private var binding: String
  private var usage: KeptFile?
  private var stat: KeptFile?
  private var events: KeptFile?
  private var pressure: KeptFile?
  private var processor: KeptFile?

  init(files: any Files, place: CgroupPlace) {
    self.files = files
    self.place = place
    names =
      place.version == 1
      ? Names(
        limit: "memory.limit_in_bytes", usage: "memory.usage_in_bytes",
        events: "memory.oom_control", inactive: "total_inactive_file ",
        active: "total_active_file ")
      : Names(
        limit: "memory.max", usage: "memory.current", events: "memory.events",
        inactive: "inactive_file ", active: "active_file ")
    binding = place.memory.first ?? ""
    sample.path = Printable(place.path)
    sample.version = place.version
    events = keep(names.events, in: place.memory.first)
    pressure = keep("memory.pressure", in: place.unified)
    keepBinding()
  }

  /// Looks again at limits, which change seldom, in the group and all above it.
  mutating func refresh(_ scratch: Scratch) {
    let tightest = tightestMemory(scratch)
    sample.memoryLimit = tightest?.limit
    let place = tightest?.place ?? place.memory.first ?? ""
    if place != binding || usage == nil {
      binding = place
      keepBinding()
    }
    refreshProcessor(scratch)
  }

  /// Reads what changes from tick to tick.
  mutating func read(_ scratch: Scratch) -> CgroupSample {
    sample.memoryUsed = value(usage, scratch, CgroupFile.number).map { Bytes(clamping: $0) }
    sample.workingSet = workingSet(scratch)
    sample.oomKills = readKills(scratch)
    sample.memoryPressure = value(pressure, scratch, PressureFile.parse)
    let isFirst = place.version == 1
    sample.cpuThrottled = value(processor, scratch) { bytes in
      isFirst
        ? CgroupFile.value("throttled_time ", bytes).map { $0 / 1000 }
        : CgroupFile.value("throttled_usec ", bytes)
    }
    return sample
  }

  /// Kills for want of memory so far.
  func readKills(_ scratch: Scratch) -> Measured<UInt64> {
    value(events, scratch) { CgroupFile.value("oom_kill ", $0) }
  }

  private func keep(_ name: String, in directory: String?) -> KeptFile? {
    directory.flatMap { try? files.keep("\($0)/\(name)", in: nil) }
  }

  private mutating func keepBinding() {
    usage = keep(names.usage, in: binding)
    stat = keep("memory.stat", in: binding)
  }

  private func value<Value>(
    _ file: KeptFile?, _ scratch: Scratch, _ parse: (UnsafeRawBufferPointer) -> Value?
  ) -> Measured<Value> {
    guard let file else { return .missing(.notSupported) }
    do throws(SystemError) {
      return parse(try scratch.read(files, kept: file)).map { .fresh($0) }
        ?? .missing(.malformed)
    } catch { return .missing(error.absence()) }
  }

  /// Page cache counts against the limit but gives way before anyone is killed.
  private func workingSet(_ scratch: Scratch) -> Measured<Bytes> {
    guard case .fresh(let used) = sample.memoryUsed else { return sample.memoryUsed }
    return value(stat, scratch) { bytes in
      guard let inactive = CgroupFile.value(names.inactive, bytes),
        let active = CgroupFile.value(names.active, bytes)
      else { return nil }
      let cache = Bytes(clamping: inactive) + Bytes(clamping: active)
      return max(.zero, used - cache)
    }
  }

  /// Of the group and its ancestors the one with the least room.
  private func tightestMemory(_ scratch: Scratch) -> (place: String, limit: Bytes)? {
    var found: (place: String, limit: Bytes, left: Bytes)?
    for directory in place.memory {
      guard let bytes = try? scratch.read(files, "\(directory)/\(names.limit)"),
        case .some(.some(let limit)) = CgroupFile.limit(bytes)
      else { continue }
      let usage = try? scratch.read(files, "\(directory)/\(names.usage)")
      let used = usage.flatMap(CgroupFile.number).map { Bytes(clamping: $0) } ?? .zero
      if found.map({ limit - used < $0.left }) ?? true {
        found = (directory, limit, limit - used)
      }
    }
    return found.map { ($0.place, $0.limit) }
  }

  private mutating func refreshProcessor(_ scratch: Scratch) {
    var tightest: (place: String, limit: Double)?
    for directory in place.processor {
      guard let limit = processorLimit(directory, scratch) else { continue }
      if tightest.map({ limit < $0.limit }) ?? true { tightest = (directory, limit) }
    }
    if processor == nil || sample.cpuLimit != tightest?.limit {
      processor = keep("cpu.stat", in: tightest?.place ?? place.processor.first)
    }
    sample.cpuLimit = tightest?.limit
  }

  private func processorLimit(_ directory: String, _ scratch: Scratch) -> Double? {
    if place.version == 2 {
      guard let bytes = try? scratch.read(files, "\(directory)/cpu.max") else { return nil }
      return CgroupFile.processors(bytes) ?? nil
    }
    guard let quota = number("\(directory)/cpu.cfs_quota_us", scratch),
      let period = number("\(directory)/cpu.cfs_period_us", scratch), period > 0
    else { return nil }
    return Double(quota) / Double(period)
  }

  private func number(_ path: String, _ scratch: Scratch) -> UInt64? {
    (try? scratch.read(files, path)).flatMap(CgroupFile.number)
  }
}
