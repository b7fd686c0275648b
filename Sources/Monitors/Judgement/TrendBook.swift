/// The trends of all values that are watched; each is judged anew when a stretch of its time has ended, and not before.
struct TrendBook: Sendable {
  private struct Page: Sendable {
    var value: TrendedValue
    var window: TrendWindow
  }

  private static let stretches = 20.0
  private static let leastInterval = 1.0
  /// Means that follow one another are a little alike, so that what wanders looks surer of its way than it is.
  private static let leastStrength = 0.5
  private var pages: [Page] = []
  /// One for each value, in the order of the list.
  private(set) var trends = TrendedValue.allCases.map(Trend.init)
  /// Whether one of them has changed since this was asked last.
  private var hasChanged = true
  private var interval = 0.0

  /// Takes what one tick shows.
  mutating func update(_ input: Readings) {
    if pages.isEmpty || interval != input.interval { begin(input.interval) }
    let seconds = input.sample.moment.seconds
    for index in pages.indices {
      let value = pages[index].value
      guard pages[index].window.update(input.value(value), at: seconds) else { continue }
      let trend = TrendBook.trend(value, pages[index].window.verdict)
      guard trend != trends[index] else { continue }
      trends[index] = trend
      hasChanged = true
    }
  }

  /// Whether any trend is another than when this was asked before.
  mutating func takeChange() -> Bool {
    defer { hasChanged = false }
    return hasChanged
  }

  /// What was seen of the target is no longer of it.
  mutating func forgetTarget() {
    for index in pages.indices where !pages[index].value.isOfMachine {
      pages[index].window.forget()
      trends[index] = Trend(pages[index].value)
    }
    hasChanged = true
  }

  /// The visible window has as many ticks at any pace.
  private mutating func begin(_ interval: Double) {
    self.interval = interval
    let unit = max(TrendBook.leastInterval, interval)
    let shortest = max(5, unit)
    pages = TrendedValue.allCases.map {
      Page(
        value: $0,
        window: TrendWindow(width: shortest, longest: max(shortest, TrendBook.stretches * unit)))
    }
    trends = TrendedValue.allCases.map(Trend.init)
    hasChanged = true
  }

  private static func trend(_ value: TrendedValue, _ verdict: TrendWindow.Verdict?) -> Trend {
    var trend = Trend(value)
    guard let verdict else { return trend }
    trend.strength = verdict.strength
    let least = max(value.leastChange, value.leastShare * abs(verdict.level))
    guard let slope = verdict.slope, abs(verdict.change) >= least,
      verdict.strength >= TrendBook.leastStrength, (slope.middle > 0) == (verdict.score > 0)
    else {
      trend.direction = .steady
      trend.perHour = 0
      return trend
    }
    trend.direction = slope.middle > 0 ? .rising : .falling
    trend.perHour = Double(slope.middle) * 3600
    trend.share = verdict.level != 0 ? verdict.change / abs(verdict.level) : nil
    return trend
  }
}
