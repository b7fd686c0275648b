extension TargetSample {
  /// Writes who is being watched into the document.
  public func describe(into document: inout Document) {
    document.set("pid", .count(Int(pid)))
    document.set("name", .printable(name))
    document.set("command", .printable(command))
    document.set("state", .text(String(root.state)))
    document.set("started", .text(Units.timestamp(wall: startedWall)))
    document.set("uptime_s", .measure(uptime))
    document.set("generation", .count(generation))
    document.set("previous_end", previousEnd, else: .because("the first one watched")) {
      .printable($0)
    }
    document.set("children", .list(children.map { .count(Int($0.pid)) }))
    document.set("linked", .bool(false))
    document.set("runtime", .printable(runtime))
    document.set("threads", .count(all.reduce(0) { $0 + $1.threads }))
    document.set("descriptors", root.descriptors) { .count($0) }
    document.set("descriptor_limit", descriptorLimit.value ?? nil, else: .notYet) { .count($0) }
    document.set("uid", .integer(Int64(root.uid)))
    document.set("io", root.io) { io in
      .object([
        .init("read_bytes", .integer(Int64(clamping: io.readBytes))),
        .init("write_bytes", .integer(Int64(clamping: io.writtenBytes))),
        .init("rchar", .integer(Int64(clamping: io.readCharacters))),
        .init("wchar", .integer(Int64(clamping: io.writtenCharacters))),
      ])
    }
    document.set("cgroup", cgroup) { .printable($0.path) }
  }
}
