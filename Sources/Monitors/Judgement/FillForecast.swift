/// When something that is used up will be gone, by how it went down so far.
struct FillForecast: Sendable {
  private static let longest = 160.0
  private static let farthest = 30 * 86400.0
  /// What goes down at less than this share of its pace has stopped.
  private static let leastPace = 0.25
  /// However evenly it went so far, nobody knows that it will go on so: a share of its pace.
  private static let doubt = 0.1
  /// A range that is wider than this, as a share of its beginning, helps nobody.
  private static let widest = 8.0
  /// What is further away than so many times what was watched is told only after a while.
  private static let farSight = 10.0
  private static let longWatch = 270.0

  private var window = TrendWindow(width: 5, longest: longest)
  private var verdict: TrendWindow.Verdict?
  private var left: Double?
  /// Whether next to nothing is left: that is no forecast, and stands however long nothing moves any more.
  private var isGone = false

  /// Takes what is left, `nil` where that was not measured, and what of it is next to nothing.
  mutating func update(_ left: Double?, least: Double = 0, at seconds: Double) {
    if let left {
      self.left = left
      isGone = left <= least
    }
    if window.update(left, at: seconds) { verdict = window.verdict }
  }

  /// Forgets the past.
  mutating func forget() {
    window.forget()
    verdict = nil
    left = nil
    isGone = false
  }

  /// What is to be expected now.
  var outlook: Forecast.Outlook {
    if isGone { return .failing(Forecast.Span(median: 0, low: 0, high: 0)) }
    guard let verdict, let left else { return .unknown(.notEnough) }
    guard let slope = verdict.slope, slope.middle < 0 else { return .steady }
    let pace = -Double(slope.middle)
    let recent = -verdict.recent
    guard recent >= FillForecast.leastPace * pace else { return .steady }
    // A fifth of the slopes that goes the other way leaves no end to the range.
    guard slope.high < 0 else { return .unknown(.because("too uneven to forecast")) }
    let doubt = FillForecast.doubt
    let median = max(0, left) / pace
    guard median < FillForecast.farthest else { return .steady }
    let span = Forecast.Span(
      median: median, low: max(0, left) / max(-Double(slope.low), recent, pace * (1 + doubt)),
      high: max(0, left) / min(-Double(slope.high), recent, pace * (1 - doubt)))
    guard span.high <= FillForecast.widest * span.low else {
      return .unknown(.because("too uneven to forecast"))
    }
    let isFar = median > FillForecast.farSight * verdict.span
    return isFar && verdict.span < FillForecast.longWatch ? .unknown(.notEnough) : .failing(span)
  }
}
