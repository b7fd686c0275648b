/// Judges what the target reads and writes: how fast, into which formats, whether it is held up, and what room is left.
public struct StorageMonitor: Monitor {
  /// The second of the six.
  public static let word = Word.storage

  private var total = CounterTotal()
  private var moments = Ring<Moment>(capacity: RateWindow.ticks)
  private var formats: [Printable: RateWindow] = [:]
  private var fileRates = FileRates()
  private var coverage = CoverageWindow()
  private var seen: UInt64?
  private var pressure: UInt64?
  private var stalls = StallWatch()
  private var writeHistory = Series()
  private var readHistory = Series()

  /// Starts without a history. The thresholds of throughput arm rules of alerts; nothing here depends on them.
  public init(_ settings: StorageConfig) {}

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> StorageReading {
    var reading = StorageReading()
    let elapsed = moments.last.map { sample.moment.seconds(since: $0) } ?? 0
    let growth = rates(of: sample, elapsed, &reading)
    reading.formats = formatRates(sample)
    reading.files = fileRates.update(sample)
    reading.filesAbsence = sample.files.open.absence
    reading.coverage = coverage.update(
      seen: sample.files.seenWritten, called: growth, at: sample.moment)
    reading.stall = stall(sample, growth, elapsed)
    reading.filesystems = StorageMonitor.tightestFirst(sample.files.filesystems)
    reading.caveats = sample.files.caveats
    reading.severity = reading.judged(sample)
    reading.headline = reading.said(sample)
    writeHistory.append(reading.writeRate.value?.value)
    readHistory.append(reading.readRate.value?.value)
    reading.writeHistory = writeHistory
    reading.readHistory = readHistory
    moments.append(sample.moment)
    seen = sample.files.seenWritten
    return reading
  }

  private static let longestGap = 30.0

  private mutating func rates(of sample: Sample, _ elapsed: Double, _ reading: inout StorageReading)
    -> IOCounters?
  {
    guard let target = sample.target.value else {
      total = CounterTotal()
      reading.absent(sample.target.absence ?? .gone)
      return nil
    }
    guard let growth = total.update(StorageMonitor.entries(target, elapsed)) else {
      reading.absent(target.root.io.absence ?? .notYet)
      return nil
    }
    guard elapsed > 0, elapsed <= StorageMonitor.longestGap else {
      reading.absent(.notYet)
      return nil
    }
    let perSecond = { (bytes: UInt64) in
      Measured.fresh(BytesPerSecond(Double(bytes) / elapsed))
    }
    reading.readRate = perSecond(growth.readBytes)
    reading.writeRate = perSecond(growth.writtenBytes)
    reading.writeCallRate = perSecond(growth.writtenCharacters)
    return growth
  }

  private static let clockTicks = 100.0

  /// A process younger than the last sample began with counters at zero.
  private static func entries(_ target: TargetSample, _ elapsed: Double) -> [CounterTotal.Entry] {
    target.all.map { process in
      let later = Double(process.startTicks) - Double(target.root.startTicks)
      let age = target.uptime - later / clockTicks
      return CounterTotal.Entry(
        pid: process.pid, parent: process.parent, startTicks: process.startTicks,
        counters: process.io.value, isNewborn: elapsed > 0 && age < elapsed)
    }
  }

  private mutating func formatRates(_ sample: Sample) -> [FormatRate] {
    var rates: [FormatRate] = []
    for format in sample.files.formats {
      // A format that appears while watched was at nothing in the ticks before.
      var window = formats[format.format] ?? RateWindow(zeroAt: moments)
      let rate = window.update(format.written, at: sample.moment)
      formats[format.format] = window
      rates.append(
        FormatRate(
          format: format.format, files: format.files, writeRate: BytesPerSecond(rate ?? 0),
          written: Bytes(clamping: format.written)))
    }
    return rates.sorted {
      ($1.writeRate, $1.written, $0.format) < ($0.writeRate, $0.written, $1.format)
    }
  }

  private mutating func stall(_ sample: Sample, _ growth: IOCounters?, _ elapsed: Double)
    -> StorageStall?
  {
    let total = sample.system.ioPressure.value?.someTotal
    defer { pressure = total }
    guard let target = sample.target.value, let growth, elapsed > 0 else { return nil }
    var signs = StallWatch.Signs()
    signs.isWaiting = target.all.contains { $0.state == "D" }
    signs.isMoving =
      growth.readBytes > 0 || growth.writtenBytes > 0 || sample.files.seenWritten > seen ?? 0
      || growth.writtenCharacters > 0
        && !(sample.files.open.value?.contains(where: \.isWritten) ?? false)
    signs.hasWriter = sample.files.open.value?.contains(where: \.isWritten) ?? false
    if let total, let pressure, total >= pressure {
      signs.busy = Double(total - pressure) / (elapsed * 1e6)
    }
    return stalls.update(signs, at: sample.moment)
  }

  private static func tightestFirst(_ filesystems: [FilesystemSample]) -> [FilesystemSample] {
    filesystems.sorted { ($0.shareLeft ?? -1) < ($1.shareLeft ?? -1) }
  }
}
