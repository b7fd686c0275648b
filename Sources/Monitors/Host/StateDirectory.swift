import Glibc

/// A directory in which things are kept that some may share, looked at before anything is written in it.
///
/// Nothing in it is ever followed, and none that others could have prepared is used. Links of a member of the group are
/// found before the library opens its files, not while it does: root shares only where the kernel lets nobody make a
/// second name for a file of somebody else (fs.protected_hardlinks, as everywhere by default).
struct StateDirectory: Sendable {
  /// Who may share it.
  enum Trust: Sendable, Equatable {
    /// Its owner alone, who is the user of this program.
    case owner
    /// Its group, where the owner is root or the user of this program.
    case group
  }

  /// Why one is not used.
  enum Refusal: Error, Sendable, Equatable {
    case system(SystemError, path: String)
    case othersMayWrite(String)
    case foreign(String)
    case planted(String)
    case unguardedLinks(String)

    /// In words.
    var sentence: Printable {
      switch self {
      case .system(let error, let path): "\(Printable(path)): \(error.sentence)"
      case .othersMayWrite(let path): "\(Printable(path)): anybody may write to it"
      case .foreign(let path): "\(Printable(path)): it belongs to another user"
      case .planted(let path):
        "\(Printable(path)): it is a link or no plain file, or has a second name"
      case .unguardedLinks(let path):
        "\(Printable(path)): fs.protected_hardlinks is 0: root does not share it"
      }
    }
  }

  /// Where it really lies, without any link in the path.
  let path: String
  private let trust: Trust
  private let group: gid_t

  /// Looks at a directory, and makes what is missing of it where only the owner uses it.
  init(_ path: String, trust: Trust, making: Bool) throws(Refusal) {
    if making, trust == .owner { StateDirectory.make(path) }
    guard let real = StateDirectory.resolved(path) else { throw .system(.last, path: path) }
    var status = stat()
    guard lstat(real, &status) == 0 else { throw .system(.last, path: real) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .planted(real) }
    try StateDirectory.check(real, status, trust)
    // Who may rename a directory above may put another one in its place.
    var parent = real
    while parent != "/" {
      parent = StateDirectory.parent(of: parent)
      guard lstat(parent, &status) == 0 else { throw .system(.last, path: parent) }
      let isSticky = status.st_mode & S_ISVTX != 0
      guard status.st_uid == 0 || status.st_uid == geteuid() else { throw .foreign(parent) }
      guard isSticky || status.st_mode & S_IWOTH == 0 else { throw .othersMayWrite(parent) }
    }
    guard lstat(real, &status) == 0 else { throw .system(.last, path: real) }
    self.path = real
    self.trust = trust
    group = status.st_gid
  }

  private static func check(_ path: String, _ status: stat, _ trust: Trust) throws(Refusal) {
    guard status.st_mode & S_IWOTH == 0 else { throw .othersMayWrite(path) }
    switch trust {
    case .owner:
      guard status.st_uid == geteuid() else { throw .foreign(path) }
      guard status.st_mode & S_IWGRP == 0 else { throw .othersMayWrite(path) }
    case .group:
      guard status.st_uid == 0 || status.st_uid == geteuid() else { throw .foreign(path) }
      guard geteuid() != 0 || linksAreGuarded() else { throw .unguardedLinks(path) }
    }
  }

  /// Whether nobody but its owner can make a second name for a file; a kernel that does not say so is taken to see to it.
  static func linksAreGuarded(by setting: String = "/proc/sys/fs/protected_hardlinks") -> Bool {
    let file = Glibc.open(setting, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return true }
    defer { close(file) }
    var digit: UInt8 = 0
    return read(file, &digit, 1) != 1 || digit != UInt8(ascii: "0")
  }

  private static func make(_ path: String) {
    var partial = ""
    for part in path.split(separator: "/") {
      partial += "/\(part)"
      mkdir(partial, 0o700)
    }
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private static func parent(of path: String) -> String {
    let end = path.lastIndex(of: "/") ?? path.startIndex
    return end == path.startIndex ? "/" : String(path[..<end])
  }

  /// The path of a file in it.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// What tells a file from another one of its name; `nil` where there is none.
  func identity(_ name: String) throws(Refusal) -> FileIdentity? {
    var status = stat()
    guard lstat(file(name), &status) == 0 else {
      if errno == ENOENT { return nil }
      throw .system(.last, path: file(name))
    }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
      throw .planted(file(name))
    }
    return FileIdentity(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), isEmpty: status.st_size == 0)
  }

  /// Makes an empty file that was not there, for those who share the directory; says whether it did.
  @discardableResult
  func make(_ name: String) throws(Refusal) -> Bool {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let mode: mode_t = trust == .owner ? 0o600 : 0o660
    let descriptor = Glibc.open(file(name), flags, mode)
    guard descriptor >= 0 else {
      if errno == EEXIST { return false }
      throw .system(.last, path: file(name))
    }
    defer { close(descriptor) }
    if trust == .group { _ = fchown(descriptor, uid_t.max, group) }
    guard fchmod(descriptor, mode) == 0 else { throw .system(.last, path: file(name)) }
    return true
  }

  /// Gives a file another name; that of one that is not there stays.
  func rename(_ name: String, to other: String) { _ = Glibc.rename(file(name), file(other)) }

  /// Removes a file, if it is there.
  func remove(_ name: String) { unlink(file(name)) }

  /// Lets one program at a time do something here; `nil` where another one is at it for long.
  ///
  /// The lock is a file that only those can open who share the directory: whoever may look at the directory could
  /// lock that.
  func alone<Result>(by lock: String, _ work: () -> Result) throws(Refusal) -> Result? {
    try make(lock)
    _ = try identity(lock)
    let descriptor = Glibc.open(file(lock), O_RDWR | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.last, path: file(lock)) }
    defer { close(descriptor) }
    let step: Int32 = 20
    for _ in 0..<100 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return work() }
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw .system(.last, path: file(lock))
      }
      poll(nil, 0, step)
    }
    return nil
  }

  /// Whether this user may make files in a directory.
  static func isWritable(_ path: String) -> Bool {
    faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0
  }

  /// Gives a file the present time, for those who watch it; opens nothing, for that would let go of locks.
  func touch(_ name: String) {
    _ = utimensat(AT_FDCWD, file(name), nil, AT_SYMLINK_NOFOLLOW)
  }

  /// Whether this user may write to a file.
  func isWritable(_ name: String) -> Bool {
    faccessat(AT_FDCWD, file(name), R_OK | W_OK, AT_EACCESS) == 0
  }
}

/// What tells one file from another.
struct FileIdentity: Sendable, Equatable {
  var device: UInt64
  var inode: UInt64
  /// Whether nothing is in it.
  var isEmpty = false

  /// Whether it is the same file still, and was not emptied.
  func lives(in later: FileIdentity?) -> Bool {
    guard let later else { return false }
    return device == later.device && inode == later.inode && (isEmpty || !later.isEmpty)
  }
}
