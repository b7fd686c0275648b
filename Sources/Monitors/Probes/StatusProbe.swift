/// Reads one process through its own directory in `/proc`: state, processor time, memory, storage counters.
public struct StatusProbe: Probe {
  /// What it reads and costs.
  public static let provenance = Provenance(
    name: "process status",
    reads: "/proc/PID/stat, status, io, schedstat, fd", microseconds: 18,
    needs: "CAP_SYS_PTRACE or the same user (storage counters)",
    grant: "sudo setcap cap_sys_ptrace+ep $(command -v perftop)")

  private enum Source: Int, CaseIterable, Sendable {
    case stat, status, io

    var path: String {
      switch self {
      case .stat: "stat"
      case .status: "status"
      case .io: "io"
      }
    }
  }

  /// The process.
  public let handle: TargetHandle
  private let files: any Files
  private let keepsFiles: Bool
  private let isRoot: Bool
  private var kept: [KeptFile?] = [nil, nil, nil]
  private var shortName: ProcessStat.ShortName?
  private var name: Printable = ""
  private var delays: ThreadDelays
  private var livingThread: String?
  private var lastTicks: UInt64 = 0
  private var openFiles = RestingValue<Int>(period: 5)
  /// Counts the times it has become another program since this was made.
  public private(set) var execs = 0
  /// How many of them are beyond doubt: a program may also have renamed itself.
  private(set) var certainExecs = 0
  private var stackStart: UInt64 = 0

  private var storage: FirstAnswer?

  /// Reads one process; keeping its files open makes that cheaper and costs a few descriptors.
  ///
  /// With a clock it waits for the first answer of files that can hang elsewhere than here.
  init(
    files: any Files, handle: TargetHandle, keepsFiles: Bool, isRoot: Bool = true,
    time: (any TimeSource)? = nil, inlineWorker: Bool = true
  ) {
    storage = time.map { FirstAnswer(time: $0, inlineWorker: inlineWorker) }
    self.files = files
    self.handle = handle
    self.keepsFiles = keepsFiles
    self.isRoot = isRoot
    delays = ThreadDelays(limit: isRoot ? 32 : 8)
  }

