/// Reads `/proc/PID/io`.
enum ProcessIO {
  /// The seven counters; `nil` unless all are there.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> IOCounters? {
    var scanner = ByteScanner(bytes)
    var counters = IOCounters()
    guard let readCharacters = scanner.value("rchar:"),
      let writtenCharacters = scanner.value("wchar:"), let readCalls = scanner.value("syscr:"),
      let writeCalls = scanner.value("syscw:"), let readBytes = scanner.value("read_bytes:"),
      let writtenBytes = scanner.value("write_bytes:"),
      let cancelledBytes = scanner.value("cancelled_write_bytes:")
    else { return nil }
    counters.readCharacters = readCharacters
    counters.writtenCharacters = writtenCharacters
    counters.readCalls = readCalls
    counters.writeCalls = writeCalls
    counters.readBytes = readBytes
    counters.writtenBytes = writtenBytes
    counters.cancelledBytes = cancelledBytes
    return counters
  }
}

extension ByteScanner {
  /// Takes the line `name number`, if it stands here.
  fileprivate mutating func value(_ name: StaticString) -> UInt64? {
    guard take(name), let number = number() else { return nil }
    skipLine()
    return number
  }
}
