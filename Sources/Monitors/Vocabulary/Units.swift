/// An amount of memory or storage in bytes; negative only as a difference.
public struct Bytes: Sendable, Hashable, Comparable, AdditiveArithmetic {
  /// The number of bytes.
  public var count: Int64

  /// Wraps a count of bytes.
  public init(_ count: Int64) { self.count = count }

  /// A kernel counter; what does not fit is clamped, never trapped on.
  public init(clamping count: UInt64) { self.count = Int64(clamping: count) }

  /// Nothing.
  public static let zero = Bytes(0)

  /// Order by size.
  public static func < (a: Bytes, b: Bytes) -> Bool { a.count < b.count }
  /// Sum, wrapping rather than trapping on absurd input.
  public static func + (a: Bytes, b: Bytes) -> Bytes { Bytes(a.count &+ b.count) }
  /// Difference, wrapping rather than trapping on absurd input.
  public static func - (a: Bytes, b: Bytes) -> Bytes { Bytes(a.count &- b.count) }

  /// `412 MB`: three significant digits in powers of 1000.
  public var text: Printable { Printable(Units.scaled(Double(count), unit: "B")) }
}

/// A rate in bytes per second.
public struct BytesPerSecond: Sendable, Hashable, Comparable {
  /// Bytes per second; may be negative for a shrinking size.
  public var value: Double

  /// Wraps a rate.
  public init(_ value: Double) { self.value = value.isFinite ? value : 0 }

  /// Order by rate.
  public static func < (a: BytesPerSecond, b: BytesPerSecond) -> Bool { a.value < b.value }

  /// `3.1 MB/s`.
  public var text: Printable { Printable(Units.scaled(value, unit: "B") + "/s") }
  /// `+3.1 MB/min`: how growth is spoken of.
  public var perMinuteText: Printable {
    Printable((value > 0 ? "+" : "") + Units.scaled(value * 60, unit: "B") + "/min")
  }
}

/// A temperature.
public struct Celsius: Sendable, Hashable, Comparable {
  /// Degrees Celsius.
  public var degrees: Double

  /// Wraps a temperature.
  public init(_ degrees: Double) { self.degrees = degrees }

  /// Order by warmth.
  public static func < (a: Celsius, b: Celsius) -> Bool { a.degrees < b.degrees }

  /// `81.4 °C`.
  public var text: Printable { Printable(Units.fixed(degrees, digits: 1) + " °C") }
}

/// A share of a whole, 1 being all of it; may exceed 1.
public struct Ratio: Sendable, Hashable, Comparable {
  /// The share.
  public var value: Double

  /// Wraps a share.
  public init(_ value: Double) { self.value = value.isFinite ? value : 0 }

  /// Order by size.
  public static func < (a: Ratio, b: Ratio) -> Bool { a.value < b.value }

  /// The share in percent.
  public var percent: Double { value * 100 }
  /// `62 %`.
  public var text: Printable { Printable(Units.fixed(percent, digits: 0) + " %") }
}

/// Turning numbers into text, the same way everywhere and independent of the locale.
public enum Units {
  /// `3.14 MB`: three significant digits, or two, in powers of 1000, with its unit.
  public static func scaled(_ value: Double, unit: String, significant: Int = 3) -> String {
    guard value.isFinite else { return "? \(unit)" }
    let prefixes = ["", "k", "M", "G", "T", "P", "E"]
    var size = abs(value)
    var power = 0
    while size >= 999.5, power < prefixes.count - 1 {
      size /= 1000
      power += 1
    }
    let fine = power == 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2
    let digits = max(0, fine - max(0, 3 - significant))
    return (value < 0 && size > 0 ? "-" : "") + fixed(size, digits: digits)
      + " \(prefixes[power])\(unit)"
  }

  /// A number with a fixed count of decimals, rounded half away from zero.
  public static func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return "?" }
    guard abs(value) < 1e15 else { return huge(value) }
    var power: Int64 = 1
    for _ in 0..<max(0, digits) { power *= 10 }
    let scaled = Int64((abs(value) * Double(power)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % power)
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(scaled / power).\(zeros)\(fraction)"
  }

  /// `1.00e15`: what has more digits than anybody reads.
  private static func huge(_ value: Double) -> String {
    var size = abs(value)
    var power = 0
    while size >= 9.995 {
      size /= 10
      power += 1
    }
    return "\(value < 0 ? "-" : "")\(fixed(size, digits: 2))e\(power)"
  }

  /// `850 ns`, `12.3 µs`, `4.56 ms`, `1.23 s`: how long something short took; from a minute on as `span`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 59.95 else { return span(seconds: seconds) }
    let units = [("ns", 1e9), ("µs", 1e6), ("ms", 1e3), ("s", 1.0)]
    let (unit, scale) = units.first { seconds * $0.1 < 999.5 } ?? ("s", 1)
    let size = max(0, seconds * scale)
    let digits = unit == "ns" || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2
    return "\(fixed(size, digits: digits)) \(unit)"
  }

  /// `2 h 10 min`, `41 s`: a span of time in its two largest units.
  public static func span(seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < 1e12 else { return "?" }
    let total = Int64(max(0, seconds).rounded())
    if total < 60 { return "\(total) s" }
    if total < 3600 { return "\(total / 60) min" + (total < 600 ? " \(total % 60) s" : "") }
    if total < 86400 { return "\(total / 3600) h \(total % 3600 / 60) min" }
    return "\(total / 86400) d \(total % 86400 / 3600) h"
  }

  /// `2026-11-21T12:00:00Z`: RFC 3339 in UTC from nanoseconds since 1970.
  public static func timestamp(wall: Int64) -> String {
    let seconds = wall / 1_000_000_000
    let days = (seconds >= 0 ? seconds : seconds - 86399) / 86400
    let clock = seconds - days * 86400
    let (year, month, day) = civil(days: days)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
      + "\(padded(clock / 3600, 2)):\(padded(clock % 3600 / 60, 2)):\(padded(clock % 60, 2))Z"
  }

  /// `12:00:00Z`: the time of day of a timestamp.
  public static func clock(wall: Int64) -> String {
    String(timestamp(wall: wall).drop { $0 != "T" }.dropFirst())
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// Days since 1970 to a date of the Gregorian calendar, counting eras of 400 years from March.
  private static func civil(days: Int64) -> (Int64, Int64, Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
