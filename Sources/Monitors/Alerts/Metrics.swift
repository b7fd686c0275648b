/// All that a rule can watch.
public enum Metrics {
  /// Every one, in the order of the document.
  public static let all: [Metric] =
    target + system + memory + storage + batching + quality + thermal + linked + judgement

  private static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })
  /// `gauges.`: what stands before a name that is a member of an object.
  private static let openEnds = all.filter { $0.path.hasSuffix(".\(Metric.placeholder)") }
    .map { String($0.path.dropLast(Metric.placeholder.count)) }

  /// One as a rule names it: the metric, and the name where it has one.
  public struct Choice: Sendable {
    /// What is watched.
    public var metric: Metric
    /// `cam`, or `*` for each; `nil` where there is only one.
    public var name: Printable?

    /// Whether each of several is meant.
    public var isEach: Bool { name?.text == Metric.all }
  }

  private static let longestPath = 512

  /// What a path names; `nil` where there is no such thing.
  public static func named(_ path: String) -> Choice? {
    guard path.utf8.count <= longestPath else { return nil }
    let (pattern, name) = split(path)
    guard let metric = byPath[pattern], metric.hasNames == (name != nil), name != "" else {
      return nil
    }
    return Choice(metric: metric, name: name.map { Printable($0) })
  }

  /// `components[cam].fps` as `components[NAME].fps` and `cam`.
  private static func split(_ path: String) -> (pattern: String, name: String?) {
    if let start = openEnds.first(where: { path.hasPrefix($0) }) {
      return (start + Metric.placeholder, String(path.dropFirst(start.count)))
    }
    guard let open = path.firstIndex(of: "["), let close = path.lastIndex(of: "]"), open < close
    else { return (path, nil) }
    let name = path[path.index(after: open)..<close]
    let pattern = "\(path[..<open])[\(Metric.placeholder)]\(path[path.index(after: close)...])"
    return (pattern, String(name))
  }

  /// What was probably meant by a path that there is not.
  public static func suggestion(for path: String, _ suggestions: inout Suggestions) -> String? {
    guard path.utf8.count <= longestPath else { return nil }
    let (pattern, name) = split(path)
    guard let near = near(pattern, &suggestions) else { return nil }
    guard let name, !name.isEmpty else { return near }
    return Metrics.path(near, of: Printable(name))
  }

  /// The path of one of several: `components[cam].fps`.
  static func path(_ pattern: String, of name: Printable) -> String {
    let parts = pattern.split(separator: Metric.placeholder, omittingEmptySubsequences: false)
    return parts.joined(separator: name.text)
  }

  /// A slip of the fingers, the last part of a path alone, or one of several things without a name.
  private static func near(_ pattern: String, _ suggestions: inout Suggestions) -> String? {
    let paths = all.map(\.path)
    if let near = suggestions.nearest(pattern, among: paths) { return near }
    let named = paths.first { $0.replacing("[\(Metric.placeholder)]", with: "") == pattern }
    if let named { return named }
    let ends = paths.filter {
      $0.hasSuffix(".\(pattern)") || $0.hasPrefix("\(pattern).") || pattern.hasPrefix("\($0).")
    }
    return ends.first
  }
}
