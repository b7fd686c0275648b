import Monitors

/// A preflight for launch scripts: watches for a while, says one line for each monitor, and ends with what it found.
struct CheckCommand {
  let host: Host
  let config: Config
  let wish: Invocation.Check
  let text: PlainText

  private static let leastTicks = 8.0
  private static let shortest = 0.01

  /// Watches, prints what was found and says with which status to end.
  func run(_ targets: [WatchedTarget]) throws(SystemError) -> Int32 {
    let findings = watch(targets)
    for finding in findings {
      try StandardStream.output.write(written(finding))
    }
    let isWell = findings.allSatisfy { $0.hasPassed(wish.failOn) }
    return isWell ? ExitStatus.well.rawValue : ExitStatus.failed.rawValue
  }

  /// What was found of each target.
  func watch(_ targets: [WatchedTarget]) -> [CheckFinding] {
    let config = hurried
    let sampler = Sampler(host: host, config: config, targets: targets)
    var engine = Engine(source: sampler, host: host, config: config)
    let begin = host.time.now()
    var cadence = Cadence(interval: config.interval, from: begin)
    var findings: [CheckFinding] = []
    while true {
      host.time.wait(nanoseconds: cadence.wait(at: host.time.now()))
      let now = host.time.now()
      cadence.advance(at: now)
      let snapshots = engine.tick(at: now, late: cadence.late)
      while findings.count < snapshots.count { findings.append(CheckFinding()) }
      for (index, snapshot) in snapshots.enumerated() {
        findings[index].take(snapshot, seconds: now.seconds(since: begin))
      }
      let isOver = snapshots.allSatisfy(\.watching.isOver)
      if isOver || now.seconds(since: begin) >= wish.seconds { return findings }
    }
  }

  /// Nobody waits for an alert longer than half of the time in which one could be seen.
  private var hurried: Config {
    var config = config
    config.alerts.longestPatience = wish.seconds / 2
    config.interval = max(
      CheckCommand.shortest, min(config.interval, wish.seconds / CheckCommand.leastTicks))
    return config
  }

  private func written(_ finding: CheckFinding) -> String {
    wish.isJSON
      ? finding.document(failOn: wish.failOn).text(indented: false) + "\n"
      : text.lines(finding.lines(failOn: wish.failOn))
  }
}
