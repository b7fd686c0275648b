/// The small files of a process that are nothing but numbers.
enum ProcessCounters {
  /// `/proc/PID/io`; `nil` unless all seven numbers are there.
  static func io(_ bytes: UnsafeRawBufferPointer) -> IOCounters? {
    var scanner = ByteScanner(bytes)
    var counters = IOCounters()
    guard scanner.take("rchar:", into: &counters.readCharacters),
      scanner.take("wchar:", into: &counters.writtenCharacters),
      scanner.take("syscr:", into: &counters.readCalls),
      scanner.take("syscw:", into: &counters.writeCalls),
      scanner.take("read_bytes:", into: &counters.readBytes),
      scanner.take("write_bytes:", into: &counters.writtenBytes),
      scanner.take("cancelled_write_bytes:", into: &counters.cancelledBytes)
    else { return nil }
    return counters
  }

  /// The second number of `/proc/PID/schedstat`: nanoseconds ready and waiting.
  static func runDelay(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
    var scanner = ByteScanner(bytes)
    guard scanner.number() != nil else { return nil }
    return scanner.number()
  }

  /// Process numbers separated by blanks, as in `/proc/PID/task/TID/children`.
  static func children(_ bytes: UnsafeRawBufferPointer) -> [Int32] {
    var scanner = ByteScanner(bytes)
    var found: [Int32] = []
    while let number = scanner.number() {
      if let pid = Int32(exactly: number), pid > 0 { found.append(pid) }
    }
    return found
  }

  /// A line of `/proc/PID/limits`: the soft limit; `.some(nil)` is unlimited, `nil` is not there.
  static func limit(_ name: StaticString, _ bytes: UnsafeRawBufferPointer) -> UInt64?? {
    var scanner = ByteScanner(bytes)
    guard scanner.skip(to: name) else { return nil }
    scanner.skipBlanks()
    if scanner.take("unlimited") { return .some(nil) }
    return scanner.number().map { .some($0) }
  }
}

extension ByteScanner {
  /// A line `name: number`; answers false if it is another.
  fileprivate mutating func take(_ name: StaticString, into number: inout UInt64) -> Bool {
    guard take(name), let found = self.number() else { return false }
    number = found
    skipLine()
    return true
  }
}
