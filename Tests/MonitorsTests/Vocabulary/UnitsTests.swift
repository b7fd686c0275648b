import Monitors
import Testing

@Suite("Numbers as text")
struct UnitsTests {
  @Test(
    "sizes have three digits and a unit",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (9995, "10.0 kB"), (99_950, "100 kB"),
      (412_000_000, "412 MB"), (999_600, "1.00 MB"), (-3_140_000, "-3.14 MB"),
    ] as [(Int64, String)])
  func sizes(_ count: Int64, _ text: String) {
    #expect(Bytes(count).text.text == text)
  }

  @Test("the largest and smallest counts do not trap")
  func extremes() {
    #expect(Bytes(.max).text.text == "9.22 EB")
    #expect(Bytes(.min).text.text == "-9.22 EB")
    #expect((Bytes(.max) + Bytes(1)).count == .min)
    #expect(BytesPerSecond(.nan).value == 0)
    #expect(Units.scaled(.infinity, unit: "B") == "? B")
    #expect(Units.fixed(.nan, digits: 1) == "?")
  }

  @Test(
    "fixed decimals round half away from zero",
    arguments: [
      (0.05, 1, "0.1"), (-0.04, 1, "0.0"), (2.5, 0, "3"), (12.345, 2, "12.35"), (7, 2, "7.00"),
      (2e15, 0, "2.00e15"), (-9.999e18, 1, "-1.00e19"), (1.5e300, 3, "1.50e300"),
    ])
  func decimals(_ value: Double, _ digits: Int, _ text: String) {
    #expect(Units.fixed(value, digits: digits) == text)
  }

  @Test(
    "spans of time read like speech",
    arguments: [
      (0, "0 s"), (59.6, "1 min 0 s"), (61, "1 min 1 s"), (3599, "59 min"), (7800, "2 h 10 min"),
      (90_000, "1 d 1 h"),
    ])
  func spans(_ seconds: Double, _ text: String) {
    #expect(Units.span(seconds: seconds) == text)
  }

  @Test(
    "timestamps are RFC 3339 in UTC, leap days and the past included",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
      (951_782_400, "2000-02-29T00:00:00Z"), (1_795_262_400, "2026-11-21T12:00:00Z"),
      (-1, "1969-12-31T23:59:59Z"),
    ] as [(Int64, String)])
  func timestamps(_ seconds: Int64, _ text: String) {
    #expect(Units.timestamp(wall: seconds * 1_000_000_000) == text)
  }

  @Test(
    "short times have three digits in the unit that suits them",
    arguments: [
      (0, "0 ns"), (8.5e-7, "850 ns"), (1.23456e-5, "12.3 µs"), (9.999e-4, "1.00 ms"),
      (0.004561, "4.56 ms"), (0.9999, "1.00 s"), (12.34, "12.3 s"), (59.99, "1 min 0 s"),
      (-1, "0 ns"), (Double.nan, "?"),
    ] as [(Double, String)])
  func duration(_ seconds: Double, _ text: String) { #expect(Units.duration(seconds) == text) }
}
