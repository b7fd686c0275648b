/// Which processes have linked themselves in: those with a socket of their number in a directory of their user's.
struct LinkSockets: Sendable {
  private let host: Host
  private static let most = 4096
  private var period = Period(seconds: 2)

  init(host: Host) { self.host = host }

  /// Whether it is time to look again.
  mutating func isDue(at moment: Moment) -> Bool { period.isDue(at: moment) }

  /// The numbers found, and whose processes they can be.
  func look(for users: Set<UInt32>) -> [Int32: UInt32] {
    var found: [Int32: UInt32] = [:]
    for user in users.sorted() {
      for path in LinkPlaces.directories(of: user) { look(in: path, of: user, into: &found) }
    }
    if let runtime = host.environment("XDG_RUNTIME_DIR"), runtime.hasPrefix("/") {
      let path = "\(runtime)/perftop"
      if let owner = owner(of: path), users.contains(owner) {
        look(in: path, of: owner, into: &found)
      }
    }
    return found
  }

  private func owner(of path: String) -> UInt32? {
    guard let status = try? host.files.status(path, in: nil, following: false),
      status.kind == .directory
    else { return nil }
    return status.owner
  }

  /// In `/tmp` anybody can make a directory of that name: only the user's own counts.
  private func look(in path: String, of user: UInt32, into found: inout [Int32: UInt32]) {
    guard owner(of: path) == user, let names = try? host.files.list(path, in: nil) else { return }
    for name in names.prefix(LinkSockets.most) {
      if let pid = LinkPlaces.process(named: name) { found[pid] = user }
    }
  }
}
