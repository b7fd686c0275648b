import Monitors

/// Turns what the command line names into targets that are held.
struct TargetResolver {
  let host: Host

  /// Every number must be there; a name may still be waited for, where a person sits.
  func resolve(_ targets: Invocation.Targets, mayWait: Bool) throws(AttachFailure)
    -> [WatchedTarget]
  {
    let finder = TargetFinder(host: host)
    var watched: [WatchedTarget] = []
    for pid in targets.pids {
      watched.append(WatchedTarget(.pid(pid), found: try finder.attach(pid)))
    }
    guard let name = targets.name else { return watched }
    let found = try finder.find(name)
    if found.isEmpty {
      guard mayWait else { throw .noSuchProcess(Printable(name)) }
      watched.append(WatchedTarget(.name(name)))
    } else if found.count == 1 {
      watched.append(WatchedTarget(.name(name), found: found[0]))
    } else {
      // Of several with one name, each is followed by what it is, so that no two become the same.
      watched += found.map { WatchedTarget(.pid($0.handle.pid), found: $0) }
    }
    return watched
  }
}
