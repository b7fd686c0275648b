/// Reads one of the kernel's pressure files, the machine's or a control group's.
enum PressureFile {
  /// The four numbers; `nil` where the first line is not whole.
  ///
  /// The file's form: `some avg10=0.08 avg60=0.15 avg300=0.31 total=16736472`, then the same for `full`.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> PressureSample? {
    var scanner = ByteScanner(bytes)
    guard scanner.take("some avg10="), let some10 = scanner.decimal(), scanner.take(" avg60="),
      let some60 = scanner.decimal(), scanner.take(" avg300="), scanner.decimal() != nil,
      scanner.take(" total="), let total = scanner.number()
    else { return nil }
    var full10 = 0.0
    scanner.skipLine()
    if scanner.take("full avg10="), let value = scanner.decimal() { full10 = value }
    return PressureSample(some10: some10, some60: some60, full10: full10, someTotal: total)
  }
}
