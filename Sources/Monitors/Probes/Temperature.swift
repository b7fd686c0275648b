/// Turns the kernel's millidegrees into temperatures that can be.
enum Temperature {
  private static let possible: ClosedRange<Int64> = -100_000...250_000

  /// A temperature, where the number can be one.
  static func measured(_ value: Measured<Int64>) -> Measured<Celsius> {
    switch value {
    case .fresh(let number) where possible.contains(number): .fresh(celsius(number))
    case .stale(let number, let since) where possible.contains(number):
      .stale(celsius(number), since: since)
    case .missing(let absence): .missing(absence)
    default: .missing(.malformed)
    }
  }

  /// A limit, where one is set: zero and the absurd mean that none is.
  static func limit(_ value: Int64?) -> Celsius? {
    guard let value, value > 0, value <= 200_000 else { return nil }
    return celsius(value)
  }

  private static func celsius(_ number: Int64) -> Celsius { Celsius(Double(number) / 1000) }
}
