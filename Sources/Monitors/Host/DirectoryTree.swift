import Glibc

/// Removing directories with everything in them.
public enum DirectoryTree {
  private static let deepest = 32

  /// Removes a directory of this user and all below it; never follows a link out of it.
  ///
  /// - Returns: Whether it is gone.
  @discardableResult
  public static func remove(_ path: String) -> Bool {
    empty(AT_FDCWD, path, depth: 0)
    return rmdir(path) == 0 || errno == ENOENT
  }

  private static func empty(_ parent: Int32, _ name: String, depth: Int) {
    let directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard directory >= 0 else { return }
    defer { close(directory) }
    let here = DirectoryHandle(descriptor: directory, path: name) { _ in }
    guard depth < deepest, let names = try? LiveFiles().list(".", in: here) else { return }
    for entry in names where unlinkat(directory, entry, 0) != 0 {
      empty(directory, entry, depth: depth + 1)
      unlinkat(directory, entry, AT_REMOVEDIR)
    }
  }
}
