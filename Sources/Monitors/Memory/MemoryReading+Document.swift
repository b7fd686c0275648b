extension MemoryReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    document.set("rss_bytes", resident, JSONValue.bytes)
    document.set("pss_bytes", proportional, JSONValue.bytes)
    document.set("swap_bytes", swapped, JSONValue.bytes)
    document.set("limit_bytes", limit, else: noLimit) { .bytes($0.bytes) }
    document.set("growth_bytes_per_s", growth, JSONValue.rate)
    document.nest("leak") { leak.describe(into: &$0) }
    document.nest("exhaustion") { exhaustion.describe(into: &$0, leak: leak) }
    describeMappings(into: &document)
    document.nest("heap") { heap.describe(into: &$0) }
    document.set("status", .text(severity.rawValue))
    describeParts(into: &document)
  }

  /// Why there is nothing about the heap.
  public static let noHeap = Absence.because("the target is not linked")
  private var noLimit: Absence {
    owned.value == nil
      ? owned.absence ?? .notYet : .because("nothing limits it that could be read")
  }

  private func describeMappings(into document: inout Document) {
    document.set("growing", .list(growing.map(\.document)))
    if let absence = mappingsRead.absence {
      document.set("mappings", missing: absence)
      return
    }
    document.set("mappings", .list(mappings.map(\.document)))
  }

  private func describeParts(into document: inout Document) {
    document.set("headline", .printable(headline))
    document.set("private_bytes", owned, JSONValue.bytes)
    document.set("anonymous_bytes", anonymous, JSONValue.bytes)
    document.set("file_bytes", file, JSONValue.bytes)
    document.set("shared_bytes", shared, JSONValue.bytes)
    document.set("limit_origin", limit, else: noLimit) { .printable($0.origin) }
    document.set("left_bytes", left, else: noLimit, JSONValue.bytes)
    document.set("used_ratio", used, else: noLimit) { .measure($0.value) }
    document.set("major_faults_per_s", majorFaults, else: .notYet, JSONValue.measure)
    document.set("oom_kills", .integer(Int64(clamping: oomKills)))
    document.set("processes", .count(processes))
    document.nest("descriptor_leak") { descriptorLeak.describe(into: &$0) }
    document.nest("thread_leak") { threadLeak.describe(into: &$0) }
  }
}

extension MappingGrowth {
  fileprivate var document: JSONValue {
    .object([
      .init("mapping", .printable(name)),
      .init("growth_bytes_per_s", growth.map(JSONValue.rate) ?? .null),
      .init("private_bytes", .bytes(owned)),
      .init("rss_bytes", .bytes(resident)),
    ])
  }
}
