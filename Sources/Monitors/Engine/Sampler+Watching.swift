/// Changing what is watched, while it is watched.
extension Sampler {
  /// Watches these processes in place of those before; one that is watched already goes on as if nothing had happened.
  public mutating func watch(_ keys: [ProcessKey]) -> WatchChange {
    var next: [Watched] = []
    var origins: [WatchChange.Origin] = []
    var failures: [TargetError] = []
    for (place, key) in keys.enumerated() where !keys[..<place].contains(key) {
      if let place = watched.firstIndex(where: { $0.follower.key == key }) {
        next.append(watched[place])
        origins.append(.kept(place))
        continue
      }
      do throws(TargetError) {
        next.append(prepare(WatchedTarget(.pid(key.pid), first: try hold(key))))
        origins.append(.new(after: nil))
      } catch { failures.append(error) }
    }
    if next.isEmpty, !keys.isEmpty {
      let count = max(1, watched.count)
      return WatchChange(
        origins: (0..<count).map { .kept($0) }, failures: failures, isDone: false)
    }
    if watched.isEmpty { origins = Sampler.afterMachine(origins) }
    if next.isEmpty { origins = [watched.isEmpty ? .kept(0) : .new(after: nil)] }
    watched = next
    return WatchChange(origins: origins, failures: failures)
  }

  /// The first target goes on where the machine alone was watched before.
  private static func afterMachine(_ origins: [WatchChange.Origin]) -> [WatchChange.Origin] {
    [.new(after: 0)] + origins.dropFirst()
  }

  /// Takes hold of exactly the process that was shown in a list, however long ago.
  private func hold(_ key: ProcessKey) throws(TargetError) -> TargetHandle {
    let handle = try TargetFinder(host: host).attach(key.pid, scratch: scratch)
    guard handle.pid == key.pid, handle.startTicks == key.startTicks else {
      throw .failed(key.pid, why: "it has ended, and its number is another process's now")
    }
    return handle
  }
}
