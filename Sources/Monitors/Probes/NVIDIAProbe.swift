/// Reads NVIDIA's processors through the driver's own library, on a thread of its own: its calls can block.
struct NVIDIAProbe: Probe {
  static let provenance = Provenance(
    name: "NVIDIA graphics", reads: "libnvidia-ml.so.1 (NVML), loaded at run time",
    microseconds: 40, needs: "NVIDIA's driver with its library libnvidia-ml.so.1")

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    guard hasDriver(host) else { return .because("NVIDIA's driver is not loaded") }
    guard let library = host.graphicsLibrary else { return .because("no library on this host") }
    switch library.open() {
    case .success(let session):
      library.close(session)
      return nil
    case .failure(let refusal): return refusal.absence
    }
  }

  private struct Answer: Sendable {
    var session: GraphicsLibrary.Session?
    var gpus: Measured<[GPUSample]>
  }

  private static let driver = "/proc/driver/nvidia/version"
  private static let staleAfter = 10.0

  private let worker: Worker<Answer>
  private var session: GraphicsLibrary.Session?
  private var known: Measured<[GPUSample]>?
  private var answered: Moment?
  private var period = Period(seconds: 2)
  private var isThere = false

  /// Makes one that has asked nothing yet.
  init(inlineWorkers: Bool) { worker = Worker(name: "nvml", isInline: inlineWorkers) }

  private static func hasDriver(_ host: Host) -> Bool {
    (try? host.files.status(driver, in: nil, following: true)) != nil
  }

  /// Looks whether the driver is loaded: only then is its library worth its memory.
  mutating func discover(on host: Host) {
    isThere = host.graphicsLibrary != nil && Self.hasDriver(host)
  }

  /// What the driver said last; `nil` where there is none.
  mutating func read(on host: Host, at moment: Moment) -> Measured<[GPUSample]>? {
    guard isThere, let library = host.graphicsLibrary else { return nil }
    if period.isDue(at: moment) {
      let session = session
      worker.start(at: moment) { Self.ask(library, session) }
    }
    switch worker.poll() {
    case .done(let answer):
      session = answer.session
      known = answer.gpus
      answered = moment
    case .busy(let since) where moment.seconds(since: since) > Self.staleAfter:
      known = known?.value.map { .stale($0, since: answered ?? since) } ?? .missing(.timedOut)
    default: break
    }
    return known ?? .missing(.notYet)
  }

  private static func ask(_ library: GraphicsLibrary, _ session: GraphicsLibrary.Session?) -> Answer
  {
    let opened = session.map { .success($0) } ?? library.open()
    switch opened {
    case .failure(let refusal): return Answer(session: nil, gpus: .missing(refusal.absence))
    case .success(let session):
      switch library.read(session) {
      case .success(let all): return Answer(session: session, gpus: .fresh(all.map(sample)))
      case .failure(let refusal):
        // A lost processor or an exchanged driver answers again only after a new greeting.
        library.close(session)
        return Answer(session: nil, gpus: .missing(refusal.absence))
      }
    }
  }

  private static func sample(_ facts: GraphicsFacts) -> GPUSample {
    func measured<Value, Other>(_ value: Value?, _ convert: (Value) -> Other) -> Measured<Other> {
      value.map { .fresh(convert($0)) } ?? .missing(.notSupported)
    }
    var gpu = GPUSample(name: Printable(facts.name), source: "nvml")
    gpu.utilization = measured(facts.utilization) { Ratio(Double($0) / 100) }
    gpu.memoryUsed = measured(facts.memoryUsed) { Bytes(clamping: $0) }
    gpu.memoryTotal = measured(facts.memoryTotal) { Bytes(clamping: $0) }
    gpu.temperature = measured(facts.temperature) { Celsius(Double($0)) }
    gpu.watts = measured(facts.milliwatts) { Double($0) / 1000 }
    gpu.megahertz = measured(facts.megahertz) { Double($0) }
    gpu.throttleReasons = words(facts.reasons ?? 0)
    return gpu
  }

  /// The reasons worth a word; being idle, clocks set by hand and the power cap of full load are not.
  static func words(_ reasons: UInt64) -> [Printable] {
    let known: [(bit: UInt64, words: Printable)] = [
      (0x8, "hardware slowdown"), (0x20, "software thermal slowdown"),
      (0x40, "hardware thermal slowdown"), (0x80, "hardware power brake"),
    ]
    return known.filter { reasons & $0.bit != 0 }.map(\.words)
  }
}
