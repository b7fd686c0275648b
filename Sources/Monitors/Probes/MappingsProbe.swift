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
    /// Time spent on all of it.
    var cost = 0.0
    /// The longest time for which the pages of one process were counted.
    var held = 0.0
  }

  /// More than this in one process is not counted by pages: at 20 ms for each GiB it stays below 5 ms.
  private static let countedPages = Bytes(200_000_000)
  /// One that was above is counted again only well below, or its two kinds of sizes would take turns.
  private static let countedAgain = Bytes(150_000_000)
  private static let longestHold = 0.020
  private static let rest = 600.0
  private static let costFactor = 200.0
  private static let quickInterval = 5.0
  private static let quickLooks = 2
  private static let patience = 0.5

  private let worker: Worker<Answer>
  private let interval: Double
  private let host: Host
  private var lastAsked: Moment?
  private var wasCounted = true
  private var quickLeft = MappingsProbe.quickLooks
  private var wait = 0.0
  /// When counting pages took too long, and how long.
  private var heldUp: (at: Moment, seconds: Double)?
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
    if let heldUp, moment.seconds(since: heldUp.at) >= MappingsProbe.rest { self.heldUp = nil }
    let uncounted = reasonNotToCount(root.resident)
    let largest = processes.map(\.resident).max() ?? .zero
    let job = Look(
      host: host, root: root, others: Array(processes.dropFirst()), isCounted: uncounted == nil,
      unsummed: uncounted ?? reasonNotToCount(largest))
    guard worker.start(at: moment, { job.run() }) else { return }
    if wasCounted != job.isCounted { quickLeft = MappingsProbe.quickLooks }
    wasCounted = job.isCounted
    lastAsked = moment
    // Growth of a mapping is known after three looks, so the first follow each other quickly.
    wait = quickLeft > 0 ? min(MappingsProbe.quickInterval, interval) : interval
    quickLeft = max(0, quickLeft - 1)
    collect(at: moment)
  }

  private func reasonNotToCount(_ resident: Bytes) -> Printable? {
    if let heldUp {
      let milliseconds = Units.fixed(heldUp.seconds * 1000, digits: 0)
      return "not read: counting pages took \(milliseconds) ms, and would stall it"
    }
    let most = wasCounted ? MappingsProbe.countedPages : MappingsProbe.countedAgain
    return resident > most ? "not read: counting \(resident.text) of pages would stall it" : nil
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
      if answer.held > MappingsProbe.longestHold { heldUp = (moment, answer.held) }
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
    let isCounted: Bool
    /// Why proportional memory is not summed; `nil` where it is.
    let unsummed: Printable?

    func run() -> Answer {
      let began = host.time.now()
      var lines = MappingLines(isByAddressSpace: !isCounted)
      do throws(SystemError) {
        try stream(isCounted ? "smaps" : "maps", into: &lines)
      } catch {
        let absence = error.absence(needs: StatusProbe.privilege)
        return Answer(mappings: .missing(absence), proportional: .missing(absence))
      }
      let found = lines.finish()
      let own = host.time.now().seconds(since: began)
      let sample = MappingsSample(
        at: began, cost: own, mappings: found, isByAddressSpace: !isCounted)
      var answer = Answer(
        mappings: found.isEmpty ? .missing(.malformed) : .fresh(sample),
        proportional: .missing(.notYet))
      answer.held = isCounted ? own : 0
      answer.proportional = total(lines.proportional, &answer.held)
      answer.cost = host.time.now().seconds(since: began)
      return answer
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

    private func total(_ own: Bytes, _ held: inout Double) -> Measured<Bytes> {
      if let unsummed { return .missing(.because(unsummed)) }
      var sum = own
      let scratch = Scratch(size: 4096)
      for other in others {
        let began = host.time.now()
        do throws(SystemError) {
          let bytes = try scratch.read(host.files, "smaps_rollup", in: other.handle.directory)
          var scanner = ByteScanner(bytes)
          if scanner.skip(to: "Pss:"), let size = scanner.number() {
            let (bytes, isTooLarge) = size.multipliedReportingOverflow(by: 1024)
            sum = sum + (isTooLarge ? .zero : Bytes(clamping: bytes))
          }
        } catch {
          // A child that has just ended owns nothing any more.
          if error.absence() != .gone {
            return .missing(error.absence(needs: StatusProbe.privilege))
          }
        }
        held = max(held, host.time.now().seconds(since: began))
      }
      return .fresh(sum)
    }
  }
}
