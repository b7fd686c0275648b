extension BatchingReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    let absence = lacks.map(Absence.because) ?? .notYet
    for name in [
      "current_size", "suggested_size", "reason", "throughput_items_per_s", "success_rate",
    ] {
      document.set(name, missing: absence)
    }
    document.set("status", .text(severity.rawValue))
  }
}
