extension AlertsReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    document.set("active", .list(active.map { .object($0.fields) }))
    document.set("rules", .count(rules))
    document.set("status", .text(severity.rawValue))
    document.set("new_in_10_min", .count(newLately))
    document.set("unwatched", .list(unwatched.map(JSONValue.printable)))
  }
}

extension Alert {
  /// The alert as it is promised to everyone outside.
  public var fields: [JSONValue.Field] {
    [
      JSONValue.Field("id", .text(id)),
      JSONValue.Field("rule", .text(rule)),
      JSONValue.Field("severity", .text(severity.rawValue)),
      JSONValue.Field("category", .text(category.rawValue)),
      JSONValue.Field("state", .text(state.rawValue)),
      JSONValue.Field("since", .text(Units.timestamp(wall: since.wall))),
      JSONValue.Field("fired", Alert.time(firedAt)),
      JSONValue.Field("clearing_since", Alert.time(clearingSince)),
      JSONValue.Field("value", .measure(value)),
      JSONValue.Field("worst_value", .measure(worst)),
      JSONValue.Field("threshold", .measure(threshold)),
      JSONValue.Field("message", .printable(message)),
      JSONValue.Field("actions", .list(actions.map(JSONValue.printable))),
      JSONValue.Field("acknowledged_by", acknowledgedBy.map(JSONValue.printable) ?? .null),
      JSONValue.Field("acknowledged_at", Alert.time(acknowledgedAt)),
      JSONValue.Field("shelved_by", shelvedBy.map(JSONValue.printable) ?? .null),
      JSONValue.Field("shelved_until", Alert.time(shelvedUntil)),
      JSONValue.Field("ended", Alert.time(ended)),
      JSONValue.Field("count", .count(count)),
      JSONValue.Field("latched", .bool(isLatched)),
      JSONValue.Field("note", note.map(JSONValue.printable) ?? .null),
      JSONValue.Field("group", .text(group)),
      JSONValue.Field("label", label.isEmpty ? .null : .text(label)),
      JSONValue.Field("subject", subject.document),
    ]
  }

  private static func time(_ moment: Moment?) -> JSONValue {
    moment.map { .text(Units.timestamp(wall: $0.wall)) } ?? .null
  }
}

extension AlertSubject {
  /// `"machine"`, or the process.
  fileprivate var document: JSONValue {
    switch self {
    case .machine: .text("machine")
    case .process(let pid, let startTicks):
      .object([
        .init("pid", .integer(Int64(pid))),
        .init("start_ticks", .integer(Int64(clamping: startTicks))),
      ])
    }
  }
}
