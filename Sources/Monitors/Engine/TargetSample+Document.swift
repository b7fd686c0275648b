extension TargetSample {
  /// Writes the object `target` of a snapshot.
  public func describe(into document: inout Document, isLinked: Bool = false) {
    document.set("pid", .integer(Int64(pid)))
    document.set("name", .printable(name))
    document.set("command", .printable(command))
    document.set("state", .printable(root.stateWord))
    document.set("started", .text(Units.timestamp(wall: startedWall)))
    document.set("generation", .count(generation))
    document.set("children", .list(children.map(\.document)))
    document.set("linked", .bool(isLinked))
    document.set("runtime", .printable(runtime))
    document.set("uptime", .measure(uptime))
    document.set("threads", .count(root.threads))
    document.set("fds", root.descriptors, JSONValue.count)
    document.set("uid", .integer(Int64(root.uid)))
    document.set(
      "previous_end", previousEnd, else: .because("none has ended while it was watched"),
      JSONValue.printable)
    document.set("children_left_out", .count(leftOut))
  }
}

extension ProcessSample {
  /// One child of the target.
  fileprivate var document: JSONValue {
    .object([
      .init("pid", .integer(Int64(pid))), .init("name", .printable(name)),
      .init("parent", .integer(Int64(parent))), .init("state", .printable(stateWord)),
      .init("threads", .count(threads)),
      .init("rss_bytes", resident.value.map(JSONValue.bytes) ?? .null),
    ])
  }
}
