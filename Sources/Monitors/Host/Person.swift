import Glibc

/// Whom this program runs as.
struct Person: Sendable {
  let name: Printable
  let home: String
  let isRoot: Bool

  /// By the system's own list; the environment is not asked.
  static var running: Person {
    let user = CallingUser(user: geteuid(), group: getegid())
    let name = user.name.isEmpty ? "uid \(geteuid())" : user.name
    return Person(name: Printable(name), home: user.home, isRoot: geteuid() == 0)
  }

  /// Whether everything that is there of a path belongs to whom this runs as.
  static func ownsEverything(below path: String) -> Bool {
    var partial = ""
    for part in path.split(separator: "/") {
      partial += "/\(part)"
      var status = stat()
      guard stat(partial, &status) == 0 else { return errno == ENOENT }
      guard status.st_uid == geteuid() else { return false }
    }
    return true
  }
}
