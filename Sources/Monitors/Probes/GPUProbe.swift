/// Reads graphics processors of every maker, each through its own source.
struct GPUProbe: Sendable {
  private var nvidia: NVIDIAProbe
  private var drm = DRMProbe()
  private var devfreq = DevfreqProbe()
  private var fromFiles: [GPUSample] = []
  private var period = Period(seconds: 2)

  private static let none = Absence.because("no graphics processor that can be read")

  /// Makes one that has found nothing yet.
  init(inlineWorkers: Bool) { nvidia = NVIDIAProbe(inlineWorkers: inlineWorkers) }

  /// Finds the sources this machine has.
  mutating func discover(on host: Host, _ scratch: Scratch) {
    nvidia.discover(on: host)
    drm.discover(on: host, scratch)
    devfreq.discover(on: host, scratch)
    period.hasten()
  }

  /// All processors, or why there are none.
  mutating func read(on host: Host, at moment: Moment, _ scratch: Scratch) -> Measured<[GPUSample]>
  {
    if period.isDue(at: moment) {
      fromFiles.removeAll(keepingCapacity: true)
      drm.read(into: &fromFiles, on: host, scratch)
      devfreq.read(into: &fromFiles, on: host, scratch)
    }
    switch nvidia.read(on: host, at: moment) {
    case nil: return fromFiles.isEmpty ? .missing(Self.none) : .fresh(fromFiles)
    case .fresh(let gpus)?: return .fresh(gpus + fromFiles)
    case .stale(let gpus, let since)?: return .stale(gpus + fromFiles, since: since)
    case .missing(let absence)?: return fromFiles.isEmpty ? .missing(absence) : .fresh(fromFiles)
    }
  }
}
