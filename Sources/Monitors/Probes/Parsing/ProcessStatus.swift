/// What `/proc/PID/status` says of one process; what it leaves out is `nil`.
struct ProcessStatus: Sendable, Equatable {
  var group: Int32 = 0
  var parent: Int32 = 0
  var uid: UInt32 = 0
  var state: UInt8 = 0
  var threads = 0
  var virtual: Bytes?
  var resident: Bytes?
  var anonymous: Bytes?
  var file: Bytes?
  var shared: Bytes?
  var swapped: Bytes?

  /// Takes the lines apart up to the number of threads; `nil` where that is missing.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> ProcessStatus? {
    var scanner = ByteScanner(bytes)
    var status = ProcessStatus()
    while let first = scanner.peek {
      if first == UInt8(ascii: "T"), scanner.take("Threads:") {
        guard let threads = scanner.number() else { return nil }
        status.threads = Int(Int32(clamping: threads))
        return status
      }
      status.take(first, &scanner)
      scanner.skipLine()
    }
    return nil
  }

  private mutating func take(_ first: UInt8, _ scanner: inout ByteScanner) {
    switch first {
    case UInt8(ascii: "V"): takeVirtual(&scanner)
    case UInt8(ascii: "R"): takeResident(&scanner)
    case UInt8(ascii: "P") where scanner.take("PPid:"):
      parent = Int32(clamping: scanner.number() ?? 0)
    case UInt8(ascii: "T") where scanner.take("Tgid:"):
      group = Int32(clamping: scanner.number() ?? 0)
    case UInt8(ascii: "U") where scanner.take("Uid:"):
      uid = UInt32(clamping: scanner.number() ?? 0)
    case UInt8(ascii: "S") where scanner.take("State:"):
      state = scanner.word().first ?? 0
    default: break
    }
  }

  private mutating func takeVirtual(_ scanner: inout ByteScanner) {
    if scanner.take("VmRSS:") {
      resident = scanner.kilobytes()
    } else if scanner.take("VmSize:") {
      virtual = scanner.kilobytes()
    } else if scanner.take("VmSwap:") {
      swapped = scanner.kilobytes()
    }
  }

  private mutating func takeResident(_ scanner: inout ByteScanner) {
    if scanner.take("RssAnon:") {
      anonymous = scanner.kilobytes()
    } else if scanner.take("RssFile:") {
      file = scanner.kilobytes()
    } else if scanner.take("RssShmem:") {
      shared = scanner.kilobytes()
    }
  }
}

extension ByteScanner {
  /// Takes a number of units of 1024 bytes, as the kernel counts memory in text.
  mutating func kilobytes() -> Bytes? {
    number().map { count in
      let (bytes, tooLarge) = count.multipliedReportingOverflow(by: 1024)
      return Bytes(clamping: tooLarge ? .max : bytes)
    }
  }
}
