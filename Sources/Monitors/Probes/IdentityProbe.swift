/// What a process runs and in what.
struct ProcessIdentity: Sendable, Equatable {
  /// Its command line, at most 4 KiB of it.
  var command: Printable = ""
  /// `native`, `python`, `jvm`, `node`, …
  var runtime: Printable = "native"
}

/// Reads what a process runs: once, and again when it has become another program.
///
/// The kernel reads a command line out of the process's own memory and may wait for a lock to do so: a worker asks.
public struct IdentityProbe: Probe {
  /// What it reads and costs.
  public static let provenance = Provenance(
    name: "command line and runtime", reads: "/proc/PID/cmdline, exe, maps", microseconds: 60)

  private let files: any Files
  private let time: any TimeSource
  private let worker: Worker<ProcessIdentity>
  private var identity = ProcessIdentity()
  private var program: Int?
  private var askedAt: Moment?
  private static let period = 60.0

  /// Knows nothing yet.
  public init(host: Host, inlineWorker: Bool = false) {
    files = host.files
    time = host.time
    worker = Worker(name: "identity", isInline: inlineWorker)
  }

  /// Whether the command line can be read.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    guard let target else { return nil }
    do throws(SystemError) {
      _ = try Scratch(size: 4096).read(host.files, "cmdline", in: target.directory)
      return nil
    } catch { return error.absence(needs: "root, or a /proc without hidepid") }
  }

  mutating func read(
    _ handle: TargetHandle, _ sample: ProcessSample, program: Int, at moment: Moment
  )
    -> ProcessIdentity
  {
    collect()
    let isOld = askedAt.map { moment.seconds(since: $0) >= IdentityProbe.period } ?? true
    if isOld || program != self.program {
      let job = IdentityReader(files: files, time: time, handle: handle, name: sample.name)
      let isStarted = worker.start(at: moment) { job.read() }
      if isStarted {
        self.program = program
        askedAt = moment
        collect()
      }
    }
    return identity
  }

  private mutating func collect() {
    if case .done(let found) = worker.poll() { identity = found }
  }
}
