/// The small files of a process that are nothing but numbers.
enum ProcessCounters {
  /// `/proc/PID/io`; `nil` unless all seven numbers are there.
  static func io(_ bytes: UnsafeRawBufferPointer) -> IOCounters? {
    var scanner = ByteScanner(bytes)
    var numbers: [UInt64] = []
    let names: [StaticString] = [
      "rchar:", "wchar:", "syscr:", "syscw:", "read_bytes:", "write_bytes:",
      "cancelled_write_bytes:",
    ]
    for name in names {
      guard scanner.take(name), let number = scanner.number() else { return nil }
      numbers.append(number)
      scanner.skipLine()
    }
    var counters = IOCounters()
    counters.readCharacters = numbers[0]
    counters.writtenCharacters = numbers[1]
    counters.readCalls = numbers[2]
    counters.writeCalls = numbers[3]
    counters.readBytes = numbers[4]
    counters.writtenBytes = numbers[5]
    counters.cancelledBytes = numbers[6]
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
    while let pid = scanner.number() { found.append(Int32(clamping: pid)) }
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
