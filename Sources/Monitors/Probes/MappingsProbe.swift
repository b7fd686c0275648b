/// Attributes memory to mappings, on a budget that never costs the target.
///
/// Counting pages holds the lock that the target's own mmap calls need: about 20 ms for each GiB. So a large process
/// is read by address space alone, which counts nothing, and a small one seldom, on a thread that may hang.
struct MappingsProbe: Probe {
  static let provenance = Provenance(
    name: "mappings", reads: "/proc/PID/{smaps,smaps_rollup,maps}", microseconds: 2000,
    needs: "the same user, or CAP_SYS_PTRACE",
    grant: "sudo setcap cap_sys_ptrace,cap_dac_read_search+ep \"$(command -v perftop)\"")

  /// What one look at all processes brought.
  struct Answer: Sendable {
    var mappings: Measured<MappingsSample>
    var proportional: Measured<Bytes>
    var cost: Double
  }

  /// More than this in one process is not counted by pages: at 20 ms for each GiB it stays below 5 ms.
  private static let countedPages = Bytes(200_000_000)
  private static let costLimit = 0.020
  private static let costFactor = 200.0
  private static let restAfterCost = 600.0
  private static let patience = 0.5

  private let worker: Worker<Answer>
  private let interval: Double
  private let host: Host
  private var lastAsked: Moment?
  private var asks = 0
  private var wait = 0.0
  private(set) var mappings: Measured<MappingsSample> = .missing(.notYet)
  private(set) var proportional: Measured<Bytes> = .missing(.notYet)

  init(host: Host, interval: Double, inlineWorkers: Bool) {
    self.host = host
    self.interval = interval
    worker = Worker(name: "mappings", isInline: inlineWorkers)
  }

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let scratch = Scratch(size: 4096)
    do {
      let place = target == nil ? "/proc/self/smaps_rollup" : "smaps_rollup"
      _ = try scratch.read(host.files, place, in: target?.directory)
      return nil
    } catch { return error.absence(needs: StatusProbe.privilege) }
  }

  /// Takes an answer that has come, and asks again when the budget allows.
  mutating func update(_ processes: [(handle: TargetHandle, resident: Bytes)], at moment: Moment) {
    collect(at: moment)
    let due = lastAsked.map { moment.seconds(since: $0) >= wait } ?? true
    guard due, let root = processes.first else { return }
    let job = Look(host: host, root: root, others: Array(processes.dropFirst()))
    guard worker.start(at: moment, { job.run() }) else { return }
    lastAsked = moment
    asks += 1
    // Two quick looks at the start: growth of a mapping is known after three.
    wait = asks <= 2 ? min(5, interval) : interval
    collect(at: moment)
  }

  private mutating func collect(at moment: Moment) {
    switch worker.poll() {
    case .idle: return
    case .busy(let since):
      guard moment.seconds(since: since) > MappingsProbe.patience else { return }
      mappings = MappingsProbe.aged(mappings, since: since)
      proportional = MappingsProbe.aged(proportional, since: since)
    case .done(let answer):
      mappings = answer.mappings
      proportional = answer.proportional
      wait = max(wait, MappingsProbe.costFactor * answer.cost)
      if answer.cost > MappingsProbe.costLimit { wait = max(wait, MappingsProbe.restAfterCost) }
    }
  }

  private static func aged<Value>(_ value: Measured<Value>, since: Moment) -> Measured<Value> {
    if case .fresh(let value) = value { return .stale(value, since: since) }
    if case .missing(.notYet) = value { return .missing(.timedOut) }
    return value
  }

  /// One look at the mappings of a target, done on the worker's thread.
  private struct Look: Sendable {
    let host: Host
    let root: (handle: TargetHandle, resident: Bytes)
    let others: [(handle: TargetHandle, resident: Bytes)]

    func run() -> Answer {
      let began = host.time.now()
      let isCounted = root.resident <= MappingsProbe.countedPages
      var lines = MappingLines(isByAddressSpace: !isCounted)
      do throws(SystemError) {
        try stream(isCounted ? "smaps" : "maps", into: &lines)
      } catch {
        let absence = error.absence(needs: StatusProbe.privilege)
        return Answer(mappings: .missing(absence), proportional: .missing(absence), cost: 0)
      }
      let found = lines.finish()
      let proportional = total(lines.proportional, isCounted: isCounted)
      let cost = host.time.now().seconds(since: began)
      let sample = MappingsSample(
        at: began, cost: cost, mappings: found, isByAddressSpace: !isCounted)
      return Answer(
        mappings: found.isEmpty ? .missing(.malformed) : .fresh(sample),
        proportional: proportional, cost: isCounted ? cost : 0)
    }

    private func stream(_ name: String, into lines: inout MappingLines) throws(SystemError) {
      let file = try host.files.keep(name, in: root.handle.directory)
      let size = 65536
      let largest: Int64 = 64 << 20
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
      defer { buffer.deallocate() }
      var offset: Int64 = 0
      while offset < largest {
        let count = try host.files.read(file, at: offset, into: buffer)
        guard count > 0 else { return }
        lines.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        offset += Int64(count)
      }
    }

    private func total(_ own: Bytes, isCounted: Bool) -> Measured<Bytes> {
      let largest = ([root] + others).map(\.resident).max() ?? .zero
      guard isCounted, largest <= MappingsProbe.countedPages else {
        return .missing(.because("not read: counting \(largest.text) of pages would stall it"))
      }
      var sum = own
      let scratch = Scratch(size: 4096)
      for other in others {
        do throws(SystemError) {
          let bytes = try scratch.read(host.files, "smaps_rollup", in: other.handle.directory)
          var scanner = ByteScanner(bytes)
          if scanner.skip(to: "Pss:"), let kilobytes = scanner.number() {
            sum =
              sum + Bytes(clamping: kilobytes.multipliedReportingOverflow(by: 1024).partialValue)
          }
        } catch {
          // A child that has just ended owns nothing any more.
          if error.absence() != .gone {
            return .missing(error.absence(needs: StatusProbe.privilege))
          }
        }
      }
      return .fresh(sum)
    }
  }
}
