import TestSupport
import Testing

@testable import Monitors

@Suite("What is to come")
struct ForecastTests {
  private func outlook(_ seconds: Int, _ left: (Int) -> Double?) -> Forecast.Outlook {
    var forecast = FillForecast()
    for second in 0..<seconds { forecast.update(left(second), at: Double(second)) }
    return forecast.outlook
  }

  @Test("a disk that fills evenly is full when it will be")
  func even() throws {
    guard case .failing(let span) = outlook(600, { 1e12 - 1e8 * Double($0) }) else {
      Issue.record("nothing was forecast")
      return
    }
    #expect(abs(span.median - 9400) < 200)
    #expect(span.low <= span.median && span.median <= span.high)
    #expect(span.high < span.median * 1.2)
  }

  @Test("too little was seen, nothing moves, or all of it is noise: then no number is made up")
  func nothing() {
    #expect(outlook(60) { 1e9 - Double($0) * 1e6 } == .unknown(.notEnough))
    #expect(outlook(900) { _ in 1e9 } == .steady)
    var noise = SeededNoise(seed: 3)
    #expect(outlook(900) { _ in 1e9 + 1e6 * noise.normal() } == .steady)
    #expect(outlook(900) { 1e9 + 1e5 * Double($0) } == .steady)
  }

  @Test("what has stopped filling is steady again")
  func stopped() {
    let outlook = outlook(1500) { 1e10 - 1e6 * Double(min($0, 900)) }
    #expect(outlook == .steady)
  }

  @Test("what is used up stays so, however long nothing moves any more")
  func gone() {
    let none = Forecast.Outlook.failing(Forecast.Span(median: 0, low: 0, high: 0))
    #expect(outlook(1500) { max(0, 3e8 - 1e6 * Double($0)) } == none)
    #expect(outlook(2) { _ in 0 } == none)
    #expect(Forecast(.disk, "/data", outlook: none).words.text == "disk /data full")
    #expect(Forecast(.descriptors, outlook: none).words.text == "descriptors at their limit")
  }

  @Test("a short history says nothing of what is far away, and something of what is near")
  func farSight() {
    #expect(outlook(180) { 1e12 - 1e8 * Double($0) } == .unknown(.notEnough))
    guard case .failing(let span) = outlook(180, { 1e11 - 1e8 * Double($0) }) else {
      Issue.record("nothing was forecast")
      return
    }
    #expect(abs(span.median - 820) < 40)
    #expect(span.high <= 8 * span.low)
  }

  @Test("one large file is no trend")
  func step() {
    #expect(outlook(900) { $0 < 400 ? 9e9 : 5e9 } == .steady)
  }

  @Test("more than a month away is steady")
  func far() {
    #expect(outlook(900) { 1e12 - 10 * Double($0) } == .steady)
  }

  @Test("with bursts the true time lies within the range", arguments: 1...10)
  func bursts(seed: Int) {
    var noise = SeededNoise(seed: UInt64(seed))
    var left = 2e10
    var rates: [Double] = []
    for _ in 0..<1800 { rates.append(noise.uniform() < 0.2 ? 5e6 + 1e6 * noise.normal() : 0) }
    var forecast = FillForecast()
    for (second, rate) in rates.enumerated() {
      left -= rate
      forecast.update(left, at: Double(second))
    }
    guard case .failing(let span) = forecast.outlook else {
      Issue.record("nothing was forecast")
      return
    }
    let truth = left / 1e6
    #expect(span.low <= truth && truth <= span.high, "\(span) \(truth)")
  }

  private func heat(_ seconds: Int, limit: Double, _ celsius: (Int) -> Double)
    -> Forecast.Outlook
  {
    var forecast = HeatForecast()
    for second in 0..<seconds {
      forecast.update(celsius(second), of: "cpu", at: Double(second))
    }
    return forecast.outlook(limit: limit)
  }

  private func approach(_ end: Double, from begin: Double, _ pace: Double) -> (Int) -> Double {
    { end - (end - begin) * (-Double($0) / pace).exponential }
  }

  @Test("a machine that will stay below its limit is steady, however fast it warms up now")
  func levelsOff() {
    #expect(heat(200, limit: 85, approach(78, from: 45, 240)) == .steady)
  }

  @Test("one that would stay above it is slowed down when the curve says, not when a line does")
  func throttles() {
    let celsius = approach(95, from: 45, 300)
    let outlook = heat(200, limit: 85, celsius)
    guard case .failing(let span) = outlook else {
      Issue.record("nothing was forecast: \(outlook)")
      return
    }
    let truth = 300 * (50.0 / 10).logarithm - 200
    #expect(span.low <= truth && truth <= span.high, "\(span) \(truth)")
    #expect(abs(span.median - truth) < truth * 0.2)
  }

  @Test("an even rise does not say yet where it ends")
  func line() {
    guard case .unknown = heat(200, limit: 85, { 45 + 0.05 * Double($0) }) else {
      Issue.record("a line was taken for a curve")
      return
    }
  }

  @Test("another sensor begins anew")
  func sensor() {
    var forecast = HeatForecast()
    for second in 0..<300 {
      forecast.update(approach(95, from: 45, 300)(second), of: "cpu", at: Double(second))
    }
    forecast.update(60, of: "gpu", at: 301)
    #expect(forecast.outlook(limit: 85) == .unknown(.notEnough))
  }

  @Test("words are no finer than the forecast is")
  func words() {
    let span = Forecast.Span(median: 7805, low: 6010, high: 10_790)
    let forecast = Forecast(.disk, "/data", outlook: .failing(span))
    #expect(
      forecast.words.text == "disk /data full in 2 h 10 min (1 h 40 min to 3 h 0 min)")
    #expect(Forecast(.descriptors, outlook: .steady).words.text == "descriptors steady")
    let unknown = Forecast(.inodes, "/", outlook: .unknown(.notEnough))
    #expect(unknown.words.text == "inodes /: not enough data")
  }
}
