extension JSONValue {
  /// A counter; what no reader could hold is the most that one can.
  static func counter(_ value: UInt64) -> JSONValue { .integer(Int64(clamping: value)) }
}

extension OperationNews {
  func json(at now: Int64) -> JSONValue {
    var fields: [JSONValue.Field] = [.init("name", .text(name))]
    if !kind.isEmpty { fields.append(.init("type", .text(kind))) }
    fields += [
      .init("count", .counter(count)), .init("errors", .counter(errors)),
      .init("items", .measure(items)), .init("seconds", .number(seconds)),
      .init("active", .count(active)),
    ]
    if let oldest { fields.append(.init("oldest_s", .number(Double(max(0, now - oldest)) / 1e9))) }
    if measured > 0 {
      fields.append(.init("memory_bytes", .integer(memory)))
      fields.append(.init("memory_samples", .counter(measured)))
    }
    if !buckets.isEmpty {
      let counts = buckets.map { JSONValue.Field(String($0.bucket), .counter($0.count)) }
      fields.append(.init("buckets", .object(counts)))
    }
    return .object(fields)
  }
}

extension BatchSample {
  var json: JSONValue {
    var fields: [JSONValue.Field] = [
      .init("size", .measure(size)), .init("seconds", .measure(seconds)),
      .init("items", .measure(items)),
    ]
    if let memory { fields.append(.init("memory_bytes", .bytes(memory))) }
    fields.append(.init("ok", .bool(isDone)))
    if isOutOfMemory { fields.append(.init("oom", .bool(true))) }
    return .object(fields)
  }
}

extension LinkBook.Told<LinkBook.Component> {
  func json(at now: Int64) -> JSONValue {
    var fields: [JSONValue.Field] = [
      .init("name", .text(name)), .init("priority", .count(value.priority)),
    ]
    let told = [
      ("fps", value.framesPerSecond), ("latency_ms", value.latencyMilliseconds),
      ("queue", value.queue),
    ]
    for (name, number) in told {
      if let number { fields.append(.init(name, .measure(number))) }
    }
    fields.append(.init("age_s", .number(Double(max(0, now - value.at)) / 1e9)))
    return .object(fields)
  }
}

extension LinkBook.Event {
  var json: JSONValue {
    .object(
      [
        .init("at", .measure(at)), .init("who", .text(who)), .init("action", .text(action)),
        .init("outcome", .text(outcome)),
      ] + (id.map { [.init("id", .text($0))] } ?? []))
  }
}
