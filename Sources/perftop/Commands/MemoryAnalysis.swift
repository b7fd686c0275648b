import Monitors

/// Whether memory leaks, how fast, and since when.
struct MemoryAnalysis: SeriesAnalysis {
  static let columns = (place: "t_seconds", value: "rss_bytes")
  static let isTime = true

  private var detector = LeakDetector()
  private var samples = 0
  private var span = (first: 0.0, last: 0.0)
  /// Where the table says that the first leak was confirmed, and that it was over.
  private var alarm: Double?
  private var resolved: Double?
  /// What was known of the first leak last, while it went on.
  private var leak = LeakState()

  mutating func take(_ point: SeriesReader.Point) {
    if samples == 0 { span.first = point.place }
    samples += 1
    span.last = point.place
    detector.update(point.value, at: point.place)
    let state = detector.state
    if state.phase == .leaking, resolved == nil {
      if alarm == nil { alarm = point.written }
      leak = state
    } else if alarm != nil, resolved == nil {
      resolved = point.written
    }
  }

  var fields: [JSONValue.Field] {
    let isLeak = alarm != nil
    let confidence = isLeak ? leak.confidence : detector.state.confidence
    return [
      .init("leak", .bool(isLeak)), .init("alarm_t_seconds", MemoryAnalysis.number(alarm)),
      .init("slope_bytes_per_s", isLeak ? .measure(leak.slope) : .null),
      .init("confidence", .measure(confidence)),
      .init("resolved_t_seconds", MemoryAnalysis.number(resolved)),
    ]
  }

  var verdict: Printable {
    guard let alarm else { return calm }
    let rate = BytesPerSecond(leak.slope).perMinuteText
    let since = leak.since.map { " since \(MemoryAnalysis.text($0))" } ?? ""
    let sure: Printable =
      "told at \(MemoryAnalysis.text(alarm)), confidence \(Ratio(leak.confidence).text)"
    guard let resolved else { return "leaking \(rate)\(since), \(sure)" }
    return "leaked \(rate)\(since) and stopped, seen at \(MemoryAnalysis.text(resolved)); \(sure)"
  }

  private var calm: Printable {
    switch detector.state.phase {
    case .learning: "not enough data: \(length)"
    case .suspected:
      "rising \(BytesPerSecond(detector.state.slope).perMinuteText) at the end, too short a time to call it a leak"
    case .none, .leaking: "no leak in \(length)"
    }
  }

  private var length: Printable {
    "\(String(samples)) \(samples == 1 ? "sample" : "samples") in \(Units.span(seconds: span.last - span.first))"
  }

  var evidence: [Printable] {
    let state = alarm != nil ? leak : detector.state
    let evidence = state.evidence
    guard alarm != nil || state.phase == .suspected else {
      return [
        "the level to which it returns does not keep rising: \(bytes(state.floor)) at the end"
      ]
    }
    let quarters = evidence.quarters.map { Units.fixed($0 * 25, digits: 0) }
    return [
      "its floor rose by \(bytes(evidence.growth)) in \(Units.span(seconds: evidence.span)), of which the quarters of that time have \(quarters.joined(separator: ", ")) %",
      "its ordinary ups and downs are \(bytes(evidence.noise)), and the rise is \(Units.fixed(evidence.trend, digits: 1)) deviations from chance",
    ] + slopes(state)
  }

  private func slopes(_ state: LeakState) -> [Printable] {
    let (low, high) = (state.slopeRange.lowerBound, state.slopeRange.upperBound)
    guard high > 0 else { return [] }
    return [
      "most of its slopes lie between \(BytesPerSecond(low).perMinuteText) and \(BytesPerSecond(high).perMinuteText)"
    ]
  }

  private func bytes(_ value: Double) -> String { Units.scaled(value, unit: "B") }

  private static func number(_ place: Double?) -> JSONValue {
    guard let place else { return .null }
    return Int64(exactly: place).map(JSONValue.integer) ?? .measure(place)
  }

  private static func text(_ place: Double) -> String { "\(number(place).text(indented: false)) s" }
}
