extension StorageReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    document.set("read_bytes_per_s", readRate, JSONValue.rate)
    document.set("write_bytes_per_s", writeRate, JSONValue.rate)
    document.set("write_call_bytes_per_s", writeCallRate, JSONValue.rate)
    if let filesAbsence, formats.isEmpty {
      document.set("formats", missing: filesAbsence)
    } else {
      document.set("formats", .list(formats.map(StorageReading.describe)))
    }
    document.set(
      "open_files", filesAbsence == nil ? descriptors : nil, else: filesAbsence ?? .notYet
    ) {
      .count($0)
    }
    if let filesAbsence {
      document.set("files", missing: filesAbsence)
    } else {
      document.set("files", .list(files.map(StorageReading.describe)))
    }
    document.set(
      "coverage", coverage, else: unseen ?? .because("next to nothing is written")
    ) {
      .measure($0.value)
    }
    if let stall {
      document.set(
        "stall",
        .object([
          .init("seconds", .measure(stall.seconds)), .init("evidence", .printable(stall.evidence)),
        ]))
    } else {
      document.set("stall", missing: unseen ?? .because("not stalled"))
    }
    describeSlowDowns(into: &document)
    describeFilesystems(into: &document)
    document.set("caveats", .list(caveats.map(JSONValue.printable)))
    document.set("headline", .printable(headline))
    document.set("status", .text(severity.rawValue))
  }

  /// Why nothing can be said about what flows and what does not.
  var unseen: Absence? { filesAbsence ?? writeRate.absence }

  private static func describe(_ format: FormatRate) -> JSONValue {
    .object([
      .init("format", .printable(format.format)), .init("files", .count(format.files)),
      .init("write_bytes_per_s", .rate(format.writeRate)),
      .init("written_bytes", .bytes(format.written)),
    ])
  }

  private static func describe(_ rate: FileRate) -> JSONValue {
    let file = rate.file
    return .object([
      .init("path", .printable(file.path)), .init("format", .printable(file.format)),
      .init("size_bytes", .bytes(file.size)), .init("written", .bool(file.isWritten)),
      .init("deleted", .bool(file.isDeleted)), .init("pid", .integer(Int64(file.pid))),
      .init("write_bytes_per_s", .rate(rate.writeRate)),
      .init("read_bytes_per_s", .rate(rate.readRate)),
      .init("progress", rate.progress.map { .measure($0.value) } ?? .null),
    ])
  }

  private func describeSlowDowns(into document: inout Document) {
    if let slowDownsAbsence {
      document.set("slowdowns", missing: slowDownsAbsence)
    } else {
      document.set("slowdowns", .list(slowDowns.map(StorageReading.describe)))
    }
  }

  private static func describe(_ slow: StorageSlowDown) -> JSONValue {
    .object([
      .init("format", .printable(slow.format)), .init("size_bytes_from", .bytes(slow.least)),
      .init("since", .text(Units.timestamp(wall: slow.since.wall))),
      .init("magnitude", .measure(slow.change.magnitude)),
      .init("before_bytes_per_s", .measure(slow.change.before)),
      .init("after_bytes_per_s", .measure(slow.change.after)),
      .init("confidence", .measure(slow.change.confidence)),
      .init("message", .printable(slow.words)),
    ])
  }

  /// The room of one that does not answer is null, and the reason stands under its place in the list.
  private func describeFilesystems(into document: inout Document) {
    var all: [JSONValue] = []
    for filesystem in filesystems {
      var fields: [JSONValue.Field] = [
        .init("mount", .printable(filesystem.mount)), .init("type", .printable(filesystem.kind)),
      ]
      let space = filesystem.space.value
      fields += [
        .init("total_bytes", space.map { .bytes($0.total) } ?? .null),
        .init("available_bytes", space.map { .bytes($0.available) } ?? .null),
        .init("inodes", space.map { .integer(Int64(clamping: $0.inodes)) } ?? .null),
        .init("inodes_free", space.map { .integer(Int64(clamping: $0.inodesFree)) } ?? .null),
        .init("stale", .bool(filesystem.space.isStale)),
        .init("reason", filesystem.space.absence.map { .printable($0.sentence) } ?? .null),
      ]
      all.append(.object(fields))
    }
    document.set("filesystems", .list(all))
  }
}
