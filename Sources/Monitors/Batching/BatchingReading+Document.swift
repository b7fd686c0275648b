extension BatchingReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    let absence = lacks.map(Absence.because) ?? .notYet
    document.set("current_size", current, else: absence) { .count($0) }
    document.set("suggested_size", suggested, else: reasonless(absence)) { .count($0) }
    document.set("reason", reason.isEmpty ? nil : reason, else: absence) { .printable($0) }
    document.set("trial", .bool(isTrial))
    document.set("expected_gain", gain, else: lacks == nil ? .notYet : absence) {
      .measure($0.value)
    }
    document.set("cost", .printable(cost))
    document.set("throughput_items_per_s", throughput, else: idle(absence)) { .measure($0) }
    document.set("throughput_window_s", .measure(BatchWindow.throughputSpan))
    document.set("success_rate", successRate, else: idle(absence)) { .measure($0.value) }
    document.set("success_window_s", .measure(BatchWindow.successSpan))
    document.set("batches", .integer(Int64(clamping: batches)))
    document.set("batch_memory_bytes", memory, else: untold(absence)) { .bytes($0) }
    document.set("memory_limit_bytes", memoryLimit, else: unbound(absence)) { .bytes($0) }
    document.set(
      "throughput_fallen", .measure(fallen?.value ?? 0))
    document.set("sizes", .list(sizes.map(\.json)))
    document.set("status", .text(severity.rawValue))
  }

  private func reasonless(_ absence: Absence) -> Absence {
    lacks == nil && !reason.isEmpty ? .because(reason) : absence
  }

  private func idle(_ absence: Absence) -> Absence {
    lacks == nil ? .because("no batch ended lately") : absence
  }

  private func untold(_ absence: Absence) -> Absence {
    lacks == nil ? .because("batches do not tell what memory they take") : absence
  }

  private func unbound(_ absence: Absence) -> Absence {
    lacks == nil ? .because("memory does not bind") : absence
  }
}

extension BatchSizeReading {
  fileprivate var json: JSONValue {
    var fields: [JSONValue.Field] = [
      .init("size", .count(size)), .init("throughput_items_per_s", .measure(throughput)),
      .init("weight", .measure(count)),
    ]
    if let memory { fields.append(.init("memory_bytes", .bytes(memory))) }
    return .object(fields)
  }
}
