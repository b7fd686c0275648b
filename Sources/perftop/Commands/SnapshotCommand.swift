import Monitors

/// Readings without a terminal: one, so many, or a stream of them.
struct SnapshotCommand {
  let host: Host
  let config: Config
  let output: Invocation.Output
  let text: PlainText

  /// Takes two readings one delay apart, prints the second, and goes on as often as was asked for.
  func run(_ targets: [WatchedTarget]) throws(SystemError) -> Int32 {
    let sampler = Sampler(host: host, config: config, targets: targets)
    var engine = Engine(source: sampler, host: host, config: config)
    var cadence = Cadence(interval: config.interval, from: host.time.now())
    var printed = -1
    while true {
      host.time.wait(nanoseconds: cadence.wait(at: host.time.now()))
      let now = host.time.now()
      cadence.advance(at: now)
      let snapshots = engine.tick(at: now, late: cadence.late)
      printed += 1
      guard printed > 0 else { continue }
      for snapshot in snapshots { try StandardStream.output.write(written(snapshot)) }
      if let count = output.count, printed >= count { return 0 }
      if snapshots.allSatisfy(\.watching.isOver) { return 0 }
    }
  }

  private func written(_ snapshot: Snapshot) -> String {
    switch output.format {
    case .text: text.lines(SnapshotText.lines(snapshot))
    case .json, .jsonLines: snapshot.document.text(indented: false) + "\n"
    }
  }
}

extension WatchState {
  /// Whether nothing will ever come again.
  var isOver: Bool {
    if case .ended = self { true } else { false }
  }
}
