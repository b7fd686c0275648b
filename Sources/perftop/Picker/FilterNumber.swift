import Monitors

/// A number as it is typed into a filter: `20`, `20%`, `1.5G`, `512Mi`, `-1M`, `3k/s`.
enum FilterNumber {
  private static let powers: [Character: Double] = ["k": 1, "m": 2, "g": 3, "t": 4]
  private static let spans: [String: Double] = ["/s": 1, "/min": 60, "/h": 3600]

  /// The number in the unit in which the field is shown; `nil` where it is none.
  static func parse(_ typed: String, for field: FilterField) -> Double? {
    var rest = typed.lowercased()[...]
    var factor = 1.0
    if let unit = field.perSeconds, let slash = rest.firstIndex(of: "/") {
      guard let span = spans[String(rest[slash...])] else { return nil }
      factor = unit / span
      rest = rest[..<slash]
    }
    if field == .cpu, rest.hasSuffix("%") { rest.removeLast() }
    if isSize(field), rest.hasSuffix("b") { rest.removeLast() }
    if isSize(field), let (size, digits) = scale(rest) {
      factor *= size
      rest = digits
    }
    guard let value = decimal(rest) else { return nil }
    return value * factor
  }

  private static func isSize(_ field: FilterField) -> Bool {
    field == .rss || field == .growth || field == .io
  }

  private static func scale(_ text: Substring) -> (Double, Substring)? {
    let isBinary = text.hasSuffix("i")
    let body = isBinary ? text.dropLast() : text
    guard let last = body.last, let power = powers[last] else { return nil }
    let base = isBinary ? 1024.0 : 1000.0
    return ((0..<Int(power)).reduce(1) { product, _ in product * base }, body.dropLast())
  }

  /// Plain digits with a point: none of the spellings for infinity, and no exponents.
  private static func decimal(_ text: Substring) -> Double? {
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    guard isPlain, text.contains(where: \.isNumber), text.count < 20 else { return nil }
    return Double(text)
  }
}
