/// A change of level that a series did not take back: where, which way, how far, and what shows it.
public struct Shift: Sendable, Equatable {
  /// Which way it went.
  public enum Direction: String, Sendable { case up, down }

  /// The number of the sample at which it was told, the first one being 0.
  public var detectedAt: Int
  /// The number of the first sample that belongs to the new level, as far as could be seen when it was told.
  public var changedAt: Int
  /// Which way it went.
  public var direction: Direction
  /// The typical value before it.
  public var before: Double
  /// The typical value after it.
  public var after: Double
  /// How often a stretch after it lies beyond a stretch before it, 1 being always.
  public var confidence: Double
  /// The difference by its standard error.
  public var strength: Double

  /// By what share of the value before it: 0.4 is 40 % more. Infinite where the value before it was 0.
  public var magnitude: Double { after / before - 1 }

  /// How many samples after the change it took until it was told.
  public var delay: Int { detectedAt - changedAt + 1 }
}

/// What came nearest to a shift in a series that has none, and what it lacked.
public struct ShiftCandidate: Sendable, Equatable {
  /// What it lacked.
  public enum Lack: Sendable, Equatable { case strength, size, separation, persistence }

  /// The number of the sample where it would have been.
  public var place: Int
  /// The difference by its standard error.
  public var strength: Double
  /// By what share of the value before.
  public var magnitude: Double
  /// What it lacked.
  public var lack: Lack
}
