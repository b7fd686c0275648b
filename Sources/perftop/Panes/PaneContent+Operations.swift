import Monitors

extension PaneContent {
  /// What the target does, as it tells it itself.
  init(operationsOf snapshot: Snapshot) {
    let reading = snapshot.operations
    if let absence = reading.absence {
      self.init(headline: Label("no operations: \(absence.sentence)"))
      let isLinked = absence.sentence.text.hasPrefix("linked")
      let words: Printable =
        isLinked
        ? "what it should say: docs/LINK.md" : "a linked program tells of each: perftop(1) LINKING"
      lines = [Label(words, .dim)]
      return
    }
    self.init(headline: PaneContent.headline(reading))
    let changes = reading.regressions.map(PaneContent.label)
    lines = Array(changes.prefix(PaneContent.changesAbove))
    if changes.count > lines.count {
      sections.append(Section("Changed too", lines: Array(changes.dropFirst(lines.count))))
    }
    let active = reading.rows.filter { $0.active > 0 }
      .sorted { ($0.oldest ?? 0) > ($1.oldest ?? 0) }
    if !active.isEmpty {
      sections.append(Section(title: "Under way", table: PaneContent.table(active: active)))
    }
    let rows = reading.rows.sorted { ($0.perSecond ?? 0) > ($1.perSecond ?? 0) }
    if !rows.isEmpty {
      sections.append(Section(title: PaneContent.operationsTitle, table: PaneContent.table(rows)))
    }
    sections += PaneContent.parts(of: snapshot)
  }

  private static let changesAbove = 3
  private static let operationsTitle: Printable =
    "Over the last minute; count and errors since it began"

  private static func label(_ change: OperationRegression) -> Label {
    Label(change.words, change.isWorse ? .severity(.warning) : .text)
  }

  private static func headline(_ reading: OperationsReading) -> Label {
    let count = reading.rows.count
    guard count > 0 else { return Label("linked, but it has told of no operation yet") }
    let active = reading.rows.reduce(0) { $0 + $1.active }
    let errors = reading.rows.reduce(0) { $0 + $1.errors }
    var words = "\(count) \(count == 1 ? "operation" : "operations"), \(active) under way"
    if errors > 0 { words += ", \(errors) \(errors == 1 ? "error" : "errors")" }
    if reading.overflow > 0 { words += ", \(reading.overflow) records of names too many" }
    return Label(Printable(words), errors > 0 ? .severity(.warning) : .text)
  }

  private static func table(active rows: [OperationRow]) -> Table {
    Table(
      columns: [
        .init("operation", 16, flexible: true), .init("under way", 9, right: true),
        .init("oldest", 9, right: true), .init("usual", 9, rank: 1, right: true),
      ],
      rows: rows.map { row in
        Table.Row([
          Label(row.name), Label("\(row.active)"),
          Label(row.oldest.map { Printable(Units.duration($0)) } ?? "-"),
          Label(row.median.map { Printable(Units.duration($0)) } ?? "-", .dim),
        ])
      })
  }

  private static func table(_ rows: [OperationRow]) -> Table {
    Table(
      columns: [
        .init("operation", 16, flexible: true), .init("type", 18, rank: 6),
        .init("count", 8, right: true), .init("errors", 7, rank: 1, right: true),
        .init("per s", 8, rank: 2, right: true), .init("items/s", 8, rank: 5, right: true),
        .init("mean", 8, rank: 3, right: true), .init("p50", 8, right: true),
        .init("p95", 8, rank: 2, right: true), .init("p99", 8, rank: 4, right: true),
        .init("memory", 9, rank: 7, right: true),
      ],
      rows: rows.map { row in
        Table.Row([
          Label(row.name), Label(row.kind, .dim), Label(count(Double(row.count))),
          Label(count(Double(row.errors)), row.errors > 0 ? .severity(.warning) : .dim),
          Label(row.perSecond.map(count) ?? "-"), Label(row.itemsPerSecond.map(count) ?? "-"),
          time(row.mean), time(row.median), time(row.p95), time(row.p99),
          Label(row.memoryDelta.map(memory) ?? "-", .dim),
        ])
      })
  }

