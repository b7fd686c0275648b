/// When a machine gets so warm that it is slowed down.
///
/// Warmth comes ever more slowly to where it stays, so a straight line would see trouble that never comes: a curve that
/// levels off is laid through what was seen, and only if it levels off above the limit is there anything to expect.
struct HeatForecast: Sendable {
  private static let longest = 20.0
  private static let farthest = 3600.0

  private var window = TrendWindow(width: 5, longest: longest)
  private var course: Course?
  private var celsius: Double?
  private var sensor: Printable?

  private enum Course: Sendable {
    case resting
    /// `nil` where it can't be seen yet how it levels off.
    case rising(Curve?)
  }

  /// A curve that rises ever more slowly.
  struct Curve: Sendable, Equatable {
    /// Where it stays.
    var end: Double
    /// The same, should all that is uncertain be in its favour.
    var leastEnd: Double
    /// Seconds in which all but a third of the way is made.
    var pace: Double
    /// What it rises a second now.
    var slope: Double
  }

  /// Takes a sensor's temperature; another sensor is another story.
  mutating func update(_ celsius: Double?, of sensor: Printable?, at seconds: Double) {
    if let sensor, sensor != self.sensor {
      forget()
      self.sensor = sensor
    }
    if let celsius { self.celsius = celsius }
    guard window.update(celsius, at: seconds) else { return }
    course = window.verdict.map { verdict in
      (verdict.slope?.middle ?? 0) > 0
        ? .rising(window.thirds.flatMap(Curve.init)) : .resting
    }
  }

  /// Forgets the past.
  mutating func forget() { self = HeatForecast() }

  /// What is to be expected of a limit.
  func outlook(limit: Double) -> Forecast.Outlook {
    guard let course, let celsius else { return .unknown(.notEnough) }
    guard case .rising(let found) = course, celsius < limit else { return .steady }
    guard let curve = found else {
      return .unknown(.because("it rises, and where it will stay can't be seen yet"))
    }
    guard curve.end > limit else { return .steady }
    guard curve.leastEnd > limit else {
      return .unknown(.because("it may level off below \(Celsius(limit).text)"))
    }
    let time = { (end: Double) in
      curve.pace * ((end - celsius) / (end - limit)).logarithm
    }
    let (median, high) = (time(curve.end), time(curve.leastEnd))
    guard median.isFinite, high.isFinite, median < HeatForecast.farthest else { return .steady }
    let straight = curve.slope > 0 ? (limit - celsius) / curve.slope : median
    return .failing(Forecast.Span(median: median, low: min(straight, median), high: high))
  }
}

extension HeatForecast.Curve {
  private static let leastRise = 1.0
  /// Nearly a straight line: where it ends can't be seen yet.
  private static let straight = 0.95

  /// Lays one through the means of three stretches that follow one another; `nil` where what was seen is none.
  init?(_ thirds: TrendWindow.Thirds) {
    let (first, second) = (thirds.middle - thirds.begin, thirds.end - thirds.middle)
    guard first > Self.leastRise, second > 0, second / first < Self.straight else { return nil }
    let doubt = 2 * thirds.noise
    let ratio = second / first
    let leastSecond = max(0, second - doubt)
    let leastRatio = leastSecond / (first + doubt)
    end = thirds.end + second * ratio / (1 - ratio)
    leastEnd = thirds.end + leastSecond * leastRatio / (1 - leastRatio)
    pace = -thirds.seconds / ratio.logarithm
    slope = (end - thirds.end) * ratio.squareRoot() / pace
  }
}
