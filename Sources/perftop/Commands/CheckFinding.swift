import Monitors

/// What a check has found of one target.
struct CheckFinding {
  private var last: Snapshot?
  private var seconds = 0.0
  /// Everything that fired, by its rule, as it was when it was worst.
  private var alerts: [Alert] = []

  /// Takes one tick in.
  mutating func take(_ snapshot: Snapshot, seconds: Double) {
    last = snapshot
    self.seconds = seconds
    let fired = snapshot.alerts.active.filter { $0.firedAt != nil } + snapshot.alerts.resolved
    for alert in fired {
      if let place = alerts.firstIndex(where: { $0.id == alert.id }) {
        alerts[place] = alert
      } else {
        alerts.append(alert)
      }
    }
  }

  /// Whether nothing fired that is as bad as this.
  func hasPassed(_ limit: Severity) -> Bool { counted(limit).isEmpty }

  private func counted(_ limit: Severity) -> [Alert] {
    alerts.filter { $0.severity >= limit }.sorted { $0.severity > $1.severity }
  }

  /// A line for each monitor, one for each alert, and the verdict last.
  func lines(failOn limit: Severity) -> [Printable] {
    guard let last else { return [] }
    let monitors: [Printable] = zip(Word.allCases, last.readings).map { word, reading in
      line(word.title, severity(word, reading), headline(word, reading))
    }
    let fired: [Printable] = alerts.sorted { $0.severity > $1.severity }.map {
      line("", $0.severity, $0.message)
    }
    return monitors + fired + [verdict(limit)]
  }

  /// Of alerts it counts what fired at any time, not only what fires in the end.
  private func severity(_ word: Word, _ reading: any Reading) -> Severity {
    word == .alerts ? alerts.map(\.severity).max() ?? .ok : reading.severity
  }

  private func headline(_ word: Word, _ reading: any Reading) -> Printable {
    guard word == .alerts, !alerts.isEmpty else { return reading.headline }
    return alerts.count == 1 ? "1 has fired" : "\(alerts.count) have fired"
  }

  private func line(_ name: String, _ severity: Severity, _ sentence: Printable) -> Printable {
    "\(name.padding(to: 10))\(severity.label.text.padding(to: 10))\(sentence)"
  }

  private func verdict(_ limit: Severity) -> Printable {
    let counted = counted(limit)
    let span = Units.span(seconds: seconds)
    guard let worst = counted.first else {
      return "PASSED: \(who) watched for \(span), nothing at \(limit.label) or above"
    }
    let others = counted.count > 1 ? " and \(counted.count - 1) more" : ""
    return "FAILED: \(who): \(worst.message)\(others)"
  }

  private var who: Printable {
    guard let target = last?.sample.target.value else {
      return last.map { $0.watching == .machineOnly ? $0.sample.host.name : $0.watching.words }
        ?? "nothing"
    }
    return "\(target.name) (\(target.pid))"
  }

  /// The same for programs.
  func document(failOn limit: Severity) -> JSONValue {
    let target = last?.sample.target.value
    let monitors = zip(Word.allCases, last?.readings ?? []).map { word, reading in
      JSONValue.object([
        .init("monitor", .text(word.rawValue)),
        .init("status", .text(severity(word, reading).rawValue)),
        .init("headline", .printable(headline(word, reading))),
      ])
    }
    return .object([
      .init("target", target.map { .printable($0.name) } ?? .null),
      .init("pid", target.map { .count(Int($0.pid)) } ?? .null),
      .init("seconds", .measure(seconds)),
      .init("fail_on", .text(limit.rawValue)),
      .init("passed", .bool(hasPassed(limit))),
      .init("monitors", .list(monitors)),
      .init("alerts", .list(alerts.map(CheckFinding.fields))),
    ])
  }

  private static func fields(_ alert: Alert) -> JSONValue {
    .object([
      .init("rule", .text(alert.rule)), .init("severity", .text(alert.severity.rawValue)),
      .init("message", .printable(alert.message)),
    ])
  }
}
