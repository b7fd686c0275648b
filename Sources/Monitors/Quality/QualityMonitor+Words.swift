/// What is said about the level.
extension QualityMonitor {
  mutating func speak(
    of level: QualityLevel, pressure: Double, term: Printable, remainder: Double
  ) {
    let percent = QualityMonitor.percent(pressure)
    if percent == spoken.percent, level == spoken.level, term == spoken.term { return }
    spoken.percent = percent
    spoken.level = level
    spoken.term = term
    if level == levels.last {
      spoken.headline = "\(level.title) suggested"
      spoken.reason = "pressure \(percent) % (\(term)), room enough"
    } else {
      let share = QualityMonitor.percent(pressure * remainder)
      spoken.headline = "\(level.title) suggested: \(term)"
      spoken.reason = "pressure \(percent) %, about \(share) % at \(level.title)"
    }
  }

  /// Of a target that is steered.
  mutating func speak(
    of linked: Linked, _ reading: inout QualityReading, isBlind: Bool, isIgnored: Bool
  ) {
    let term = reading.terms.first?.name ?? ""
    let level = linked.level
    let isAtEnd = level <= levels.first ?? .ultraLow
    if isBlind || reading.pressure == nil {
      reading.severity = .stale
    } else if isIgnored || isAtEnd && (reading.pressure ?? 0) > 0.85 {
      reading.severity = .warning
    } else {
      reading.severity = level >= levels.last ?? .ultraHigh ? .ok : .info
    }
    let pressure = reading.pressure.map { "pressure \(QualityMonitor.percent($0)) % (\(term))" }
    if linked.isManual {
      reading.headline = "\(level.title), set by an operator"
      reading.reason = "held until = lets the pressure decide"
    } else if !linked.isOffered {
      reading.headline = "\(level.title), which the target decides itself"
      reading.reason = "the target tells its level, but takes no orders"
    } else if settings.isReadOnly, let suggested = reading.suggested, suggested != level {
      reading.headline = "\(level.title), \(suggested.title) suggested: \(term)"
      reading.reason = Printable(
        "\(pressure ?? "no pressure can be read"); read-only: nothing is sent")
    } else if let wanted = reading.wanted {
      reading.headline = "\(level.title) → \(wanted.title) asked for: \(term)"
      reading.reason = Printable(pressure ?? "no pressure can be read")
    } else if isIgnored {
      reading.headline = "\(level.title): the target does not do what is asked of it"
      reading.reason = "another level was asked for and did not come; it is asked again later"
    } else {
      let calm = 0.62
      reading.headline =
        level >= levels.last ?? .ultraHigh
        ? "\(level.title), room enough"
        : (reading.pressure ?? 1) < calm
          ? "\(level.title) for now: it rises when pressure stays low" : "\(level.title): \(term)"
      reading.reason = Printable(pressure ?? "no pressure can be read")
    }
  }

  /// Percent of a share that may be anything.
  static func percent(_ share: Double) -> Int {
    share.isFinite ? Int(min(9999, max(-9999, share * 100)).rounded()) : 0
  }
}
