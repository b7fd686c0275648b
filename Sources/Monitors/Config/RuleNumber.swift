/// A threshold as it is written in a rule: plain, or with a unit that goes with what is watched.
enum RuleNumber {
  private static let sizes: [String: Double] = [
    "": 1, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "ki": 1024, "mi": 1_048_576,
    "gi": 1_073_741_824, "ti": 1_099_511_627_776,
  ]
  private static let times: [String: Double] = [
    "ms": 0.001, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400,
  ]

  /// The number in the unit of the metric, or why there is none.
  static func parse(_ text: String, _ unit: Metric.Unit?) -> (number: Double?, hint: String) {
    let plain = PlainNumber.parse(text)
    if let number = plain.number {
      // 80 is meant as 80 %, and would never be reached.
      return unit == .share && number > 1 ? (nil, units(unit)) : plain
    }
    let (digits, suffix) = split(text)
    guard let number = PlainNumber.parse(digits).number, !suffix.isEmpty else {
      return (nil, plain.hint == "write it without a unit" ? units(unit) : plain.hint)
    }
    guard let factor = factor(suffix, unit) else { return (nil, units(unit)) }
    return (number * factor, "")
  }

  /// Seconds: `30`, `30s`, `5m`, `2 min`, `1h`.
  static func seconds(_ text: String) -> Double? { parse(text, .seconds).number }

  private static func split(_ text: String) -> (digits: String, suffix: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
    let suffix = text[digits.endIndex...].filter { $0 != " " }.lowercased()
    return (String(digits), suffix)
  }

  private static func factor(_ suffix: String, _ unit: Metric.Unit?) -> Double? {
    switch unit {
    case .bytes: return size(suffix[...])
    case .bytesPerSecond:
      guard let slash = suffix.firstIndex(of: "/") else { return size(suffix[...]) }
      let spans = ["/s": 1.0, "/min": 60, "/h": 3600]
      guard let span = spans[String(suffix[slash...])] else { return nil }
      return size(suffix[..<slash]).map { $0 / span }
    case .percent: return suffix == "%" ? 1 : nil
    case .share: return suffix == "%" ? 0.01 : nil
    case .seconds: return times[suffix]
    case .milliseconds: return times[suffix].map { $0 * 1000 }
    case .degrees: return ["c", "°c", "°"].contains(suffix) ? 1 : nil
    case .watts: return suffix == "w" ? 1 : nil
    case .hertz: return suffix.hasSuffix("hz") ? sizes[String(suffix.dropLast(2))] : nil
    case .count, nil: return nil
    }
  }

  private static func size(_ suffix: Substring) -> Double? {
    sizes[String(suffix.hasSuffix("b") ? suffix.dropLast() : suffix)]
  }

  private static func units(_ unit: Metric.Unit?) -> String {
    switch unit {
    case .bytes: "in bytes, or as 500M, 2GB, 1.5GiB"
    case .bytesPerSecond: "in bytes a second, or as 5MB/s, 10MB/min"
    case .percent: "in percent: 80, or 80 %"
    case .share: "as a share: 0.8, or 80 %"
    case .seconds: "in seconds, or as 30s, 5m, 2h"
    case .milliseconds: "in milliseconds, or as 30ms, 2s"
    case .degrees: "in degrees Celsius"
    case .watts: "in watts"
    case .hertz: "in hertz, or as 1.5GHz"
    case .count, nil: "write it without a unit"
    }
  }
}
