/// What rules can watch as text: the table of the manual.
public enum MetricText {
  /// The table, a line each.
  public static var table: [String] {
    ["| metric | counted in | what it is |", "|---|---|---|"]
      + Metrics.all.map { "| `\($0.path)` | \(kind($0)) | \($0.summary) |" }
  }

  /// Words one after another, in quotes where one has a comma in it.
  static func list(_ words: [String]) -> String {
    words.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ", ")
  }

  private static func kind(_ metric: Metric) -> String {
    guard let unit = metric.unit else { return list(metric.words) }
    return switch unit {
    case .bytes: "bytes"
    case .bytesPerSecond: "bytes/s"
    case .percent: "percent"
    case .share: "share, 0 to 1"
    case .degrees: "°C"
    case .seconds: "seconds"
    case .milliseconds: "milliseconds"
    case .hertz: "hertz"
    case .watts: "watts"
    case .count: "number"
    }
  }
}
