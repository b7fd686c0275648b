import Monitors
import Testing

@testable import perftop

@Suite("Ages")
struct PaneContextTests {
  @Test(
    "an age is coarse, so that a quiet screen stays quiet",
    arguments: [
      (-3.0, "now"), (4, "now"), (7, "5 s"), (41, "40 s"), (59, "50 s"), (61, "1 min"),
      (7800, "2 h 10 min"), (200_000, "2 d 7 h"), (.nan, "now"), (.infinity, "now"),
    ] as [(Double, Printable)])
  func age(seconds: Double, expected: Printable) {
    #expect(Printable.age(seconds: seconds) == expected)
  }

  @Test(
    "in a narrow column it has one unit",
    arguments: [
      (41.0, "40 s"), (720, "12 min"), (4000, "66 min"), (7800, "2 h"), (1e6, "11 d"),
      (.nan, "now"),
    ] as [(Double, Printable)])
  func roughAge(seconds: Double, expected: Printable) {
    #expect(Printable.roughAge(seconds: seconds) == expected)
  }
}
