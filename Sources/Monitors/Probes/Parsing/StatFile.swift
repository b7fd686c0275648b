/// What `/proc/stat` says of all processors together.
struct StatFile: Sendable, Equatable {
  /// Ticks spent working since boot.
  var busy: UInt64
  /// Ticks of every kind since boot.
  var total: UInt64
  /// Processors that are online.
  var processors: Int
  /// Whether all of them were seen: what comes after their lines was there.
  var isWhole: Bool

  /// Reads the lines of processors and none after them; `nil` where the first is not whole.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var scanner = ByteScanner(bytes)
    guard scanner.take("cpu ") else { return nil }
    var sum: UInt64 = 0
    var idle: UInt64 = 0
    var place = 0
    // Guest time, the ninth and tenth number, is part of user time already.
    while place < 8, let value = scanner.number() {
      sum &+= value
      if place == 3 || place == 4 { idle &+= value }
      place += 1
    }
    guard place >= 4 else { return nil }
    total = sum
    busy = sum &- idle
    processors = 0
    scanner.skipLine()
    while scanner.take("cpu") {
      processors += 1
      scanner.skipLine()
    }
    isWhole = !scanner.isAtEnd
  }
}
