internal import CSystem
import Glibc

/// Writing where the program that is acted upon, or the kernel, looks for it.
public enum KernelFile {
  /// Writes one line into a file of the kernel's.
  public static func write(_ text: String, to path: String) throws(SystemError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw .last }
  }

  /// Makes a file that was not there, for one owner, in a directory of the target's.
  public static func create(
    _ path: String, in directory: DirectoryHandle, _ content: String = "", mode: UInt32 = 0o600,
    owner: UInt32, group: UInt32
  ) throws(SystemError) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = openat(directory.descriptor, path, flags, mode)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    do throws(SystemError) {
      if geteuid() == 0, fchown(descriptor, owner, group) != 0 { throw .last }
      try Descriptors.write(Array(content.utf8), to: descriptor)
    } catch {
      unlinkat(directory.descriptor, path, 0)
      throw error
    }
  }

  /// Makes a directory for one owner, and holds it.
  public static func createDirectory(
    _ path: String, in directory: DirectoryHandle, owner: UInt32, group: UInt32
  ) throws(SystemError) -> DirectoryHandle {
    guard mkdirat(directory.descriptor, path, 0o700) == 0 else { throw .last }
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let descriptor = openat(directory.descriptor, path, flags)
    guard descriptor >= 0 else { throw .last }
    if geteuid() == 0, fchown(descriptor, owner, group) != 0 {
      let failure = SystemError.last
      close(descriptor)
      unlinkat(directory.descriptor, path, AT_REMOVEDIR)
      throw failure
    }
    return DirectoryHandle(descriptor: descriptor, path: path) { _ = close($0) }
  }

  /// Removes a file, never what a link points to.
  public static func remove(_ path: String, in directory: DirectoryHandle) {
    unlinkat(directory.descriptor, path, 0)
  }

  /// Removes an empty directory.
  public static func removeDirectory(_ path: String, in directory: DirectoryHandle) {
    unlinkat(directory.descriptor, path, AT_REMOVEDIR)
  }

  /// What a small regular file holds; a link is not followed, a pipe not waited for.
  public static func text(_ path: String, in directory: DirectoryHandle, atMost most: Int = 4096)
    -> String?
  {
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let descriptor = openat(directory.descriptor, path, flags)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, most))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
