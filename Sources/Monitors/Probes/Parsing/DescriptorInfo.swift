/// What `/proc/PID/fdinfo/N` says of an open file.
struct DescriptorInfo: Equatable {
  /// Where the next sequential read or write begins.
  var position: Int64
  /// The flags it was opened with.
  var flags: UInt32

  private static let accessMask: UInt32 = 0o3
  private static let append: UInt32 = 0o2000
  private static let pathOnly: UInt32 = 0o10000000

  /// Whether it may write.
  var isWriting: Bool { flags & DescriptorInfo.accessMask != 0 && !isPathOnly }
  /// Whether each write goes to the end of the file, wherever the position is.
  var isAppending: Bool { flags & DescriptorInfo.append != 0 }
  /// Whether it only names a file and can neither read nor write.
  var isPathOnly: Bool { flags & DescriptorInfo.pathOnly != 0 }

  /// Reads `pos:` (decimal) and `flags:` (octal); `nil` where one of them is missing.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> DescriptorInfo? {
    var scanner = ByteScanner(bytes)
    guard scanner.skip(to: "pos:"), let position = scanner.signedNumber() else { return nil }
    guard scanner.skip(to: "flags:") else { return nil }
    var flags: UInt32 = 0
    for digit in scanner.word() {
      guard digit >= 48, digit < 56 else { return nil }
      flags = flags << 3 | UInt32(digit - 48)
    }
    return DescriptorInfo(position: max(0, position), flags: flags)
  }
}
