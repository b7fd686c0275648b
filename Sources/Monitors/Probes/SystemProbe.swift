/// Reads processors, memory, load and out-of-memory kills of the whole machine.
struct SystemProbe: Probe {
  static let provenance = Provenance(
    name: "machine", reads: "/proc/stat, /proc/meminfo, /proc/loadavg, /proc/vmstat",
    microseconds: 18)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let scratch = Scratch()
    for path in [statPath, memoryPath] {
      do throws(SystemError) { _ = try scratch.read(host.files, path) } catch {
        return error.absence(missingMeans: .because("\(path) is not there: is /proc mounted?"))
      }
    }
    return nil
  }

  private static let statPath = "/proc/stat"
  // Only needed where the lines of all processors do not fit: a thousand of them and more.
  private static let onlinePath = "/sys/devices/system/cpu/online"
  private static let memoryPath = "/proc/meminfo"
  private var stat = KernelText(statPath)
  private var memory = KernelText(memoryPath)
  private var load = KernelText("/proc/loadavg")
  private var events = KernelText("/proc/vmstat")
  // Reading this file makes the kernel add up a hundred counters of every processor.
  private var eventsPeriod = Period(seconds: 10)
  private var oomKills: Measured<UInt64> = .missing(.notYet)

  /// Fills in what it knows.
  mutating func read(
    into system: inout SystemSample, on host: Host, at moment: Moment, _ scratch: Scratch
  ) {
    switch stat.read(host, scratch) {
    case .success(let bytes): setProcessors(StatFile(bytes), on: host, scratch, in: &system)
    case .failure(let error):
      system.cpuBusyTicks = .missing(error.absence())
      system.cpuTotalTicks = .missing(error.absence())
    }
    switch memory.read(host, scratch) {
    case .success(let bytes): SystemProbe.setMemory(MemoryFile(bytes), in: &system)
    case .failure(let error): SystemProbe.setMemory(missing: error.absence(), in: &system)
    }
    switch load.read(host, scratch) {
    case .success(let bytes):
      var scanner = ByteScanner(bytes)
      system.load = scanner.decimal().map { .fresh($0) } ?? .missing(.malformed)
    case .failure(let error): system.load = .missing(error.absence())
    }
    if eventsPeriod.isDue(at: moment) { readEvents(on: host, scratch) }
    system.oomKills = oomKills
  }

  private mutating func readEvents(on host: Host, _ scratch: Scratch) {
    switch events.read(host, scratch) {
    case .success(let bytes):
      var scanner = ByteScanner(bytes)
      // Kernels before 4.13 do not count them.
      oomKills =
        scanner.skip(to: "oom_kill ")
        ? scanner.number().map { .fresh($0) } ?? .missing(.malformed) : .missing(.notSupported)
    case .failure(let error): oomKills = .missing(error.absence())
    }
  }

  private func setProcessors(
    _ found: StatFile?, on host: Host, _ scratch: Scratch, in system: inout SystemSample
  ) {
    guard let found else {
      system.cpuBusyTicks = .missing(.malformed)
      system.cpuTotalTicks = .missing(.malformed)
      return
    }
    system.cpuBusyTicks = .fresh(found.busy)
    system.cpuTotalTicks = .fresh(found.total)
    system.processors = max(1, found.processors)
    guard !found.isWhole, let bytes = try? scratch.read(host.files, Self.onlinePath) else { return }
    system.processors = max(system.processors, NumberList.count(bytes))
  }

  private static func setMemory(_ found: MemoryFile, in system: inout SystemSample) {
    func measured(_ value: Bytes?, _ absence: Absence) -> Measured<Bytes> {
      value.map { .fresh($0) } ?? .missing(absence)
    }
    system.memoryTotal = measured(found.total, .malformed)
    // Kernels before 3.14 do not say.
    system.memoryAvailable = measured(
      found.available, found.total == nil ? .malformed : .notSupported)
    system.swapTotal = measured(found.swapTotal, .notSupported)
    system.swapFree = measured(found.swapFree, .notSupported)
  }

  private static func setMemory(missing absence: Absence, in system: inout SystemSample) {
    system.memoryTotal = .missing(absence)
    system.memoryAvailable = .missing(absence)
    system.swapTotal = .missing(absence)
    system.swapFree = .missing(absence)
  }
}
