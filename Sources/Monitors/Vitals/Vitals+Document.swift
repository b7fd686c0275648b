extension Vitals {
  /// Writes what concerns the machine: `cpu_percent` and `pressure`, for the object `system`.
  public func describe(into document: inout Document) {
    document.set("cpu_percent", cpu) { .measure($0.percent) }
    document.nest("pressure") { pressure in
      pressure.set("cpu", cpuPressure) { .measure($0) }
      pressure.set("memory", memoryPressure) { .measure($0) }
      pressure.set("io", ioPressure) { .measure($0) }
    }
  }

  /// Writes what concerns the target: `cpu_percent` (100 is one processor) and `run_delay_percent`.
  public func describeTarget(into document: inout Document) {
    document.set("cpu_percent", targetCPU) { .measure($0.percent) }
    document.set("run_delay_percent", runDelay) { .measure($0.percent) }
  }
}
