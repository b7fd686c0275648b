/// Judges what the target reads and writes: how fast, into which formats, whether it is held up, and what room is left.
public struct StorageMonitor: Monitor {
  /// The second of the six.
  public static let word = Word.storage

  private var generation: Int?
  private var total = CounterTotal()
  private var begun: Moment?
  private var last: Moment?
  private var counted = IOCounters()
  private var reads = RateWindow()
  private var writes = RateWindow()
  private var calls = RateWindow()
  private var formats: [Printable: RateWindow] = [:]
  private var told = ToldFormats()
  private var fileRates = FileRates()
  private var coverage = CoverageWindow()
  private var seen: UInt64?
  private var lastWrite: Moment?
  private var pressure: UInt64?
  private var stalls = StallWatch()
  private var shifts = WriteShifts()
  private var writeHistory = Series()
  private var readHistory = Series()

  /// Starts without a history. The thresholds of throughput arm rules of alerts; nothing here depends on them.
  public init(_ settings: StorageConfig) {}

  /// Nothing here depends on them.
  public mutating func configure(_ settings: StorageConfig) {}

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> StorageReading {
    var reading = StorageReading()
    begin(sample)
    let elapsed = last.map { sample.moment.seconds(since: $0) } ?? 0
    let growth = rates(of: sample, elapsed, &reading)
    reading.formats = formatRates(sample)
    reading.files = fileRates.update(sample)
    reading.filesAbsence = sample.files.open.absence
    reading.descriptors = max(sample.files.descriptors, reading.files.count)
    let share = coverage.update(seen: sample.files.seenWritten, called: growth)
    reading.quiet = quiet(sample, growth)
    reading.stall = stall(sample, growth, elapsed)
    shifts.update(sample)
    reading.slowDowns = shifts.slowDowns(at: sample.moment)
    reading.slowDownsAbsence = sample.link.absence
    reading.filesystems = StorageMonitor.tightestFirst(sample.files.filesystems)
    reading.caveats = sample.files.caveats
    if reading.filesAbsence == nil {
      reading.coverage = share?.ratio
      if let caveat = share?.caveat { reading.caveats.append(caveat) }
    }
    reading.severity = reading.judged(sample)
    reading.headline = reading.said(sample)
    let perSecond = { (bytes: UInt64?) in bytes.map { Double($0) / elapsed } }
    writeHistory.append(perSecond(growth?.writtenBytes))
    readHistory.append(perSecond(growth?.readBytes))
    reading.writeHistory = writeHistory
    reading.readHistory = readHistory
    begun = begun ?? sample.moment
    last = sample.moment
    seen = sample.files.seenWritten
    return reading
  }

  /// Another program is judged by nothing that the one before it did.
  private mutating func begin(_ sample: Sample) {
    guard let now = sample.target.value?.generation, now != generation else { return }
    if generation != nil {
      restart(at: sample.moment)
      formats = [:]
      told = ToldFormats()
      shifts = WriteShifts()
      fileRates = FileRates()
      coverage = CoverageWindow()
      stalls = StallWatch()
      begun = nil
      lastWrite = nil
    }
    generation = now
  }

  private static let longestGap = 30.0
  /// No machine writes as fast, in bytes per second: a counter that jumped would spoil the rates of the next seconds.
  private static let fastest = 1e13

  private mutating func rates(of sample: Sample, _ elapsed: Double, _ reading: inout StorageReading)
    -> IOCounters?
  {
    guard let target = sample.target.value else {
      total = CounterTotal()
      restart(at: sample.moment)
      reading.absent(sample.target.absence ?? .gone)
      return nil
    }
    let growth = total.update(StorageMonitor.entries(target, elapsed))
    // Without its own counters a sum over its children would look like all there is.
    if let absence = target.root.io.absence, growth == nil || absence.isForbidden {
      restart(at: sample.moment)
      reading.absent(absence)
      return nil
    }
    guard let growth, elapsed > 0, elapsed <= StorageMonitor.longestGap else {
      restart(at: sample.moment)
      reading.absent(.notYet)
      return nil
    }
    let most = max(growth.readBytes, growth.writtenBytes, growth.writtenCharacters)
    guard Double(most) < StorageMonitor.fastest * elapsed else {
      restart(at: sample.moment)
      reading.absent(.malformed)
      return nil
    }
    counted.readBytes &+= growth.readBytes
    counted.writtenBytes &+= growth.writtenBytes
    counted.writtenCharacters &+= growth.writtenCharacters
    let measured = { (rate: Double?) in
      rate.map { Measured.fresh(BytesPerSecond($0)) } ?? .missing(.notYet)
    }
    reading.readRate = measured(reads.update(counted.readBytes, at: sample.moment))
    reading.writeRate = measured(writes.update(counted.writtenBytes, at: sample.moment))
    reading.writeCallRate = measured(calls.update(counted.writtenCharacters, at: sample.moment))
    return growth
  }

  /// What is counted from here on is compared with nothing before.
  private mutating func restart(at moment: Moment) {
    counted = IOCounters()
    reads = RateWindow(zeroAt: moment)
    writes = reads
    calls = reads
  }

  /// How long nothing has been written, so far as that can be known.
  private mutating func quiet(_ sample: Sample, _ growth: IOCounters?) -> Double? {
    let isSeen = sample.files.seenWritten > seen ?? sample.files.seenWritten
    if growth?.writtenBytes ?? 0 > 0 || isSeen { lastWrite = sample.moment }
    guard growth != nil, sample.files.open.absence == nil else { return nil }
    return (lastWrite ?? begun).map { sample.moment.seconds(since: $0) }
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
      // A format that appears while watched was at nothing from the beginning.
      var window = formats[format.format] ?? RateWindow(zeroAt: begun)
      let rate = window.update(format.written, at: sample.moment)
      formats[format.format] = window
      rates.append(
        FormatRate(
          format: format.format, files: format.files, writeRate: BytesPerSecond(rate ?? 0),
          written: Bytes(clamping: format.written)))
    }
    told.improve(&rates, by: sample)
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
