import Glibc

/// The demo's own directory: its files, and the tree that stands in for `/sys`.
public enum DemoDirectory {
  private static let prefix = "perftop-demo-"
  private static let lockName = "lock"
  private static let attempts = 50
  private static let roomNeeded = Bytes(250_000_000)

  /// Makes a new one, below `$TMPDIR` or `/tmp`, for this user alone; not where it would fill the disk.
  public static func make(_ host: Host) throws(SystemError) -> String {
    let parent = parent(host.environment)
    if try host.files.statistics(parent).available < roomNeeded { throw SystemError(ENOSPC) }
    var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .last }
    return template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  /// Removes one; refuses anything that is not a demo's directory.
  @discardableResult
  public static func remove(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    guard name.hasPrefix(prefix), isOwn(path) else { return false }
    for _ in 0..<attempts {
      if removeWhole(path) { return true }
      // Somebody who was killed just now was still making a file.
      _ = Descriptors.wait(on: [], milliseconds: 10)
    }
    return false
  }

  /// Removes what demos left behind that were stopped together with everything that cleans up after them.
  public static func sweep(_ host: Host) {
    let parent = parent(host.environment)
    guard let names = try? host.files.list(parent, in: nil) else { return }
    for name in names where name.hasPrefix(prefix) {
      let path = "\(parent)/\(name)"
      if isOwn(path), isAbandoned(path) { removeWhole(path) }
    }
  }

  /// The lock goes last: by it the next demo knows what was left when this was cut short, or somebody still made files.
  @discardableResult
  private static func removeWhole(_ path: String) -> Bool {
    for name in (try? LiveFiles().list(path, in: nil)) ?? [] where name != lockName {
      DirectoryTree.remove("\(path)/\(name)")
    }
    if DirectoryTree.remove(path) { return true }
    let file = openLock(path, O_CREAT)
    if file >= 0 { close(file) }
    return false
  }

  private static func openLock(_ path: String, _ more: Int32 = 0) -> Int32 {
    open("\(path)/\(lockName)", O_RDWR | O_NOFOLLOW | O_CLOEXEC | more, 0o600)
  }

  /// Takes a share of the lock that says that a demo lives here; held until the program ends.
  public static func lock(_ path: String) -> Bool {
    let file = openLock(path, O_CREAT)
    return file >= 0 && flock(file, LOCK_SH | LOCK_NB) == 0
  }

  private static func parent(_ environment: (String) -> String?) -> String {
    guard let wish = environment("TMPDIR"), wish.hasPrefix("/") else { return "/tmp" }
    return wish.count > 1 && wish.hasSuffix("/") ? String(wish.dropLast()) : wish
  }

  private static func isOwn(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_uid == geteuid()
      && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A directory without a lock file may belong to a demo that is only just starting.
  private static func isAbandoned(_ path: String) -> Bool {
    let file = openLock(path)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_EX | LOCK_NB) == 0
  }
}
