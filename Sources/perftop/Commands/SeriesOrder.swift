/// Keeps the places of a series rising: what comes twice or too late is left out, and a clock that was set is put right.
struct SeriesOrder {
  /// What becomes of one line.
  enum Standing: Equatable {
    /// It is taken, as of this place.
    case taken(Double)
    /// It is taken, and from here on the clock is put right.
    case set(Double)
    case same
    case back
  }

  /// Whether places are times, which a clock that was set forward tears apart.
  let isTime: Bool

  private var last: Double?
  private var offset = 0.0
  /// How far one is from the next, as it usually is.
  private var step = 0.0
  private var taken = 0
  /// Lines in a row that go back and rise among themselves: so many are no disorder, but a clock that was set back.
  private var run = (length: 0, last: 0.0)

  private static let provenRun = 10
  private static let fewest = 10
  private static let longestGap = 86_400.0
  private static let manySteps = 1000.0

  init(isTime: Bool) { self.isTime = isTime }

  /// Takes the place that the next line names.
  mutating func take(_ written: Double) -> Standing {
    let place = written + offset
    guard let last else { return keep(place, after: place) }
    if place > last {
      run.length = 0
      guard isTorn(place - last) else { return keep(place, after: last) }
      return set(written, after: last)
    }
    if place == last { return .same }
    run.length = run.length > 0 && written > run.last ? run.length + 1 : 1
    run.last = written
    return run.length < SeriesOrder.provenRun ? .back : set(written, after: last)
  }

  private func isTorn(_ gap: Double) -> Bool {
    isTime && taken >= SeriesOrder.fewest
      && gap > max(SeriesOrder.longestGap, SeriesOrder.manySteps * step)
  }

  private mutating func set(_ written: Double, after last: Double) -> Standing {
    let place = last + (step > 0 ? step : 1)
    offset = place - written
    run.length = 0
    self.last = place
    return .set(place)
  }

  private mutating func keep(_ place: Double, after last: Double) -> Standing {
    let way = place - last
    taken += 1
    step = taken <= 2 ? way : step + (min(way, 4 * step) - step) / 16
    self.last = place
    return .taken(place)
  }
}
