import Monitors

/// Turns what the command line names into targets that are held.
struct TargetResolver {
  let host: Host

  /// Every number must be there; a name may still be waited for, where a person sits.
  func resolve(_ targets: Invocation.Targets, mayWait: Bool) throws(TargetError)
    -> [WatchedTarget]
  {
    let finder = TargetFinder(host: host)
    let scratch = Scratch()
    var watched: [WatchedTarget] = []
    for pid in targets.pids {
      let handle = try finder.attach(pid, scratch: scratch)
      watched.append(WatchedTarget(.pid(handle.pid), first: handle))
    }
    guard let name = targets.name else { return watched }
    let pattern = try CommandPattern(name)
    let found = finder.find(pattern, scratch: scratch, isPatient: !host.isFixture).compactMap {
      try? finder.attach($0.pid, scratch: scratch)
    }
    if found.isEmpty {
      guard mayWait else { throw .noMatch(Printable(name)) }
      watched.append(WatchedTarget(.name(pattern)))
    } else if found.count == 1 {
      watched.append(WatchedTarget(.name(pattern), first: found[0]))
    } else {
      // Of several with one name, each is followed by what it is, so that no two become the same.
      watched += found.map { WatchedTarget(.pid($0.pid), first: $0) }
    }
    return watched
  }
}
