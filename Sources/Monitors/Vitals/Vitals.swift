/// The strip above the panes: what everybody wants to know first, and belongs to none of the six.
public struct Vitals: Sendable, Equatable {
  /// Share of all processors that was busy.
  public var cpu: Measured<Ratio> = .missing(.notYet)
  /// Processor share of the target and its children, 1 being one processor.
  public var targetCPU: Measured<Ratio> = .missing(.notYet)
  /// Share of wall time the target's threads were ready and had to wait for a processor.
  public var runDelay: Measured<Ratio> = .missing(.notYet)
  /// Share of the machine's memory in use.
  public var memory: Measured<Ratio> = .missing(.notYet)
  /// Stalls for want of a processor, percent of the last 10 s.
  public var cpuPressure: Measured<Double> = .missing(.notYet)
  /// Stalls for want of memory, percent of the last 10 s.
  public var memoryPressure: Measured<Double> = .missing(.notYet)
  /// Stalls for storage, percent of the last 10 s.
  public var ioPressure: Measured<Double> = .missing(.notYet)

  /// Knows nothing yet.
  public init() {}
}
