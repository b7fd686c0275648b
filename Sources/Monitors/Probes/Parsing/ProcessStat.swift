/// What `/proc/PID/stat` says of one process.
struct ProcessStat: Sendable, Equatable {
  /// The short name as the kernel keeps it: at most 15 bytes, for kernel threads a few more.
  struct ShortName: Sendable, Equatable {
    var low: UInt64 = 0
    var high: UInt64 = 0
  }

  var name = ShortName()
  var state: UInt8 = 0
  var parent: Int32 = 0
  var majorFaults: UInt64 = 0
  var cpuTicks: UInt64 = 0
  var threads = 0
  var startTicks: UInt64 = 0
  /// Resident memory in pages; the kernel's quick count, a little off for programs of many threads.
  var residentPages: UInt64 = 0
  /// The kernel's flags of the task.
  var flags: UInt64 = 0
  /// Where the stack begins: another place after each exec; 0 or 1 where the kernel keeps it to itself.
  var stackStart: UInt64 = 0
  /// The wait status of one that has ended and was not collected yet; 0 where the kernel keeps it to itself.
  var exitCode: UInt64 = 0

  /// Takes the line apart; `nil` where it is not one.
  ///
  /// A name may hold anything, `)` and line ends included, so that only the last `)` ends it.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> ProcessStat? {
    parse(bytes, upTo: lastField)
  }

  /// The same for who needs no field after a given one.
  static func parse(_ bytes: UnsafeRawBufferPointer, upTo last: Int) -> ProcessStat? {
    guard let (opening, closing) = nameBounds(bytes) else { return nil }
    var stat = ProcessStat()
    stat.name = ShortName(bytes, from: opening + 1, to: closing)
    var scanner = ByteScanner(UnsafeRawBufferPointer(rebasing: bytes[(closing + 1)...]))
    let state = scanner.word()
    guard state.count == 1, let letter = state.first, letter >= 65, letter <= 122 else {
      return nil
    }
    stat.state = letter
    var field = firstNumber
    while field <= last, let value = scanner.signedNumber() {
      stat.take(field, value)
      field += 1
    }
    return field > startField ? stat : nil
  }

  /// The name as text, which is only made when it has changed.
  static func name(in bytes: UnsafeRawBufferPointer) -> Printable? {
    nameBounds(bytes).map { Printable(bytes: bytes[($0.0 + 1)..<$0.1]) }
  }

  /// Whether it is a thread of the kernel's own, which has no memory and no files.
  var isKernelThread: Bool { flags & 0x0020_0000 != 0 }

  /// The last field that tells one program from another: where its stack begins.
  static let stackField = 28
  private static let firstNumber = 4
  private static let startField = 22
  private static let lastField = 52

  private static func nameBounds(_ bytes: UnsafeRawBufferPointer) -> (Int, Int)? {
    guard let opening = bytes.firstIndex(of: UInt8(ascii: "(")),
      let closing = bytes.lastIndex(of: UInt8(ascii: ")")), opening < closing
    else { return nil }
    return (opening, closing)
  }

  private mutating func take(_ field: Int, _ value: Int64) {
    switch field {
    case 4: parent = Int32(clamping: value)
    case 9: flags = UInt64(clamping: value)
    case 12: majorFaults = UInt64(clamping: value)
    case 14, 15: cpuTicks &+= UInt64(clamping: value)
    case 20: threads = Int(Int32(clamping: value))
    case 22: startTicks = UInt64(clamping: value)
    case 24: residentPages = UInt64(clamping: value)
    case 28: stackStart = UInt64(clamping: value)
    case 52: exitCode = UInt64(clamping: value)
    default: break
    }
  }
}

extension ProcessStat.ShortName {
  fileprivate init(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) {
    let half = 8
    for index in start..<Swift.min(end, start + 2 * half) {
      let place = index - start
      let byte = UInt64(bytes[index]) << UInt64(8 * (place % half))
      if place < half { low |= byte } else { high |= byte }
    }
    // Longer ones are told apart by their length at least.
    if end - start > 2 * half { high ^= UInt64(clamping: end - start) }
  }
}
