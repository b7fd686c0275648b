extension AlertFigures {
  /// `0.4 alerts/h, peak 3 in 10 min, 2 wait (oldest 14 min)`: one line for a screen.
  public var line: Printable {
    guard total > 0 || !waiting.isEmpty || shelved > 0 else { return "no alerts in 24 h" }
    var parts = ["\(AlertFigures.number(perHour)) alerts/h, peak \(peak.count) in 10 min"]
    if let oldest = oldestWaiting {
      parts.append("\(waiting.count) unacknowledged (oldest \(Units.span(seconds: oldest)))")
    }
    if shelved > 0 { parts.append("\(shelved) shelved") }
    let exceeded = limits.filter { !$0.isKept }
    if !exceeded.isEmpty {
      parts.append("too many: \(exceeded.map(\.short).joined(separator: ", "))")
    }
    return Printable(parts.joined(separator: ", "))
  }

  /// All of it, a line each, for a person.
  public var lines: [Printable] {
    let hours = AlertFigures.number(span / 3600)
    var lines: [Printable] = [
      "\(total) alerts in \(hours) h, \(AlertFigures.number(perHour)) an hour, \(lately) in the last 10 min"
    ]
    if let at = peak.at {
      lines.append("most in 10 min: \(peak.count), until \(Units.timestamp(wall: at))")
    }
    lines.append(waitingLine)
    if shelved > 0 { lines.append("shelved: \(shelved)") }
    if !flapping.isEmpty { lines.append("flapping: \(flapping.joined(separator: ", "))") }
    if !standing.isEmpty {
      lines.append("firing for more than 24 h: \(standing.joined(separator: ", "))")
    }
    for offender in offenders {
      lines.append("\(offender.share.text) of all alerts: \(offender.rule) (\(offender.count))")
    }
    return lines + limits.map(\.line)
  }

  private var waitingLine: Printable {
    guard let oldest = oldestWaiting, let median = medianWaiting else {
      return "unacknowledged: none"
    }
    return
      "unacknowledged: \(waiting.count), the oldest for \(Units.span(seconds: oldest)), half of them for \(Units.span(seconds: median)) or more"
  }

  static func number(_ value: Double) -> String {
    Units.fixed(value, digits: value < 10 && value != value.rounded() ? 1 : 0)
  }

  /// The same for programs.
  public var document: JSONValue {
    .object([
      .init("span_s", .measure(span)), .init("alerts", .count(total)),
      .init("alerts_in_10_min", .count(lately)), .init("per_hour", .measure(perHour)),
      .init("per_10_min", .measure(perTenMinutes)), .init("peak_per_10_min", .count(peak.count)),
      .init("peak_time", peak.at.map { .text(Units.timestamp(wall: $0)) } ?? .null),
      .init("flood_s", .measure(floodSeconds)), .init("unacknowledged", .count(waiting.count)),
      .init("oldest_unacknowledged_s", oldestWaiting.map(JSONValue.measure) ?? .null),
      .init("median_unacknowledged_s", medianWaiting.map(JSONValue.measure) ?? .null),
      .init("shelved", .count(shelved)), .init("flapping", .list(flapping.map(JSONValue.text))),
      .init("standing", .list(standing.map(JSONValue.text))),
      .init("top_rules", .list(offenders.map(\.document))),
      .init("limits", .list(limits.map(\.document))),
    ])
  }
}

extension AlertFigures.Offender {
  fileprivate var document: JSONValue {
    .object([
      .init("rule", .text(rule)), .init("alerts", .count(count)),
      .init("share", .measure(share.value)),
    ])
  }
}

extension AlertFigures.Limit {
  private var isShare: Bool { name.hasSuffix("_share") }

  private func text(_ value: Double) -> String {
    isShare ? Ratio(value).text.text : AlertFigures.number(value)
  }

  private var title: String {
    switch name {
    case "average_per_10_min": "alerts in 10 min, on the mean"
    case "peak_per_10_min": "most alerts in 10 min"
    case "flood_share": "time with more than 10 in 10 min"
    case "top_rule_share": "share of one rule"
    case "flapping": "rules that flap"
    default: "alerts that fire for more than 24 h"
    }
  }

  fileprivate var short: String { "\(title) \(text(value))" }

  /// `kept: alerts in 10 min, on the mean: 0.1, at most 1`.
  public var line: Printable {
    Printable("\(isKept ? "kept" : "exceeded"): \(title): \(text(value)), at most \(text(most))")
  }

  fileprivate var document: JSONValue {
    .object([
      .init("name", .text(name)), .init("value", .measure(value)), .init("most", .measure(most)),
      .init("verdict", .text(isKept ? "ok" : "exceeded")),
    ])
  }
}
