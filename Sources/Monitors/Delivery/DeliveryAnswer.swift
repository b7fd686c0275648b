/// What the other side said to a batch.
public struct DeliveryAnswer: Sendable, Equatable {
  /// What that means for the batch.
  public enum Verdict: String, Sendable {
    /// It has arrived.
    case sent
    /// It will never be taken.
    case refused
    /// It may be taken another time.
    case later
  }

  /// What it means.
  public var verdict: Verdict
  /// Why, in words without a secret.
  public var words: Printable
  /// How many seconds the other side asks to wait.
  public var wait = 0.0

  /// Makes one.
  public init(_ verdict: Verdict, _ words: Printable, wait: Double = 0) {
    self.verdict = verdict
    self.words = words
    self.wait = wait
  }

  /// Reads the line in which `perftop-deliver` answers: `later 30 the server answered 503`.
  init?(line: Printable) {
    let parts = line.text.split(separator: " ", maxSplits: 2)
    guard parts.count >= 2, let verdict = Verdict(rawValue: String(parts[0])),
      let wait = Int(parts[1])
    else { return nil }
    self.init(
      verdict, Printable(parts.count > 2 ? String(parts[2]) : ""), wait: Double(max(0, wait)))
  }
}
