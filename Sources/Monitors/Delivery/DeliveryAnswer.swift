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
  /// Whether some recipients of a mail have got it, and others have not.
  public var isPartly = false
  /// Those who may get it another time.
  public var recipients: [String] = []

  /// Makes one.
  public init(_ verdict: Verdict, _ words: Printable, wait: Double = 0) {
    self.verdict = verdict
    self.words = words
    self.wait = wait
  }

  /// Reads the line in which `perftop-deliver` answers: `later 30 the server answered 503`; `partly 0 1,2 450 try later`
  /// names those of the recipients who may get it another time by their places, or nobody by `-`.
  init?(line: Printable, to recipients: [String] = []) {
    let parts = line.text.split(separator: " ", maxSplits: 2)
    if parts.count == 3, parts[0] == "partly" {
      let rest = parts[2].split(separator: " ", maxSplits: 1)
      let places = rest[0].split(separator: ",").compactMap { Int($0) }
      let left = places.filter(recipients.indices.contains).map { recipients[$0] }
      self.init(left.isEmpty ? .sent : .later, Printable(rest.count > 1 ? String(rest[1]) : ""))
      isPartly = true
      self.recipients = left
      return
    }
    guard parts.count >= 2, let verdict = Verdict(rawValue: String(parts[0])),
      let wait = Int(parts[1])
    else { return nil }
    self.init(
      verdict, Printable(parts.count > 2 ? String(parts[2]) : ""), wait: Double(max(0, wait)))
  }
}
