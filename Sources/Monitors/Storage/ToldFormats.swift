/// What the program itself says that it wrote, by format: it knows what can otherwise only be seen from its files.
struct ToldFormats: Sendable {
  private var windows: [Printable: RateWindow] = [:]
  /// What had been written before anybody looked.
  private var before: [Printable: UInt64] = [:]

  /// Puts what was told in the place of what was seen; a format that was not seen comes in addition.
  mutating func improve(_ rates: inout [FormatRate], by sample: Sample) {
    guard let link = sample.link.value else { return forget() }
    let isFirst = before.isEmpty
    for write in link.writes {
      // A format that is first written while watched was at nothing before.
      let base = before[write.format] ?? (isFirst ? write.bytes : 0)
      before[write.format] = base
      let written = write.bytes >= base ? write.bytes - base : write.bytes
      var window = windows.removeValue(forKey: write.format) ?? RateWindow()
      let rate = BytesPerSecond(window.update(written, at: sample.moment) ?? 0)
      windows[write.format] = window
      if let place = rates.firstIndex(where: { $0.format == write.format }) {
        rates[place].writeRate = rate
        rates[place].written = Bytes(clamping: written)
      } else {
        rates.append(
          FormatRate(
            format: write.format, files: 0, writeRate: rate, written: Bytes(clamping: written)))
      }
    }
  }

  private mutating func forget() {
    windows = [:]
    before = [:]
  }
}
