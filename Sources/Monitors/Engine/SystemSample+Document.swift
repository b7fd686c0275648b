extension SystemSample {
  /// Writes the machine's facts into the object `system`; the share of processors busy needs two samples, so it is given.
  public func describe(into document: inout Document, cpu: Measured<Ratio>) {
    document.set("cpu_percent", cpu) { .measure($0.percent) }
    document.set("processors", .count(processors))
    document.set("load", load) { .measure($0) }
    document.set("memory_total_bytes", memoryTotal) { .bytes($0) }
    document.set("memory_available_bytes", memoryAvailable) { .bytes($0) }
    document.set("swap_total_bytes", swapTotal) { .bytes($0) }
    document.set("swap_free_bytes", swapFree) { .bytes($0) }
    document.set("oom_kills", oomKills) { .integer(Int64(clamping: $0)) }
    document.nest("pressure") { inner in
      inner.set("cpu", cpuPressure) { .measure($0.some10) }
      inner.set("memory", memoryPressure) { .measure($0.some10) }
      inner.set("io", ioPressure) { .measure($0.some10) }
    }
    switch gpus {
    case .missing(let absence): document.set("gpus", missing: absence)
    case .fresh(let all), .stale(let all, _):
      document.list("gpus", all, named: \.name.text) { gpu, item in gpu.describe(into: &item) }
    }
  }
}

extension GPUSample {
  /// Writes one processor's facts.
  func describe(into document: inout Document) {
    document.set("name", .printable(name))
    document.set("source", .printable(source))
    document.set("utilization_percent", utilization) { .measure($0.percent) }
    document.set("memory_used_bytes", memoryUsed) { .bytes($0) }
    document.set("memory_total_bytes", memoryTotal) { .bytes($0) }
    document.set("celsius", temperature) { .measure($0.degrees) }
    document.set("watts", watts) { .measure($0) }
    document.set("megahertz", megahertz) { .measure($0) }
    document.set("throttle_reasons", .list(throttleReasons.map { .printable($0) }))
  }
}
