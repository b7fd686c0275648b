import TestSupport
import Testing

@testable import Monitors

@Suite("Means of equal stretches of time")
struct TrendWindowTests {
  private func window(
    _ seconds: Int, width: Double = 5, longest: Double = 20, _ value: (Int) -> Double?
  ) -> TrendWindow {
    var window = TrendWindow(width: width, longest: longest)
    for second in 0..<seconds { _ = window.update(value(second), at: Double(second)) }
    return window
  }

  @Test("before there are enough means nothing is said")
  func early() {
    #expect(window(95) { Double($0) }.verdict == nil)
    #expect(window(110) { Double($0) }.verdict?.slope != nil)
  }

  @Test("a straight rise has its slope, however long it was watched", arguments: [120, 600, 4000])
  func straight(seconds: Int) throws {
    let verdict = try #require(window(seconds) { 5e9 + 1000 * Double($0) }.verdict)
    let slope = try #require(verdict.slope)
    #expect(abs(Double(slope.middle) - 1000) < 5)
    #expect(verdict.strength > 0.99)
    #expect(abs(verdict.recent - 1000) < 20)
  }

  @Test("the window slides: what fell an hour ago and rises now rises")
  func slides() {
    let window = window(5000) { $0 < 2500 ? 5000 - Double($0) : Double($0) }
    #expect((window.verdict?.slope?.middle ?? 0) > 0)
    #expect((window.verdict?.span ?? 0) <= 800)
  }

  @Test("noise around a level goes nowhere, whatever the seed", arguments: 1...20)
  func noise(seed: Int) {
    var noise = SeededNoise(seed: UInt64(seed))
    let window = window(900) { _ in 100 + noise.normal() }
    #expect(window.verdict?.slope == nil)
  }

  @Test("a step is no trend, up or down", arguments: [100.0, -100])
  func step(height: Double) {
    for at in [150, 300, 450] {
      #expect(window(600) { $0 < at ? 500 : 500 + height }.verdict?.slope == nil, "at \(at)")
    }
  }

  @Test("what is missing now and then is left out; a long gap begins anew")
  func gaps() {
    let holes = window(600) { $0 % 7 == 0 ? nil : Double($0) }
    #expect(abs(Double(holes.verdict?.slope?.middle ?? 0) - 1) < 0.05)
    var broken = window(300) { Double($0) }
    _ = broken.update(1, at: 4000)
    #expect(broken.verdict == nil)
  }

  @Test("a clock that goes back, NaN and infinity are survived")
  func strange() {
    var window = window(300) { Double($0) }
    _ = window.update(.nan, at: 301)
    _ = window.update(.infinity, at: 302)
    #expect(window.verdict != nil)
    _ = window.update(5, at: 10)
    #expect(window.verdict == nil)
  }
}
