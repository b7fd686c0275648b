extension Measured<LinkSample> {
  /// Writes `components`, `caches` and `gauges` of a snapshot, or why there are none.
  func describe(into root: inout Document, judgement: JudgementReading) {
    guard let link = value else {
      let absence = absence ?? .notYet
      for name in ["components", "caches", "gauges"] { root.set(name, missing: absence) }
      return
    }
    root.list("components", link.components, named: \.name.text) { component, item in
      component.describe(into: &item, efficiency: judgement.efficiency(of: component.name))
    }
    root.list("caches", link.caches, named: \.name.text) { cache, item in
      cache.describe(into: &item)
    }
    let gauges = link.gauges.map { JSONValue.Field($0.name.text, .measure($0.value)) }
    root.set("gauges", .object(gauges))
  }
}

extension Absence {
  fileprivate static let untold = Absence.because("the program does not tell")
}

extension ComponentSample {
  fileprivate func describe(into document: inout Document, efficiency: Ratio?) {
    document.set("name", .printable(name))
    document.set("priority", .count(priority))
    document.set("fps", framesPerSecond, else: .untold, JSONValue.measure)
    document.set("latency_ms", latency, else: .untold) { .measure($0 * 1000) }
    document.set("queue", queue, else: .untold, JSONValue.measure)
    document.set("efficiency", efficiency, else: .notYet) { .measure($0.value) }
    document.set("age_s", .measure(age))
  }
}

extension CacheSample {
  fileprivate func describe(into document: inout Document) {
    let count = { (value: UInt64) in JSONValue.integer(Int64(clamping: value)) }
    document.set("name", .printable(name))
    document.set("bytes", bytes, else: .untold, JSONValue.bytes)
    document.set("entries", entries, else: .untold, count)
    document.set("hits", hits, else: .untold, count)
    document.set("misses", misses, else: .untold, count)
    document.set("evictable", .bool(isEvictable))
    if let inUse { document.set("in_use", count(inUse)) }
  }
}
