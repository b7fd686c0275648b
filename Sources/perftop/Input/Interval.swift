import Monitors

/// The intervals that keys step through.
enum Interval {
  private static let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60]

  /// The shortest and the longest that can be asked for.
  static let limits = 0.01...86400.0

  /// The interval in force, or the one asked for that is not in force yet; a frozen picture has an older one.
  static func current(_ scene: Scene) -> Double {
    let live = scene.snapshots.first ?? scene.snapshot
    return scene.view.askedInterval ?? live?.health.interval ?? 1
  }

  /// `2`, `0.5`: seconds in a sentence.
  static func text(_ seconds: Double) -> Printable {
    let whole = Int64(min(max(seconds, 0), limits.upperBound))
    return Printable(Double(whole) == seconds ? String(whole) : String(seconds))
  }

  /// The next one; `nil` at the end.
  static func step(from interval: Double, isShorter: Bool) -> Double? {
    isShorter ? steps.last { $0 < interval } : steps.first { $0 > interval }
  }
}

/// A length of time as people write it.
enum TimeText {
  private static let factors = [
    "": 1.0, "s": 1, "sec": 1, "ms": 0.001, "m": 60, "min": 60, "h": 3600,
  ]

  /// `0.5`, `.5`, `500ms`, `2 s`, `30m`, `2h` in seconds: digits and one point, whatever the locale; `nil` for anything else.
  static func seconds(_ text: String) -> Double? {
    let digits = text.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
    let unit = text[digits.endIndex...].filter { $0 != " " }.lowercased()
    guard let factor = factors[unit], digits.count(where: { $0 == "." }) <= 1,
      digits.contains(where: \.isNumber),
      let number = Double("0\(digits)\(digits.last == "." ? "0" : "")"), number.isFinite
    else { return nil }
    return number * factor
  }
}
