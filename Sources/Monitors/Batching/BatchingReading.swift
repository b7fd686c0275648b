/// What is known and thought about the target's batches.
public struct BatchingReading: Reading {
  /// How bad it is.
  public var severity: Severity = .ok
  /// One sentence.
  public var headline: Printable = ""
  /// What is missing before anything can be said; `nil` when batches are reported.
  public var lacks: Printable?
  /// How to get it, a line each.
  public var advice: [Printable] = []
  /// Items per second over time.
  public var history = Series()

  /// Knows nothing yet.
  public init() {}
}
