/// Reads one process from files that cost it nothing; keeps them open, because opening is most of the price.
struct StatusProbe: Probe {
  static let provenance = Provenance(
    name: "process status", reads: "/proc/PID/{stat,status,io,schedstat,fd}", microseconds: 25,
    needs: "the same user, or CAP_SYS_PTRACE, for io and descriptors",
    grant: "sudo setcap cap_sys_ptrace,cap_dac_read_search+ep \"$(command -v perftop)\"")

  static let privilege: Printable = "the same user, or CAP_SYS_PTRACE"

  let handle: TargetHandle
  private let files: any Files
  private let time: any TimeSource
  private let stat: KeptFile?
  private let status: KeptFile?
  private var io: Measured<KeptFile> = .missing(.notYet)
  private let ioWorker: Worker<Measured<KeptFile>>
  private var isAskedForIO = false
  private var hasWaited = false
  private static let looks = 10
  private static let pause: Int64 = 200_000
  private let schedule: KeptFile?

  init(_ handle: TargetHandle, host: Host, inlineWorkers: Bool) {
    self.handle = handle
    files = host.files
    time = host.time
    ioWorker = Worker(name: "io", isInline: inlineWorkers)
    stat = try? files.keep("stat", in: handle.directory)
    status = try? files.keep("status", in: handle.directory)
    schedule = try? files.keep("schedstat", in: handle.directory)
  }

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let scratch = Scratch()
    do {
      let directory = target?.directory
      _ = try scratch.read(host.files, directory == nil ? "/proc/self/io" : "io", in: directory)
      return nil
    } catch { return error.absence(needs: privilege) }
  }

  /// `nil` once the process is gone.
  mutating func read(_ scratch: Scratch, at moment: Moment) -> ProcessSample? {
    guard let stat, let bytes = try? scratch.read(files, kept: stat) else { return nil }
    var sample = ProcessSample(pid: handle.pid)
    sample.startTicks = handle.startTicks
    if let found = ProcessStat.parse(bytes) {
      guard found.startTicks == handle.startTicks else { return nil }
      sample.name = found.name
      sample.state = found.state
      sample.parent = found.parent
      sample.threads = found.threads
      sample.cpuTicks = found.cpuTicks
      sample.majorFaults = found.majorFaults
    }
    readMemory(&sample, scratch)
    sample.leaderEnded = sample.state == "Z" && sample.threads > 1
    sample.io = readIO(scratch, at: moment)
    sample.runDelay = readDelay(scratch)
    sample.descriptors = readDescriptors()
    return sample
  }

  private func readMemory(_ sample: inout ProcessSample, _ scratch: Scratch) {
    guard let status, let bytes = try? scratch.read(files, kept: status),
      let found = ProcessStatus.parse(bytes)
    else { return StatusProbe.forgetMemory(&sample, .malformed) }
    sample.uid = found.uid
    sample.threads = max(sample.threads, found.threads)
    guard found.resident != nil else {
      return StatusProbe.forgetMemory(&sample, .because("it has no memory of its own"))
    }
    let absence = Absence.notSupported
    sample.virtual = found.virtual.map(Measured.fresh) ?? .missing(absence)
    sample.resident = found.resident.map(Measured.fresh) ?? .missing(absence)
    sample.anonymous = found.anonymous.map(Measured.fresh) ?? .missing(absence)
    sample.file = found.file.map(Measured.fresh) ?? .missing(absence)
    sample.shared = found.shared.map(Measured.fresh) ?? .missing(absence)
    sample.swapped = found.swapped.map(Measured.fresh) ?? .missing(absence)
  }

  private static func forgetMemory(_ sample: inout ProcessSample, _ absence: Absence) {
    sample.virtual = .missing(absence)
    sample.resident = .missing(absence)
    sample.anonymous = .missing(absence)
    sample.file = .missing(absence)
    sample.shared = .missing(absence)
    sample.swapped = .missing(absence)
  }

  /// The counters lie behind a lock that an exec holds, for ever if its filesystem is dead: so a worker reads them first.
  private mutating func readIO(_ scratch: Scratch, at moment: Moment) -> Measured<IOCounters> {
    if case .missing(.notYet) = io { openIO(at: moment) }
    guard let file = io.value else {
      let absence = io.absence ?? .notYet
      return .missing(absence == .notYet ? .timedOut : absence)
    }
    do {
      let bytes = try scratch.read(files, kept: file)
      return ProcessCounters.io(bytes).map(Measured.fresh) ?? .missing(.malformed)
    } catch { return .missing(error.absence(needs: StatusProbe.privilege)) }
  }

  /// An answer that comes at all comes at once; waiting a little for it spares the first rate a tick.
  private mutating func openIO(at moment: Moment) {
    let (files, directory) = (files, handle.directory)
    if !isAskedForIO {
      isAskedForIO = ioWorker.start(at: moment) { StatusProbe.openIO(files, directory) }
    }
    let looks = hasWaited ? 1 : StatusProbe.looks
    hasWaited = true
    for look in 1...looks {
      if case .done(let opened) = ioWorker.poll() {
        io = opened
        return
      }
      if look < looks { time.wait(nanoseconds: StatusProbe.pause) }
    }
  }

  private static func openIO(_ files: any Files, _ directory: DirectoryHandle) -> Measured<KeptFile>
  {
    do {
      let file = try files.keep("io", in: directory)
      let scratch = Scratch(size: 1024)
      _ = try withExtendedLifetime(scratch) { try scratch.read(files, kept: file).count }
      return .fresh(file)
    } catch let error as SystemError {
      return .missing(error.absence(needs: privilege))
    } catch { return .missing(.malformed) }
  }

  private func readDelay(_ scratch: Scratch) -> Measured<UInt64> {
    guard let schedule, let bytes = try? scratch.read(files, kept: schedule) else {
      return .missing(.notSupported)
    }
    return ProcessCounters.runDelay(bytes).map(Measured.fresh) ?? .missing(.malformed)
  }

  /// Since Linux 6.2 the size of the directory is the number of its entries; before, they have to be counted.
  private func readDescriptors() -> Measured<Int> {
    if let status = try? files.status("fd", in: handle.directory, following: false),
      status.size > 0
    {
      return .fresh(Int(clamping: status.size))
    }
    do { return .fresh(try files.list("fd", in: handle.directory).count) } catch {
      return .missing(error.absence(needs: StatusProbe.privilege))
    }
  }
}
