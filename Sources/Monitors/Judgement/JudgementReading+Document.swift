extension JudgementReading {
  /// Writes `trends`, `forecasts`, `pressure`, `bottlenecks`, `score` and what the score is made of.
  public func describe(into root: inout Document) {
    root.nest("trends") { document in
      for trend in trends { document.nest(trend.value.rawValue, trend.describe) }
    }
    root.list("forecasts", forecasts, named: \.resource.text) { $0.describe(into: &$1) }
    let missing = absence ?? .notYet
    root.nest("pressure") { document in
      document.set("machine", machine, else: .notYet) { .text($0.level.rawValue) }
      document.set("target", target, else: missing) { .text($0.level.rawValue) }
      document.set("machine_cause", machine, else: .notYet) { .printable($0.cause) }
      document.set("target_cause", target, else: missing) { .printable($0.cause) }
    }
    if let absence {
      root.set("bottlenecks", missing: absence)
    } else {
      root.set("bottlenecks", .list(bottlenecks.map(\.document)))
    }
    root.set("score", score.value, else: missing, JSONValue.count)
    root.set("score_losses", .list(score.losses.map(\.document)))
    root.set("score_unknown", .list(score.unknown.map(JSONValue.printable)))
  }
}

extension JudgementReading {
  /// Writes `full` of the storage: when the first of the filesystems will be, or why nothing is said of that.
  public func describeFull(into document: inout Document) {
    let disks = forecasts.filter { $0.kind == .disk }
    guard let first = disks.first, let span = first.span else {
      let unknown = disks.lazy.compactMap { disk -> Absence? in
        if case .unknown(let absence) = disk.outlook { absence } else { nil }
      }
      let isSteady = !disks.isEmpty && unknown.isEmpty
      return document.set(
        "full", missing: isSteady ? .because("steady") : unknown.first ?? absence ?? .notEnough)
    }
    document.nest("full") { full in
      full.set("mount", .printable(first.place))
      full.set("in_s", .measure(span.median))
      full.set("low_s", .measure(span.low))
      full.set("high_s", .measure(span.high))
    }
  }
}

extension Trend {
  fileprivate func describe(into document: inout Document) {
    document.set("direction", .text(direction.rawValue))
    document.set("per_hour", perHour, else: .notYet, JSONValue.measure)
    document.set("strength", .measure(strength))
  }
}

extension Forecast {
  fileprivate func describe(into document: inout Document) {
    document.set("resource", .printable(resource))
    let (state, why): (String, Absence) =
      switch outlook {
      case .failing: ("failing", .notYet)
      case .steady: ("steady", .because("steady"))
      case .unknown(let absence): ("unknown", absence)
      }
    document.set("state", .text(state))
    if isSuspected { document.set("suspected", .bool(true)) }
    if !limit.isEmpty { document.set("limit", .printable(limit)) }
    document.set("in_s", span?.median, else: why, JSONValue.measure)
    document.set("low_s", span?.low, else: why, JSONValue.measure)
    document.set("high_s", span?.high, else: why, JSONValue.measure)
  }
}

extension Bottleneck {
  fileprivate var document: JSONValue {
    .object([
      .init("kind", .text(kind.rawValue)), .init("component", .printable(component)),
      .init("severity", .text(severity.rawValue)), .init("score", .measure(score.rounded())),
      .init("confidence", .measure((confidence * 100).rounded() / 100)),
      .init("main", .bool(isMain)), .init("evidence", .printable(evidence.words)),
      .init("advice", .list(advice.map { .printable($0.line) })),
    ])
  }
}

extension Score.Loss {
  fileprivate var document: JSONValue {
    .object([.init("points", .count(points)), .init("why", .printable(why))])
  }
}
