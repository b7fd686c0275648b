/// What `/proc/PID/status` says of memory, owner and threads.
struct ProcessStatus: Equatable {
  var uid: UInt32 = 0
  var group: Int32 = 0
  var threads = 0
  var virtual: Bytes?
  var resident: Bytes?
  var anonymous: Bytes?
  var file: Bytes?
  var shared: Bytes?
  var swapped: Bytes?

  /// A process without memory, such as a zombie, has no lines about it; what is no status at all gives `nil`.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> ProcessStatus? {
    var scanner = ByteScanner(bytes)
    var status = ProcessStatus()
    var isStatus = false
    while let byte = scanner.peek {
      switch byte {
      case UInt8(ascii: "V"): status.readVirtual(&scanner)
      case UInt8(ascii: "R"): status.readResident(&scanner)
      case UInt8(ascii: "U"):
        if scanner.take("Uid:"), let uid = scanner.number() {
          status.uid = UInt32(clamping: uid)
        }
      case UInt8(ascii: "T"):
        if scanner.take("Threads:"), let threads = scanner.number() {
          status.threads = Int(Int32(clamping: threads))
          isStatus = true
        } else if scanner.take("Tgid:"), let group = scanner.number() {
          status.group = Int32(clamping: group)
        }
      default: break
      }
      scanner.skipLine()
    }
    return isStatus ? status : nil
  }

  private mutating func readVirtual(_ scanner: inout ByteScanner) {
    if scanner.take("VmSize:") {
      virtual = kilobytes(&scanner)
    } else if scanner.take("VmRSS:") {
      resident = kilobytes(&scanner)
    } else if scanner.take("VmSwap:") {
      swapped = kilobytes(&scanner)
    }
  }

  private mutating func readResident(_ scanner: inout ByteScanner) {
    if scanner.take("RssAnon:") {
      anonymous = kilobytes(&scanner)
    } else if scanner.take("RssFile:") {
      file = kilobytes(&scanner)
    } else if scanner.take("RssShmem:") {
      shared = kilobytes(&scanner)
    }
  }

  private func kilobytes(_ scanner: inout ByteScanner) -> Bytes? {
    guard let number = scanner.number() else { return nil }
    let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: 1024)
    return isTooLarge || bytes > UInt64(Int64.max) ? nil : Bytes(clamping: bytes)
  }
}
