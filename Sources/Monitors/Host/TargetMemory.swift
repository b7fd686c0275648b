import Glibc

/// The memory of another process.
public protocol TargetMemory: Sendable {
  /// Reads so many bytes, or fails.
  func read(at address: UInt64, count: Int) throws(SystemError) -> [UInt8]
  /// Writes all bytes, or fails.
  func write(_ bytes: [UInt8], at address: UInt64) throws(SystemError)
}

/// Memory by the file that belongs to it: bound to one program's memory when it is opened, whatever becomes of its number.
public final class LiveTargetMemory: TargetMemory {
  private let descriptor: Int32

  /// Opens it; needs the right to trace the process, and does not trace it.
  public init(of directory: DirectoryHandle) throws(SystemError) {
    descriptor = openat(directory.descriptor, "mem", O_RDWR | O_CLOEXEC)
    if descriptor < 0 { throw .last }
  }

  deinit { close(descriptor) }

  /// Reads.
  public func read(at address: UInt64, count: Int) throws(SystemError) -> [UInt8] {
    guard let offset = Int(exactly: address), count >= 0 else { throw SystemError(EFAULT) }
    var result = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      result = pread(descriptor, buffer.baseAddress, count, offset)
      filled = max(0, result)
    }
    if result < 0 { throw .last }
    // After an exec or the end the old memory is empty.
    if result < count { throw result == 0 ? .noProcess : SystemError(EFAULT) }
    return bytes
  }

  /// Writes.
  public func write(_ bytes: [UInt8], at address: UInt64) throws(SystemError) {
    guard let offset = Int(exactly: address) else { throw SystemError(EFAULT) }
    let count = pwrite(descriptor, bytes, bytes.count, offset)
    if count < 0 { throw .last }
    if count < bytes.count { throw count == 0 ? .noProcess : SystemError(EFAULT) }
  }
}
