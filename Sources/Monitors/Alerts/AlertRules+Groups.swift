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
    ("no-data", "data"),
  ]

  /// The resource that a rule of this name is about: `memory`.
  static func group(of name: String) -> String {
    resources.first { name.hasPrefix($0.beginning) }?.group ?? name
  }
}
