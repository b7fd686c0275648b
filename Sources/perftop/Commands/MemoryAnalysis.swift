import Monitors

/// Whether memory leaks, how fast, and since when.
struct MemoryAnalysis: SeriesAnalysis {
  static let columns = (place: "t_seconds", value: "rss_bytes")
  static let isTime = true

  private var detector = LeakDetector()
  private var samples = 0
  private var span = (first: 0.0, last: 0.0)
  private var values = (least: Double.infinity, greatest: 0.0, last: 0.0)
  /// Spacings too long for buckets to fill: how many, and how long all of them are together.
  private var coarse = (count: 0, seconds: 0.0)
  /// Where the table says that the first leak was confirmed, and that the last one was over.
  private var alarm: Double?
  private var resolved: Double?
  /// Whether it leaks again after it had stopped.
  private var hasReturned = false
  /// What was known of the leak last, while it went on.
  private var leak = LeakState()

  /// Samples that are further apart than this, in seconds, make it wait.
  private static let wide = 30.0

  mutating func take(_ point: SeriesReader.Point) {
    if samples == 0 { span = (point.place, point.place) }
    samples += 1
    let spacing = point.place - span.last
    if spacing > MemoryAnalysis.wide { coarse = (coarse.count + 1, coarse.seconds + spacing) }
    span.last = point.place
    values.least = min(values.least, point.value)
    values.greatest = max(values.greatest, point.value)
    values.last = point.value
    detector.update(point.value, at: point.place)
    let state = detector.state
    if state.phase == .leaking {
      if alarm == nil { alarm = point.written }
      if resolved != nil { hasReturned = true }
      resolved = nil
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
      .init("phase", .text(phase)),
    ]
  }

  private var phase: String {
    guard alarm != nil else { return detector.state.phase.rawValue }
    return resolved == nil ? LeakState.Phase.leaking.rawValue : "resolved"
  }

  var verdict: Printable {
    guard let alarm else { return calm }
    let rate = BytesPerSecond(leak.slope).perMinuteText
    let since = leak.since.map { " since \(MemoryAnalysis.text($0))" } ?? ""
    let told = hasReturned ? "first told" : "told"
    let sure: Printable =
      "\(told) at \(MemoryAnalysis.text(alarm)), confidence \(Ratio(leak.confidence).text)"
    let again = hasReturned ? " again" : ""
    guard let resolved else { return "leaking\(again) \(rate)\(since), \(sure)" }
    let seen = MemoryAnalysis.text(resolved)
    return "leaked\(again) \(rate)\(since) and stopped, seen at \(seen); \(sure)"
  }

  private var calm: Printable {
    switch detector.state.phase {
    case .learning: "not enough data: \(length)\(hint)"
    case .suspected:
      "rising \(BytesPerSecond(detector.state.slope).perMinuteText) at the end, too short a time to call it a leak"
    case .none, .leaking: "no leak in \(length)"
    }
  }

  private var length: Printable {
    "\(String(samples)) \(samples == 1 ? "sample" : "samples") in \(Units.span(seconds: span.last - span.first))"
  }

  /// What would be told sooner of samples that lie closer together.
  private var hint: Printable {
    guard coarse.count > 0, 2 * coarse.count >= samples - 1 else { return "" }
    let apart = Units.fixed(coarse.seconds / Double(coarse.count), digits: 0)
    return "; samples are \(apart) s apart: with fewer than one in 5 s it takes longer"
  }

  var evidence: [Printable] {
    let state = alarm != nil ? leak : detector.state
    let evidence = state.evidence
    guard alarm != nil || state.phase == .suspected else {
      guard state.phase != .learning else { return [] }
      return [
        "nothing has kept rising evenly and for long: between \(bytes(values.least)) and \(bytes(values.greatest)), \(bytes(values.last)) at the end"
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
