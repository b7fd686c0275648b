extension OperationsReading {
  /// Writes the list `regressions` of a snapshot, or why there is none.
  public func describeRegressions(into root: inout Document) {
    if let absence { return root.set("regressions", missing: absence) }
    root.set("regressions", .list(regressions.map(\.json)))
  }

  /// Writes the list `operations` of a snapshot, or why there is none.
  public func describe(into root: inout Document) {
    if let absence { return root.set("operations", missing: absence) }
    let none = Absence.because("none has ended in the last minute")
    root.list("operations", rows, named: \.name.text) { row, item in
      item.set("name", .printable(row.name))
      item.set("type", .printable(row.kind))
      item.set("count", .integer(Int64(clamping: row.count)))
      item.set("active", .count(row.active))
      item.set("errors", .integer(Int64(clamping: row.errors)))
      item.set("items_per_s", row.itemsPerSecond, else: .notYet, JSONValue.measure)
      item.set("mean_s", row.mean, else: none, JSONValue.measure)
      item.set("p50_s", row.median, else: none, JSONValue.measure)
      item.set("p95_s", row.p95, else: none, JSONValue.measure)
      item.set("p99_s", row.p99, else: none, JSONValue.measure)
      item.set(
        "memory_delta_bytes", row.memoryDelta,
        else: .because("no operation of the last minute was measured"), JSONValue.measure)
      item.set("per_s", row.perSecond, else: .notYet, JSONValue.measure)
      item.set("oldest_s", row.oldest, else: .because("none is under way"), JSONValue.measure)
    }
  }
}

extension OperationRegression {
  fileprivate var json: JSONValue {
    .object([
      .init("operation", .printable(operation)), .init("what", .text(aspect.rawValue)),
      .init("since", .text(Units.timestamp(wall: since.wall))),
      .init("direction", .text(change.direction.rawValue)),
      .init("magnitude", .measure(change.magnitude)), .init("worse", .bool(isWorse)),
      .init("before", .measure(change.before)), .init("after", .measure(change.after)),
      .init("unit", .text(aspect == .latency ? "s" : countsItems ? "items/s" : "operations/s")),
      .init("confidence", .measure(change.confidence)), .init("message", .printable(words)),
    ])
  }
}
