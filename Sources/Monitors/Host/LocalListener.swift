internal import CSystem
import Glibc

/// A socket of this process with a path, at which others of its user can begin to talk.
struct LocalListener: Sendable {
  let descriptor: Int32
  let path: String
  private let inode: UInt64
  private let process: Int32
  private static let backlog: Int32 = 1024
  private static let longestPath = 107

  /// Listens in a directory of one's own, which is made if it is not there.
  ///
  /// - Throws: `EADDRINUSE` where somebody listens there already, `ENAMETOOLONG` where no address can hold the path,
  ///   `EACCES` where the directory is somebody else's or open to others.
  init(in directory: String, named name: String) throws(SystemError) {
    let path = "\(directory)/\(name)"
    guard path.utf8.count <= LocalListener.longestPath else { throw SystemError(ENAMETOOLONG) }
    mkdir(directory, 0o700)
    let place = try LocalSocket.Place(directory)
    defer { place.close() }
    guard place.owner == geteuid(), place.isPrivate else { throw .notAllowed }
    try LocalListener.clear(place.path(name))
    let draft = place.path("\(name).tmp")
    try LocalListener.clear(draft)
    let descriptor = cs_local_listen(draft, LocalListener.backlog)
    guard descriptor >= 0 else { throw SystemError(-descriptor) }
    guard let status = try? LiveFiles().status(draft, in: nil, following: false),
      rename(draft, place.path(name)) == 0
    else {
      let failure = SystemError.last
      unlink(draft)
      close(descriptor)
      throw failure
    }
    self.descriptor = descriptor
    self.path = path
    inode = status.inode
    process = getpid()
  }

  /// Takes away what one's own program left behind when it was killed, and nothing else.
  private static func clear(_ path: String) throws(SystemError) {
    guard let status = try? LiveFiles().status(path, in: nil, following: false) else { return }
    guard status.kind == .other, status.owner == geteuid() else { throw SystemError(EEXIST) }
    let caller = cs_local_connect(path)
    if caller >= 0 { close(caller) }
    guard caller == -ECONNREFUSED else { throw SystemError(EADDRINUSE) }
    unlink(path)
  }

  /// Removes a socket of one's own at which nobody listens, and leaves all else alone.
  static func sweep(_ path: String) { try? clear(path) }

  /// The next who wants to talk; `nil` if there is none.
  ///
  /// - Throws: A shortage, of descriptors for instance.
  func accept() throws(SystemError) -> Int32? {
    while true {
      let descriptor = cs_local_accept(self.descriptor)
      if descriptor >= 0 { return descriptor }
      switch -descriptor {
      case EINTR, ECONNABORTED: continue
      case EAGAIN, EWOULDBLOCK: return nil
      default: throw SystemError(-descriptor)
      }
    }
  }

  /// Removes the name, if it still is that of this socket and this process made it.
  func remove() {
    guard process == getpid(), let now = try? LiveFiles().status(path, in: nil, following: false),
      now.inode == inode
    else { return }
    unlink(path)
  }

  /// Where the calling process is to listen, the best place first.
  static var usualDirectories: [String] {
    let runtime = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) } ?? ""
    let own = "/tmp/perftop-\(geteuid())"
    return runtime.hasPrefix("/") ? ["\(runtime)/perftop", own] : [own]
  }

  /// Whether whoever started the program wants no link in it.
  static var isTurnedOff: Bool { getenv("PERFTOP_LINK").map { String(cString: $0) } == "0" }

  /// Calls it when the program ends in an orderly way.
  static func atExit(_ body: @escaping @convention(c) () -> Void) { atexit(body) }

  /// The user of the calling process.
  static var user: UInt32 { geteuid() }
  /// The number of the calling process.
  static var process: Int32 { getpid() }
}
