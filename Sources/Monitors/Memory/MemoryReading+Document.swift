extension MemoryReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    document.set("rss_bytes", resident) { .bytes($0) }
    document.set("pss_bytes", proportional) { .bytes($0) }
    document.set("swap_bytes", swapped) { .bytes($0) }
    document.set("anonymous_bytes", anonymous) { .bytes($0) }
    document.set("file_bytes", file) { .bytes($0) }
    document.set("shared_bytes", shared) { .bytes($0) }
    document.set("private_bytes", owned) { .bytes($0) }
    let unlimited = owned.absence ?? .because("no limit is known")
    document.set("limit_bytes", limit, else: unlimited) { .bytes($0.bytes) }
    document.set("limit_origin", limit, else: unlimited) { .printable($0.origin) }
    document.set("left_bytes", left, else: unlimited) { .bytes($0) }
    document.set("used_ratio", used, else: unlimited) { .measure($0.value) }
    document.set("growth_bytes_per_s", growth) { .rate($0) }
    document.set("major_faults_per_s", majorFaults, else: owned.absence ?? .notYet) { .measure($0) }
    document.set("oom_kills", .integer(Int64(clamping: oomKills)))
    document.set("processes", .count(processes))
    describeVerdicts(into: &document)
    document.set("growing", .list(growing.map(\.json)))
    document.set("mappings", mappingsRead) { _ in .list(mappings.prefix(16).map(\.json)) }
    let unlinked = Absence.because("the target is not linked")
    document.nest("heap") { heap in
      for name in ["used_bytes", "objects", "collections"] { heap.set(name, missing: unlinked) }
    }
    document.set("status", .text(severity.rawValue))
    document.set("headline", .printable(headline))
  }

  private func describeVerdicts(into document: inout Document) {
    let later = Absence.because("not judged by this version")
    document.nest("leak") { leak in
      for name in ["verdict", "slope_bytes_per_s", "confidence", "since"] {
        leak.set(name, missing: later)
      }
    }
    document.nest("exhaustion") { exhaustion in
      for name in ["in_s", "low_s", "high_s"] { exhaustion.set(name, missing: later) }
    }
  }
}

extension MappingGrowth {
  /// Of one that was not seen often enough the growth is left out: a reason for each would drown all others.
  fileprivate var json: JSONValue {
    let known = growth.map { [JSONValue.Field("growth_bytes_per_s", .rate($0))] } ?? []
    return .object(
      [
        .init("mapping", .printable(name)), .init("owned_bytes", .bytes(owned)),
        .init("rss_bytes", .bytes(resident)),
      ] + known)
  }
}
