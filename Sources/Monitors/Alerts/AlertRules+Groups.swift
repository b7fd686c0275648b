extension AlertRules {
  /// What the usual rules are about, by how their names begin; the first that fits counts.
  private static let resources: [(beginning: String, group: String)] = [
    ("memory", "memory"), ("oom-kill", "memory"), ("heap", "memory"), ("batch-memory", "memory"),
    ("system-memory", "memory"), ("machine-oom", "memory"), ("cpu", "cpu"), ("disk", "storage"),
    ("inodes", "storage"), ("storage", "storage"), ("parquet", "storage"),
    ("filesystem", "storage"), ("thermal", "thermal"), ("throttl", "thermal"), ("power", "power"),
    ("fd-leak", "descriptors"), ("descriptors", "descriptors"), ("thread", "threads"),
    ("batch", "batching"), ("operation", "operations"), ("target-pressure", "pressure"),
    ("pressure", "pressure"), ("target", "target"), ("bottleneck", "score"), ("score", "score"),
    ("no-data", "data"), ("no-target-data", "data"),
  ]

  /// The resource that a rule of this name is about: `memory`.
  static func group(of name: String) -> String {
    resources.first { name.hasPrefix($0.beginning) }?.group ?? name
  }

  /// What a metric is about, where that is not how its path begins.
  private static let metrics: [(beginning: String, group: String)] = [
    ("system.cpu", "cpu"), ("system.load", "cpu"), ("system.memory", "memory"),
    ("system.swap", "memory"), ("system.oom", "memory"), ("system.disks", "storage"),
    ("system.gpus", "gpu"), ("system.pressure.cpu", "cpu"), ("system.pressure.memory", "memory"),
    ("system.pressure.io", "storage"), ("target.fds", "descriptors"),
    ("target.threads", "threads"), ("storage.open_files", "descriptors"),
    ("memory.heap", "memory"), ("memory.descriptor", "descriptors"),
    ("memory.thread", "threads"),
  ]

  /// The resource that a metric is about: `memory`; each gauge of a program is one of its own.
  static func group(ofMetric path: String) -> String {
    if path.hasPrefix("gauges") { return path }
    return metrics.first { path.hasPrefix($0.beginning) }?.group
      ?? String(path.prefix { $0 != "." && $0 != "[" })
  }
}
