import Monitors

/// Storage: what flows, into which formats and files, and how much room there is.
struct StoragePane: Pane {
  static let word = Word.storage
  let reading: StorageReading
  let context: PaneContext

  var severity: Severity { reading.severity }

  var brief: [Printable] {
    if let reason = context.noTarget { return [reason] }
    let write = reading.writeRate.value.map { "write \($0.text)" as Printable }
    let read = reading.readRate.value.map { "read \($0.text)" as Printable }
    let rates = [write, read].compactMap { $0 }
    return rates.isEmpty ? [reading.writeRate.absence?.sentence ?? ""] : rates
  }

  var content: PaneContent {
    let isEmpty = reading.writeRate.value == nil && reading.files.isEmpty
    if let reason = context.noTarget, isEmpty {
      return PaneContent(noTarget: reason, graphs: graphs)
    }
    return PaneContent(
      headline: .headline(reading.headline, severity), figures: figures, lines: lines,
      meters: meters, table: formats, graphs: graphs, sections: context.isZoomed ? sections : [])
  }

  private var figures: [Figure] {
    [
      Figure("write", reading.writeRate, \.text),
      Figure("read", reading.readRate, \.text),
      Figure("calls", reading.writeCallRate, \.text),
      Figure(
        "in files", reading.coverage.map { Label($0.text) } ?? Label(uncovered, .dim)),
      Figure(
        "open files",
        reading.filesAbsence.map { Label($0.brief, .dim) } ?? Label("\(openFiles)")),
      Figure("formats", formatCount),
    ]
  }

  private var openFiles: Int { max(reading.descriptors, reading.files.count) }

  private var formatCount: Label {
    if reading.formats.isEmpty, let absence = reading.filesAbsence {
      return Label(absence.brief, .dim)
    }
    return Label("\(reading.formats.count)")
  }

  private var uncovered: Printable {
    if let absence = reading.filesAbsence ?? reading.writeRate.absence { return absence.brief }
    return reading.writeCallRate.value?.value ?? 0 > 0 ? "little" : "idle"
  }

  private var lines: [Label] {
    var lines: [Label] = []
    if let stall = reading.stall {
      lines.append(
        Label(
          "stalled for \(Printable.age(seconds: stall.seconds)): \(stall.evidence)",
          severity > .info ? severity.role : .severity(.warning)))
    }
    lines += reading.slowDowns.prefix(context.isZoomed ? 8 : 1).map {
      Label($0.words, .severity(.warning))
    }
    if let absence = reading.filesAbsence, !reading.headline.text.contains("can't be seen") {
      lines.append(Label("files: \(absence.sentence)", .dim))
    }
    guard context.isZoomed || lines.isEmpty else { return lines }
    return lines + reading.caveats.map { Label($0, .dim) }
  }

  private var meters: [PaneContent.Meter] {
    reading.filesystems.prefix(context.isZoomed ? 8 : 2).map { filesystem in
      let share = filesystem.space.map { space in
        space.total.count > 0
          ? 1 - Double(space.available.count) / Double(space.total.count) : 0
      }
      let free = filesystem.space.value.map { "\($0.available.text) free" } ?? ""
      return .init(
        name: filesystem.mount, share: share, value: Printable(free), gradient: .storageWrite)
    }
  }

  private var formats: Table? {
    guard !reading.formats.isEmpty else { return nil }
    return StoragePane.table(reading.formats.prefix(6))
  }

  private static func table(_ formats: some Collection<FormatRate>) -> Table {
    Table(
      columns: [
        .init("format", 8, flexible: true), .init("files", 5, rank: 2, right: true),
        .init("written", 8, rank: 1, right: true), .init("writes", 10, right: true),
      ],
      rows: formats.map { format in
        let role: Role = format.writeRate.value > 0 ? .text : .dim
        return Table.Row([
          Label(format.format), Label("\(format.files)"), Label(format.written.text),
          Label(format.writeRate.text, role),
        ])
      })
  }

  private var graphs: [Graph] {
    [
      Graph(
        series: reading.writeHistory, unit: .bytesPerSecond, gradient: .storageWrite,
        scale: .fromZero(atLeast: 10_000), name: "write"),
      Graph(
        series: reading.readHistory, unit: .bytesPerSecond, gradient: .storageRead,
        scale: .fromZero(atLeast: 10_000), name: "read"),
    ]
  }

  private var sections: [PaneContent.Section] {
    var sections: [PaneContent.Section] = []
    if let formats = reading.formats.isEmpty ? nil : StoragePane.table(reading.formats) {
      sections.append(.init(title: "Formats", table: formats))
    }
    if !reading.files.isEmpty { sections.append(.init(title: "Files", table: files)) }
    if !reading.filesystems.isEmpty {
      sections.append(.init(title: "Filesystems", table: filesystems))
    }
    let events = PaneContent.Section(marks: context.marks, now: context.now)
    return sections + [.init(missing: missing), events].compactMap { $0 }
  }

  private var files: Table {
    Table(
      columns: [
        .init("file", 16, flexible: true), .init("format", 8, rank: 2),
        .init("pid", 7, rank: 4, right: true), .init("open to", 7, rank: 5),
        .init("size", 8, rank: 1, right: true),
        .init("done", 5, rank: 3, right: true), .init("reads", 10, rank: 1, right: true),
        .init("writes", 10, right: true),
      ],
      rows: reading.files.map { file in
        let name: Printable = file.file.isDeleted ? "\(file.file.path) (deleted)" : file.file.path
        let role: Role = file.file.isWritten ? .text : .dim
        return Table.Row([
          Label(name, role, keepsEnd: true), Label(file.file.format, .dim),
          Label("\(file.file.pid)", .dim), Label(file.file.isWritten ? "write" : "read", .dim),
          Label(file.file.size.text), Label(file.progress?.text ?? "", .dim),
          Label(file.readRate.value > 0 ? file.readRate.text : "", .text),
          Label(file.writeRate.value > 0 ? file.writeRate.text : "", .text),
        ])
      })
  }

  private var filesystems: Table {
    Table(
      columns: [
        .init("mounted at", 12, flexible: true), .init("type", 8, rank: 1),
        .init("free", 8, right: true), .init("size", 8, rank: 1, right: true),
        .init("inodes free", 11, rank: 2, right: true),
      ],
      rows: reading.filesystems.map { filesystem in
        guard let space = filesystem.space.value else {
          let reason = filesystem.space.absence?.sentence ?? ""
          return Table.Row([
            Label("\(filesystem.mount): \(reason)", .severity(.stale)),
            Label(filesystem.kind, .dim),
          ])
        }
        let inodes: Printable =
          space.inodes > 0 ? Printable(Units.scaled(Double(space.inodesFree), unit: "")) : "any"
        let isStale = filesystem.space.isStale
        let mount: Printable = isStale ? "\(filesystem.mount) ?" : filesystem.mount
        return Table.Row([
          Label(mount, isStale ? .severity(.stale) : .text), Label(filesystem.kind, .dim),
          Label(space.available.text),
          Label(space.total.text), Label(inodes),
        ])
      })
  }

  private var missing: [(name: Printable, absence: Absence?)] {
    [
      ("write rate", reading.writeRate.absence), ("read rate", reading.readRate.absence),
      ("write calls", reading.writeCallRate.absence), ("files", reading.filesAbsence),
    ]
  }
}
