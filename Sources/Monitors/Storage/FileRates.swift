/// Rates of single files, found as those of formats are.
struct FileRates: Sendable {
  private var windows: [Printable: Windows] = [:]
  private var last: Moment?
  private var reading = 0

  private struct Windows: Sendable {
    var write: RateWindow
    var read: RateWindow
    var seen = 0
  }

  /// Takes the open files and gives them with their rates, the fastest first.
  mutating func update(_ sample: Sample) -> [FileRate] {
    reading &+= 1
    let rates = (sample.files.open.value ?? []).map { rate($0, at: sample.moment) }
    let now = reading
    if windows.contains(where: { $0.value.seen != now }) {
      windows = windows.filter { $0.value.seen == now }
    }
    last = sample.moment
    return rates.sorted(by: FileRates.isBefore)
  }

  private mutating func rate(_ file: OpenFileSample, at moment: Moment) -> FileRate {
    var windows =
      self.windows[file.path]
      // A file that appears while watched was at nothing in the tick before.
      ?? Windows(write: RateWindow(zeroAt: last), read: RateWindow(zeroAt: last))
    let write = windows.write.update(file.written, at: moment)
    let read = windows.read.update(file.read, at: moment)
    windows.seen = reading
    self.windows[file.path] = windows
    return FileRate(
      file: file, writeRate: BytesPerSecond(write ?? 0), readRate: BytesPerSecond(read ?? 0),
      progress: FileRates.progress(of: file))
  }

  private static func progress(of file: OpenFileSample) -> Ratio? {
    guard !file.isWritten, let position = file.position, file.size.count > 0 else { return nil }
    return Ratio(min(1, Double(position.count) / Double(file.size.count)))
  }

  private static func isBefore(_ a: FileRate, _ b: FileRate) -> Bool {
    let (speedA, speedB) = (
      a.writeRate.value + a.readRate.value, b.writeRate.value + b.readRate.value
    )
    if speedA != speedB { return speedA > speedB }
    if a.file.isWritten != b.file.isWritten { return a.file.isWritten }
    return a.file.path < b.file.path
  }
}
