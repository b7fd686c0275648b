import Monitors

/// What the six monitors think of a process, after a second.
func headlines(of pid: Int32, on host: Host = .live()) throws(TargetError) -> [Printable] {
  let held = try TargetFinder(host: host).attach(pid, scratch: Scratch())
  let targets = [WatchedTarget(.pid(pid), first: held)]
  let sampler = Sampler(host: host, config: Config(), targets: targets)
  var engine = Engine(source: sampler, host: host, config: Config())
  _ = engine.tick(at: host.time.now(), late: 0)
  host.time.wait(nanoseconds: 1_000_000_000)
  let snapshots = engine.tick(at: host.time.now(), late: 0)
  return snapshots.flatMap(\.readings).map(\.headline)
}
