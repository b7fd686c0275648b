internal import CSystem
import Glibc

/// A file that another process has open, as the page cache knows it.
public final class CachedFile: Sendable {
  private let descriptor: Int32
  private let size: Int64
  private static let pageSize = Int64(sysconf(Int32(_SC_PAGESIZE)))

  /// Opens what a process has open; only a regular file, since opening a pipe or a device does something.
  public init(_ path: String, in directory: DirectoryHandle?, size: Int64) throws(SystemError) {
    let base = directory.map(\.descriptor) ?? AT_FDCWD
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let descriptor = openat(base, path, flags)
    guard descriptor >= 0 else { throw .last }
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG,
      cs_lives_in_memory(descriptor) == 0
    else {
      close(descriptor)
      throw SystemError(EINVAL)
    }
    self.descriptor = descriptor
    self.size = size
  }

  deinit { close(descriptor) }

  /// How much of it is in memory; `nil` where the kernel does not tell us.
  public var cached: Bytes? {
    var found = cs_cache()
    if cs_cachestat(descriptor, &found) == 0 {
      return Bytes(Int64(clamping: found.cached) &* CachedFile.pageSize)
    }
    // Where it is somebody else's, mapping it would tell that all of it is there.
    guard errno == ENOSYS, size > 0 else { return size > 0 ? nil : .zero }
    let pages = cs_resident_pages(descriptor, UInt64(clamping: size))
    return pages < 0 ? nil : Bytes(pages &* CachedFile.pageSize)
  }

  /// Gives up what is in memory and not in use; what is not on the disk yet is written, never lost.
  public func evict() throws(SystemError) {
    let failure = posix_fadvise(descriptor, 0, 0, Int32(POSIX_FADV_DONTNEED))
    if failure != 0 { throw SystemError(failure) }
  }
}
