/// What alerts are judged from in one tick.
public struct AlertsInput: Sendable {
  /// What is there of the target.
  public enum Target: Sendable, Equatable {
    /// Only the machine is watched.
    case none
    /// It runs and is watched.
    case watched
    /// It is not there yet.
    case awaited
    /// It has ended: who it was, and how in words; `isFailure` is `nil` where nobody can say.
    case ended(who: Printable, how: Printable, isFailure: Bool?)
  }

  /// What was measured, and what each monitor made of it.
  public var readings: Readings
  /// What is there of the target.
  public var target: Target
  /// What is thought of it all together.
  public var judgement: JudgementReading

  /// Brings them together.
  public init(
    _ readings: Readings, target: Target, judgement: JudgementReading = JudgementReading()
  ) {
    self.readings = readings
    self.target = target
    self.judgement = judgement
  }
}
