/// What `/proc/meminfo` says.
struct MemoryFile: Sendable, Equatable {
  /// All memory.
  var total: Bytes?
  /// What could be had without swapping.
  var available: Bytes?
  /// All swap.
  var swapTotal: Bytes?
  /// Unused swap.
  var swapFree: Bytes?

  /// Reads the lines in the kernel's order; a line that is not there leaves its value out.
  init(_ bytes: UnsafeRawBufferPointer) {
    var scanner = ByteScanner(bytes)
    total = MemoryFile.kilobytes(scanner.skip(to: "MemTotal:"), &scanner)
    available = MemoryFile.kilobytes(scanner.skip(to: "MemAvailable:"), &scanner)
    swapTotal = MemoryFile.kilobytes(scanner.skip(to: "SwapTotal:"), &scanner)
    swapFree = MemoryFile.kilobytes(scanner.skip(to: "SwapFree:"), &scanner)
  }

  private static func kilobytes(_ isThere: Bool, _ scanner: inout ByteScanner) -> Bytes? {
    guard isThere, let value = scanner.number() else { return nil }
    let (bytes, isTooLarge) = value.multipliedReportingOverflow(by: 1024)
    return Bytes(clamping: isTooLarge ? .max : bytes)
  }
}
