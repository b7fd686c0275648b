/// What `/proc/PID/limits` says of the two limits a program runs into.
struct ProcessLimits: Sendable, Equatable {
  /// Address space; `nil` is unlimited.
  var addressSpace: Bytes?
  /// Open descriptors; `nil` is unlimited.
  var descriptors: Int?

  /// Takes the soft limits; `nil` where one is missing.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> ProcessLimits? {
    guard let descriptors = soft("Max open files", bytes),
      let addressSpace = soft("Max address space", bytes)
    else { return nil }
    return ProcessLimits(
      addressSpace: addressSpace.map { Bytes(clamping: $0) },
      descriptors: descriptors.map { Int(clamping: $0) })
  }

  private static func soft(_ name: StaticString, _ bytes: UnsafeRawBufferPointer) -> UInt64?? {
    var scanner = ByteScanner(bytes)
    guard scanner.skip(to: name) else { return nil }
    if let number = scanner.number() { return .some(number) }
    return scanner.take("unlimited") ? .some(nil) : nil
  }
}
