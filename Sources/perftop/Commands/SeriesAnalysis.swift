import Monitors

/// What is made of a series, sample by sample: what it says at one is about that one and those before it alone.
protocol SeriesAnalysis {
  /// The columns it needs.
  static var columns: (place: String, value: String) { get }
  /// Whether places are times in seconds.
  static var isTime: Bool { get }

  /// Has seen nothing yet.
  init()
  /// Takes the next sample.
  mutating func take(_ point: SeriesReader.Point)
  /// What was found, for a program.
  var fields: [JSONValue.Field] { get }
  /// What was found, in one sentence.
  var verdict: Printable { get }
  /// Why, a line each.
  var evidence: [Printable] { get }
}

extension Units {
  /// A number without a unit in four figures, as it stood in a table.
  static func figures(_ value: Double) -> String {
    let size = abs(value)
    guard size >= 1e-6, size < 1e12 else { return value == 0 ? "0" : "\(value)" }
    var digits = 3
    var bound = 10.0
    while digits > 0, size >= bound {
      digits -= 1
      bound *= 10
    }
    while size * bound < 10_000, digits < 9, size < 1 {
      digits += 1
      bound *= 10
    }
    return fixed(value, digits: digits)
  }
}
