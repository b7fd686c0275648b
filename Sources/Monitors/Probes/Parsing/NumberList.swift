/// Reads the kernel's lists of numbers: `0-3,5,8-11`.
enum NumberList {
  private static let most = 1_000_000

  /// How many numbers it names; 0 where it is no list.
  static func count(_ bytes: UnsafeRawBufferPointer) -> Int {
    var scanner = ByteScanner(bytes)
    var total = 0
    while let first = scanner.number() {
      var last = first
      if scanner.take("-") { last = max(first, scanner.number() ?? first) }
      total = min(most, total + Int(clamping: min(UInt64(most), last - first)) + 1)
      guard scanner.take(",") else { break }
    }
    return total
  }
}
