import Glibc

/// A directory nobody else can write to, held open, in which files are made without following links.
struct PrivateDirectory {
  let descriptor: Int32
  let path: String

  /// Opens a directory, making what is missing of its path; refuses one that others could have prepared.
  init(making path: String) throws(SystemError) {
    var partial = ""
    for part in path.split(separator: "/") {
      partial += "/\(part)"
      if mkdir(partial, 0o700) != 0, errno != EEXIST, errno != EROFS, errno != EACCES {
        throw .last
      }
    }
    try self.init(opening: path)
  }

  /// Opens one that is there.
  init(opening path: String) throws(SystemError) {
    let found = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard found >= 0 else { throw .last }
    var status = stat()
    let othersMayWrite: mode_t = 0o022
    guard fstat(found, &status) == 0, status.st_uid == geteuid(),
      status.st_mode & othersMayWrite == 0
    else {
      Glibc.close(found)
      throw .notAllowed
    }
    descriptor = found
    self.path = path
  }

  /// Makes a file that was not there, for its owner only.
  func create(_ name: String) throws(SystemError) -> Int32 {
    unlinkat(descriptor, name, 0)
    let file = openat(descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .last }
    return file
  }

  /// Opens a file that is there, never through a link and never waiting.
  func open(_ name: String) -> Int32? {
    let file = openat(descriptor, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    return file >= 0 ? file : nil
  }

  /// Gives a file another name.
  func rename(_ name: String, to other: String) {
    _ = renameat(descriptor, name, descriptor, other)
  }

  /// Lets go of it.
  func close() { _ = Glibc.close(descriptor) }

  /// Removes a file.
  func remove(_ name: String) { _ = unlinkat(descriptor, name, 0) }
}
