/// One mapping of a process, as a line of `maps` or `smaps` begins it.
struct MappedRegion: Sendable, Equatable {
  /// What lies behind a mapping.
  enum Kind: Sendable, Equatable {
    case anonymous, heap, stack
    /// Named by the program or the kernel: `[anon:scudo]`.
    case named
    /// Memory with a file's face: `/dev/shm`, memfd, System V, shared anonymous.
    case sharedMemory
    case file
    /// The kernel's own pages: `[vdso]`.
    case kernel
  }

  var start: UInt64
  var end: UInt64
  var kind: Kind
  var isAccessible: Bool
  var isPrivate: Bool
  var isWritable: Bool
  /// The path or name; empty for anonymous memory.
  var path: Printable
  var resident: Int64 = 0
  var proportional: Int64 = 0
  var anonymous: Int64 = 0
  var swapped: Int64 = 0
  /// Of the proportional memory, what was written to; kernels before 6.0 do not tell.
  var proportionalDirty: Int64 = 0
  /// Anonymous pages that other processes map too; `nil` where only proportional memory tells of them.
  var sharedByFork: Int64?

  var size: UInt64 { end - start }

  /// What belongs to the program and can not be read again from a file.
  var owned: Int64 {
    let shared = kind == .sharedMemory ? resident : anonymous
    return shared &+ swapped
  }

  /// The share of what is owned that is this process's, where smaps has told of it.
  ///
  /// Pages of a private file that were written to are shared by forks too, and clean ones are nobody's own.
  var ownedShare: Int64 {
    let isDirtyKnown = kind == .file && proportionalDirty > 0
    return min(owned, (isDirtyKnown ? proportionalDirty : proportional) &+ swapped)
  }

  /// Takes a line like `7f1c00000000-7f1c00021000 rw-p 00000000 00:00 0    /path`; `nil` where it is none.
  static func parse(_ line: UnsafeRawBufferPointer) -> MappedRegion? {
    var scanner = ByteScanner(line)
    guard let start = scanner.hexadecimal(), scanner.take("-"), let end = scanner.hexadecimal(),
      start <= end
    else { return nil }
    let access = scanner.word()
    guard access.count >= 4 else { return nil }
    for _ in 0..<2 { _ = scanner.word() }
    guard scanner.number() != nil else { return nil }
    scanner.skipBlanks()
    let path = scanner.line()
    let isPrivate = access[3] == UInt8(ascii: "p")
    return MappedRegion(
      start: start, end: end, kind: kind(path, isPrivate: isPrivate),
      isAccessible: access.prefix(3).contains { $0 != UInt8(ascii: "-") }, isPrivate: isPrivate,
      isWritable: access[1] == UInt8(ascii: "w"), path: Printable(bytes: path))
  }

  private static func kind(_ path: UnsafeRawBufferPointer, isPrivate: Bool) -> Kind {
    var scanner = ByteScanner(path)
    switch path.first {
    case nil: return .anonymous
    case UInt8(ascii: "["):
      if scanner.take("[heap]") { return .heap }
      if scanner.take("[stack") { return .stack }
      if scanner.take("[anon_shmem:") { return .sharedMemory }
      return scanner.take("[anon:") ? .named : .kernel
    default:
      let isMemory =
        scanner.take("/dev/shm/") || scanner.take("/memfd:") || scanner.take("/SYSV")
        || scanner.take("/dev/zero") || scanner.take("/run/shm/")
      return isMemory ? .sharedMemory : .file
    }
  }
}

extension ByteScanner {
  /// Takes a hexadecimal number in small letters; `nil` if none stands here or it has too many digits.
  mutating func hexadecimal() -> UInt64? {
    var value: UInt64 = 0
    var digits = 0
    while let byte = peek, let digit = ByteScanner.digit(byte) {
      value = value << 4 | digit
      digits += 1
      skipByte()
    }
    return digits > 0 && digits <= 16 ? value : nil
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 48...57: UInt64(byte - 48)
    case 97...102: UInt64(byte - 87)
    default: nil
    }
  }
}
