import Glibc

/// A place where other threads wait, without using the processor, until a test lets them go on.
public final class Barrier: Sendable {
  private let ends: (read: Int32, write: Int32)

  /// Makes one at which everybody waits.
  public init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    self.ends = (ends[0], ends[1])
  }

  deinit {
    close(ends.read)
    close(ends.write)
  }

  /// Waits until somebody is let through.
  public func wait() {
    var byte: UInt8 = 0
    _ = Glibc.read(ends.read, &byte, 1)
  }

  /// Lets so many through.
  public func open(for count: Int = 1) {
    let bytes = [UInt8](repeating: 0, count: count)
    _ = Glibc.write(ends.write, bytes, count)
  }
}
