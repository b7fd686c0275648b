internal import CSystem
import Glibc

/// Anonymous memory straight from the kernel, which becomes real as it is touched.
public final class AnonymousMemory {
  private let start: UnsafeMutableRawPointer
  private let size: Int
  /// How much of it is real.
  public private(set) var touched = 0

  /// Reserves memory under a name that tools show beside it; `nil` where the machine has no more.
  public init?(size: Int, name: String) {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let found = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), found != MAP_FAILED
    else { return nil }
    start = found
    self.size = size
    // Growth should be seen as it happens, not two megabytes at a time.
    madvise(found, size, Int32(MADV_NOHUGEPAGE))
    _ = cs_name_mapping(found, size, name)
  }

  deinit { munmap(start, size) }

  /// Uses more of it, up to its size.
  public func touch(_ more: Int) {
    let step = max(0, min(more, size - touched))
    memset(start + touched, 0x5a, step)
    touched += step
  }

  /// Gives everything back to the system; the reservation stays.
  public func release() {
    madvise(start, size, Int32(MADV_DONTNEED))
    touched = 0
  }
}