  /// Whether storage counters, which need more rights than the rest, can be read.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    guard let target else { return nil }
    do throws(SystemError) {
      _ = try Scratch(size: 4096).read(host.files, "io", in: target.directory)
      return nil
    } catch { return error.absence(needs: provenance.needs, missingMeans: .notSupported) }
  }

  /// Reads everything that is worth reading each tick.
  public mutating func read(at moment: Moment, scratch: Scratch) -> Measured<ProcessSample> {
    var sample = ProcessSample(pid: handle.pid)
    sample.startTicks = handle.startTicks
    sample.cpuTicks = lastTicks
    do throws(SystemError) {
      let isRead = try readStat(into: &sample, scratch)
      guard try readStatus(into: &sample, scratch) || isRead else { return .missing(.malformed) }
    } catch { return .missing(error.absence(needs: "root, or a /proc without hidepid")) }
    lastTicks = sample.cpuTicks
    sample.name = name
    sample.io = readIO(scratch, at: moment)
    sample.runDelay = delays.read(
      files, handle, threads: sample.threads, at: moment, scratch: scratch)
    sample.busiestThread = delays.busiest
    let place = sample.leaderEnded ? "\(livingThread ?? ".")/fd" : "fd"
    sample.descriptors = openFiles.value(at: moment, now: isRoot) { [files, handle] in
      StatusProbe.countDescriptors(files, handle, place)
    }
    return .fresh(sample)
  }

  private mutating func bytes(_ source: Source, _ scratch: Scratch) throws(SystemError)
    -> UnsafeRawBufferPointer
  {
    if let file = kept[source.rawValue] { return try scratch.read(files, kept: file) }
    guard keepsFiles else { return try scratch.read(files, source.path, in: handle.directory) }
    let file = try files.keep(source.path, in: handle.directory)
    kept[source.rawValue] = file
    return try scratch.read(files, kept: file)
  }

  private mutating func readStat(into sample: inout ProcessSample, _ scratch: Scratch)
    throws(SystemError) -> Bool
  {
    let bytes = try bytes(.stat, scratch)
    guard let stat = ProcessStat.parse(bytes) else { return false }
    sample.parent = stat.parent
    sample.state = Character(Unicode.Scalar(stat.state))
    sample.threads = stat.threads
    sample.cpuTicks = stat.cpuTicks
    sample.majorFaults = stat.majorFaults
    sample.leaderEnded = StatusProbe.isEnded(stat.state) && stat.threads > 1
    noticeProgram(stat, bytes)
    return true
  }

  static func isEnded(_ state: UInt8) -> Bool {
    state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") || state == UInt8(ascii: "x")
  }

  /// After an exec the stack begins elsewhere; where that is kept secret a new name has to do.
  private mutating func noticeProgram(_ stat: ProcessStat, _ bytes: UnsafeRawBufferPointer) {
    let secret: UInt64 = 1
    let isKnown = stackStart > secret && stat.stackStart > secret
    let isRenamed = shortName != stat.name
    if shortName != nil, isKnown ? stackStart != stat.stackStart : isRenamed {
      execs += 1
      if isKnown { certainExecs += 1 }
    }
    stackStart = stat.stackStart
    guard isRenamed else { return }
    shortName = stat.name
    name = ProcessStat.name(in: bytes) ?? name
  }

  private mutating func readStatus(into sample: inout ProcessSample, _ scratch: Scratch)
    throws(SystemError) -> Bool
  {
    let bytes =
      sample.leaderEnded ? try livingStatus(scratch) : try self.bytes(.status, scratch)
    guard let status = ProcessStatus.parse(bytes) else {
      sample.forgetMemory(.malformed)
      return false
    }
    sample.uid = status.uid
    if sample.threads == 0 {
      sample.threads = status.threads
      sample.parent = status.parent
      sample.state = Character(Unicode.Scalar(status.state))
    }
    sample.take(status)
    return true
  }

  /// A leader that has ended has no memory any more; its threads have.
  private mutating func livingStatus(_ scratch: Scratch) throws(SystemError)
    -> UnsafeRawBufferPointer
  {
    if let livingThread {
      do throws(SystemError) {
        return try scratch.read(files, "\(livingThread)/status", in: handle.directory)
      } catch { self.livingThread = nil }
    }
    let leader = String(handle.pid)
    guard let thread = try files.list("task", in: handle.directory).first(where: { $0 != leader })
    else { return try bytes(.status, scratch) }
    livingThread = "task/\(thread)"
    return try scratch.read(files, "task/\(thread)/status", in: handle.directory)
  }

  private mutating func readIO(_ scratch: Scratch, at moment: Moment) -> Measured<IOCounters> {
    guard answersIO(at: moment) else {
      return .missing(.timedOut)
    }
    do throws(SystemError) {
      let bytes = try bytes(.io, scratch)
      return ProcessIO.parse(bytes).map { .fresh($0) } ?? .missing(.malformed)
    } catch {
      return .missing(
        error.absence(needs: StatusProbe.needsPermission, missingMeans: .notSupported))
    }
  }

  private mutating func answersIO(at moment: Moment) -> Bool {
    guard var first = storage else { return true }
    defer { storage = first }
    return first.isThere("io", in: handle.directory, files, at: moment)
  }

  static let needsPermission: Printable = "CAP_SYS_PTRACE or the same user"

  /// Since Linux 6.2 the directory's size is the number of its entries, and counting them is free.
  private static func countDescriptors(
    _ files: any Files, _ handle: TargetHandle, _ place: String
  ) -> Measured<Int> {
    do throws(SystemError) {
      let size = try files.status(place, in: handle.directory, following: false).size
      if size > 0 { return .fresh(Int(clamping: size)) }
      return .fresh(try files.list(place, in: handle.directory).count)
    } catch { return .missing(error.absence(needs: needsPermission)) }
  }
}

extension ProcessSample {
  /// Whether it has ended and only waits to be collected by its parent.
  var isZombie: Bool { (state == "Z" || state == "X") && !leaderEnded }

  fileprivate mutating func take(_ status: ProcessStatus) {
    guard status.resident != nil else {
      let reason: Printable =
        isZombie ? "it has ended, its parent has not noticed" : "it has no memory of its own"
      return forgetMemory(.because(reason))
    }
    let measured = { (bytes: Bytes?) -> Measured<Bytes> in
      bytes.map { .fresh($0) } ?? .missing(.notSupported)
    }
    resident = measured(status.resident)
    anonymous = measured(status.anonymous)
    file = measured(status.file)
    shared = measured(status.shared)
    swapped = measured(status.swapped)
    virtual = measured(status.virtual)
  }

  fileprivate mutating func forgetMemory(_ absence: Absence) {
    resident = .missing(absence)
    anonymous = .missing(absence)
    file = .missing(absence)
    shared = .missing(absence)
    swapped = .missing(absence)
    virtual = .missing(absence)
  }

  /// What it owns: anonymous and shared memory, and what of it is swapped out.
  public var owned: Measured<Bytes> {
    anonymous.map { $0 + (shared.value ?? .zero) + (swapped.value ?? .zero) }
  }
}