  private static func time(_ seconds: Double?) -> Label {
    Label(seconds.map { Printable(Units.duration($0)) } ?? "-")
  }

  private static func count(_ value: Double) -> Printable {
    let isSmall = abs(value) < 100_000
    if isSmall, value == value.rounded() { return Printable(Units.fixed(value, digits: 0)) }
    let digits = abs(value) < 1 ? 3 : abs(value) < 100 ? 2 : 1
    if isSmall { return Printable(Units.fixed(value, digits: digits)) }
    return Printable(Units.scaled(value, unit: ""))
  }

  private static func memory(_ bytes: Double) -> Printable {
    bytes < 0
      ? "-\(Printable(Units.scaled(-bytes, unit: "B")))"
      : "+\(Printable(Units.scaled(bytes, unit: "B")))"
  }

  /// What else a linked program tells, each a part of its own.
  private static func parts(of snapshot: Snapshot) -> [Section] {
    guard let link = snapshot.sample.link.value else { return [] }
    return [components(link), caches(link), writes(link), gauges(link)].compactMap(\.self)
  }

  private static func components(_ link: LinkSample) -> Section? {
    guard !link.components.isEmpty else { return nil }
    let rows = link.components.sorted { $0.priority < $1.priority }.map { part in
      Table.Row([
        Label(part.name), Label("\(part.priority)"),
        Label(part.framesPerSecond.map { Printable(Units.fixed($0, digits: 1)) } ?? "-"),
        Label(part.latency.map { Printable(Units.duration($0)) } ?? "-"),
        Label(part.queue.map(count) ?? "-"), Label(.age(seconds: part.age), .dim),
      ])
    }
    return Section(
      title: "Components",
      table: Table(
        columns: [
          .init("component", 16, flexible: true), .init("priority", 8, rank: 2, right: true),
          .init("fps", 8, right: true), .init("latency", 9, right: true),
          .init("queue", 7, rank: 1, right: true), .init("told ago", 9, rank: 3, right: true),
        ], rows: rows))
  }

  private static func caches(_ link: LinkSample) -> Section? {
    guard !link.caches.isEmpty else { return nil }
    let rows = link.caches.map { cache in
      let (hits, misses) = (Double(cache.hits ?? 0), Double(cache.misses ?? 0))
      let share = hits + misses > 0 ? Printable("\(Int(100 * hits / (hits + misses))) %") : "-"
      return Table.Row([
        Label(cache.name), Label(cache.bytes?.text ?? "-"),
        Label(cache.entries.map { count(Double($0)) } ?? "-"), Label(share),
        Label(cache.inUse.map { "\(String($0)) in use" } ?? "", .dim),
        Label(cache.isEvictable ? "yes" : "no", .dim),
      ])
    }
    return Section(
      title: "Caches and pools",
      table: Table(
        columns: [
          .init("name", 16, flexible: true), .init("size", 9, right: true),
          .init("entries", 8, right: true), .init("hits", 6, rank: 1, right: true),
          .init("pool", 10, rank: 3), .init("evictable", 9, rank: 2),
        ], rows: rows))
  }

  private static func writes(_ link: LinkSample) -> Section? {
    guard !link.writes.isEmpty else { return nil }
    let rows = link.writes.map { format in
      let speed = format.seconds > 0 ? Double(format.bytes) / format.seconds : nil
      return Table.Row([
        Label(format.format), Label(Bytes(clamping: format.bytes).text),
        Label(count(Double(format.count))),
        Label(speed.map { Printable(Units.scaled($0, unit: "B/s")) } ?? "-"),
      ])
    }
    return Section(
      title: "Written",
      table: Table(
        columns: [
          .init("format", 16, flexible: true), .init("bytes", 9, right: true),
          .init("writes", 8, rank: 1, right: true), .init("while writing", 14, right: true),
        ], rows: rows))
  }

  private static func gauges(_ link: LinkSample) -> Section? {
    guard !link.gauges.isEmpty else { return nil }
    return Section(
      title: "Gauges",
      table: Table(
        columns: [.init("gauge", 16, flexible: true), .init("value", 12, right: true)],
        rows: link.gauges.map { Table.Row([Label($0.name), Label(count($0.value))]) }))
  }
}
