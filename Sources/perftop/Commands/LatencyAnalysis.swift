import Monitors

/// Where a series changes its level for the first time.
struct LatencyAnalysis: SeriesAnalysis {
  static let columns = (place: "index", value: "value")
  static let isTime = false

  /// A change with the places that the table gives it.
  private struct Found {
    var shift: Shift
    var detected: Double
    var changed: Double
  }

  private var detector = ShiftDetector()
  /// Where the newest samples lie, as many as the detector looks back.
  private var places = Ring<Double>(capacity: ShiftDetector.usualMemory, reserves: false)
  private var found: [Found] = []
  private var nearest: (candidate: ShiftCandidate, place: Double)?
  private static let mostFound = 9

  mutating func take(_ point: SeriesReader.Point) {
    places.append(point.written)
    let shift = detector.update(point.value)
    if let shift, found.count < LatencyAnalysis.mostFound {
      let changed = place(of: shift.changedAt)
      found.append(Found(shift: shift, detected: point.written, changed: changed))
    }
    if found.isEmpty, let candidate = detector.candidate, candidate != nearest?.candidate {
      nearest = (candidate, place(of: candidate.place))
    }
  }

  /// Where a sample lies; those that are forgotten came one by one.
  private func place(of sample: Int) -> Double {
    guard let first = places.first else { return 0 }
    let index = places.count - (detector.samples - sample)
    return index < 0 ? first + Double(index) : places[min(index, places.count - 1)]
  }

  var fields: [JSONValue.Field] {
    let first = found.first
    let magnitude = first.map { JSONValue.measure($0.shift.magnitude) }
    return [
      .init("change", .bool(first != nil)),
      .init("detect_index", first.map { LatencyAnalysis.number($0.detected) } ?? .null),
      .init("change_index", first.map { LatencyAnalysis.number($0.changed) } ?? .null),
      .init("direction", .text(first?.shift.direction.rawValue ?? "none")),
      .init("magnitude", magnitude ?? .number(0)),
    ]
  }

  var verdict: Printable {
    guard let first = found.first else {
      return detector.samples < ShiftDetector.fewest
        ? "not enough data: \(counted(detector.samples)), at least \(String(ShiftDetector.fewest)) are needed"
        : "no change in \(counted(detector.samples))"
    }
    return "\(words(first)), told at \(LatencyAnalysis.text(first.detected))"
  }

  var evidence: [Printable] {
    guard let first = found.first else {
      return nearest.map { [lack($0.candidate, $0.place)] } ?? []
    }
    let shift = first.shift
    var lines: [Printable] = [
      "typical value \(Units.figures(shift.before)) before, \(Units.figures(shift.after)) after; told after \(counted(shift.delay)) of the new level",
      "the difference is \(Units.fixed(shift.strength, digits: 1)) times its standard error (\(Units.fixed(ShiftDetector.strengthNeeded, digits: 1)) needed), and \(Ratio(shift.confidence).text) of the stretches after it lie beyond those before (\(Ratio(ShiftDetector.confidenceNeeded).text) needed)",
    ]
    lines += found.dropFirst().map { "later \(words($0))" }
    return lines
  }

  private func words(_ found: Found) -> Printable {
    let shift = found.shift
    let change = abs(shift.magnitude)
    let share: Printable =
      change.isFinite ? "\(shift.direction.rawValue) by \(Ratio(change).text)" : "up from 0"
    return "\(share) from index \(LatencyAnalysis.text(found.changed)) on"
  }

  private func lack(_ candidate: ShiftCandidate, _ place: Double) -> Printable {
    let strength = Units.fixed(candidate.strength, digits: 1)
    let size = Ratio(candidate.magnitude).text
    let what: Printable =
      "nearest to a change: about \(size) from index \(LatencyAnalysis.text(place)) on"
    switch candidate.lack {
    case .strength:
      let needed = Units.fixed(ShiftDetector.strengthNeeded, digits: 1)
      return "\(what), but that is \(strength) times its standard error, and \(needed) is needed"
    case .size: return "\(what), but that is too little of the value or of its noise"
    case .separation: return "\(what), but too much of what came before was the same already"
    case .persistence: return "\(what), but it did not last"
    }
  }

  private func counted(_ count: Int) -> String { count == 1 ? "1 sample" : "\(count) samples" }

  private static func number(_ place: Double) -> JSONValue {
    guard let whole = Int64(exactly: place.rounded()), abs(place - place.rounded()) < 1e-6 else {
      return .measure(place)
    }
    return .integer(whole)
  }

  private static func text(_ place: Double) -> Printable {
    Printable(number(place).text(indented: false))
  }
}
