/// What alerts are judged from: the sample, the strip and the five other readings of one tick.
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

  /// What was measured.
  public var sample: Sample
  /// Seconds between samples, as they are meant to come.
  public var interval: Double
  /// What is there of the target.
  public var target: Target
  /// The strip.
  public var vitals: Vitals
  /// The reading of that word.
  public var memory: MemoryReading
  /// The reading of that word.
  public var storage: StorageReading
  /// The reading of that word.
  public var batching: BatchingReading
  /// The reading of that word.
  public var quality: QualityReading
  /// The reading of that word.
  public var thermal: ThermalReading
  /// What the target's operations cost, where it is linked.
  public var operations: OperationsReading
  /// What is thought of it all together.
  public var judgement: JudgementReading

  /// Brings them together; what is left out knows nothing.
  public init(
    sample: Sample, interval: Double, target: Target, vitals: Vitals = Vitals(),
    memory: MemoryReading = MemoryReading(), storage: StorageReading = StorageReading(),
    batching: BatchingReading = BatchingReading(), quality: QualityReading = QualityReading(),
    thermal: ThermalReading = ThermalReading(),
    operations: OperationsReading = OperationsReading(),
    judgement: JudgementReading = JudgementReading()
  ) {
    self.sample = sample
    self.interval = interval
    self.target = target
    self.vitals = vitals
    self.memory = memory
    self.storage = storage
    self.batching = batching
    self.quality = quality
    self.thermal = thermal
    self.operations = operations
    self.judgement = judgement
  }
}
