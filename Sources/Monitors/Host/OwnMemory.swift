internal import CSystem
import Glibc

/// What the calling program itself holds.
enum OwnMemory {
  private static let pageSize = Int64(sysconf(Int32(_SC_PAGESIZE)))

  /// Resident memory in bytes.
  static func resident() -> Int64? {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      guard count > 0 else { return nil }
      var pages: Int64 = 0
      let second = buffer[..<count].drop { $0 != UInt8(ascii: " ") }.dropFirst()
      for byte in second.prefix(while: { $0 >= 48 && $0 <= 57 }).prefix(15) {
        pages = pages * 10 + Int64(byte - 48)
      }
      return pages * pageSize
    }
  }

  /// Bytes in use of the C library's heap.
  static var heap: UInt64 { cs_heap_used() }

  /// Gives free memory back to the system.
  static func trim() { cs_trim_heap() }
}
