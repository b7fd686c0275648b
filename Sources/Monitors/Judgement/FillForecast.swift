/// When something that is used up will be gone, by how it went down so far.
struct FillForecast: Sendable {
  private static let longest = 160.0
  private static let farthest = 30 * 86400.0
  /// What goes down at less than this share of its pace has stopped.
  private static let leastPace = 0.25
  /// However evenly it went so far, nobody knows that it will go on so: a share of its pace.
  private static let doubt = 0.1

  private var window = TrendWindow(width: 5, longest: longest)
  private var verdict: TrendWindow.Verdict?
  private var left: Double?

  /// Takes what is left; `nil` where that was not measured.
  mutating func update(_ left: Double?, at seconds: Double) {
    if let left { self.left = left }
    if window.update(left, at: seconds) { verdict = window.verdict }
  }

  /// Forgets the past.
  mutating func forget() {
    window.forget()
    verdict = nil
    left = nil
  }

  /// What is to be expected now.
  var outlook: Forecast.Outlook {
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
    return .failing(
      Forecast.Span(
        median: median, low: max(0, left) / max(-Double(slope.low), recent, pace * (1 + doubt)),
        high: max(0, left) / min(-Double(slope.high), recent, pace * (1 - doubt))))
  }
}
