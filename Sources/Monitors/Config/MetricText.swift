/// What rules can watch as text: the table of the manual.
public enum MetricText {
  /// The table, a line each.
  public static var table: [String] {
    ["| metric | counted in | what it is |", "|---|---|---|"]
      + Metrics.all.map { "| `\($0.path)` | \(kind($0)) | \($0.summary) |" }
  }

  private static func kind(_ metric: Metric) -> String {
    guard let unit = metric.unit else { return metric.words.joined(separator: ", ") }
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
