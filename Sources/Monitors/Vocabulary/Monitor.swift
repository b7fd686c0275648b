/// Judges one aspect of what was measured; keeps its own bounded history and nothing else.
///
/// A monitor reads no file, no clock and no random number, so a test is "feed samples, look at the reading".
public protocol Monitor: Sendable {
  /// What it judges: a sample; the readings of the others for alerts.
  associatedtype Input: Sendable = Sample
  /// What it concludes.
  associatedtype Output: Reading
  /// What a person can set.
  associatedtype Settings: Sendable & Equatable

  /// Which of the six it is.
  static var word: Word { get }
  /// Starts without a history.
  init(_ settings: Settings)
  /// Takes one input in and says what it means.
  mutating func judge(_ input: Input) -> Output
  /// Goes by other settings from now on, without forgetting anything.
  mutating func configure(_ settings: Settings)
}

/// A judgement that every consumer can read without knowing which of the six it is.
public protocol Reading: Sendable, Equatable {
  /// How bad it is.
  var severity: Severity { get }
  /// One sentence that says what matters most.
  var headline: Printable { get }
  /// Writes every fact into the object that `snapshot --json`, the recording and all others carry.
  func describe(into document: inout Document)
}
