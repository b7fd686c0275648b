/// Makes the strip above the panes out of each sample.
public struct VitalsMonitor: Sendable {
  private var machine = ProcessorShare()
  private var target: ProcessorUse

  /// Starts without a history; `ticksPerSecond` is the unit of the kernel's processor times.
  public init(ticksPerSecond: Double = 100) {
    target = ProcessorUse(ticksPerSecond: ticksPerSecond)
  }

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> Vitals {
    var vitals = Vitals()
    vitals.cpu = machine.update(sample.system, at: sample.moment)
    let shares = target.update(sample.target, at: sample.moment)
    vitals.targetCPU = shares.running
    vitals.runDelay = shares.waiting
    vitals.memory = sample.system.memoryUsed
    vitals.cpuPressure = sample.system.cpuPressure.map(\.some10)
    vitals.memoryPressure = sample.system.memoryPressure.map(\.some10)
    vitals.ioPressure = sample.system.ioPressure.map(\.some10)
    return vitals
  }
}
